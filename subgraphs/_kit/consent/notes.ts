import type { Decision, DecisionRecord, MarkScope } from '#schema';

/** What was decided in one request, and which response paths rest on it. */
export interface Notes {
  /**
   * Notes that a response path rests on the decision about the subject (`null`: nobody was found). Without a path the
   * decision stands for itself: which rows it lets through has no path.
   */
  note(path: string | null, subject: string | null, scope: MarkScope, decision: Decision): void;
  /** Everything decided so far, for `extensions.decisions`. */
  records(): readonly DecisionRecord[];
}

interface Noted extends DecisionRecord {
  readonly paths: string[];
}

const recordOf = (subject: string | null, scope: MarkScope, decision: Decision): Noted => ({
  subject,
  scope,
  isAllowed: decision.isAllowed,
  basis: decision.isAllowed ? decision.basis : null,
  grantId: decision.isAllowed ? decision.grantId : null,
  reason: decision.isAllowed ? null : decision.reason,
  paths: [],
});

/** Whether a record says the same of the scope: allowed on the same basis, or refused for the same reason. */
const isOf = (record: Noted, scope: MarkScope, decision: Decision): boolean =>
  record.scope === scope &&
  (decision.isAllowed ? record.basis === decision.basis : record.reason === decision.reason);

export function createNotes(): Notes {
  const records: Noted[] = [];
  const recordsOf = new Map<string | null, Noted[]>();
  const add = (subject: string | null, scope: MarkScope, decision: Decision): Noted => {
    const record = recordOf(subject, scope, decision);
    records.push(record);
    const known = recordsOf.get(subject);
    if (known) known.push(record);
    else recordsOf.set(subject, [record]);
    return record;
  };
  const find = (subject: string | null, scope: MarkScope, decision: Decision): Noted | undefined => {
    for (const record of recordsOf.get(subject) ?? []) if (isOf(record, scope, decision)) return record;
    return undefined;
  };
  const note: Notes['note'] = (path, subject, scope, decision) => {
    const { paths } = find(subject, scope, decision) ?? add(subject, scope, decision);
    if (path !== null) paths.push(path);
  };
  return { note, records: () => records };
}
