import type { Decision, DecisionRecord, MarkScope } from '#schema';
import { createBySubject } from './by-subject.ts';

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

const recordOf = (subject: string | null, scope: MarkScope, decision: Decision, paths: string[]): Noted => ({
  subject,
  scope,
  isAllowed: decision.isAllowed,
  basis: decision.isAllowed ? decision.basis : null,
  grantId: decision.isAllowed ? decision.grantId : null,
  reason: decision.isAllowed ? null : decision.reason,
  paths,
});

/** Whether a record says the same of the scope: allowed on the same basis, or refused for the same reason. */
const isOf = (record: Noted, scope: MarkScope, decision: Decision): boolean =>
  record.scope === scope &&
  (decision.isAllowed ? record.basis === decision.basis : record.reason === decision.reason);

function findRecord(
  records: readonly Noted[] | undefined,
  scope: MarkScope,
  decision: Decision,
): Noted | undefined {
  if (records) for (const record of records) if (isOf(record, scope, decision)) return record;
  return undefined;
}

export function createNotes(): Notes {
  const records: Noted[] = [];
  const recordsOf = createBySubject<Noted>();
  const note: Notes['note'] = (path, subject, scope, decision) => {
    const known = recordsOf.find(subject);
    const found = findRecord(known, scope, decision);
    if (found) return void (path !== null && found.paths.push(path));
    const record = recordOf(subject, scope, decision, path === null ? [] : [path]);
    records.push(record);
    if (known) known.push(record);
    else recordsOf.begin(subject, record);
  };
  return { note, records: () => records };
}
