import DataLoader from 'dataloader';
import {
  compartmentScopeOf,
  healthCompartments,
  maxSubjects,
  refuse,
  refuseWithoutSubject,
  type Allowance,
  type Caller,
  type Decision,
  type DecisionRecord,
  type FactKey,
  type Facts,
  type MarkScope,
  type Need,
  type SignedInCaller,
} from '#schema';
import type { RequestClock } from '../clock.ts';
import { decide } from './decide.ts';
import type { FactsReader } from './facts-reader.ts';

/** A decision, at once when everything it rests on is here. */
export type Deciding = Decision | Promise<Decision>;

/** What one caller may see, in one request to one agency. */
export interface Access {
  /**
   * Tells whom the request is about, where that is known before it runs. Unless the facts of all of them are here, all
   * wait for those that must be read: so their resolvers go on together, and loaders read everybody in one statement.
   */
  expect(subjects: readonly string[]): void;
  /**
   * The decision; never throws or rejects: what cannot be decided is refused. One register read per request and 100
   * subjects.
   */
  decide(subject: string | null, need: Need): Deciding;
  /**
   * Notes that a response path rests on the decision about the subject (`null`: nobody was found). Without a path the
   * decision stands for itself: which rows it lets through has no path.
   */
  note(path: string | null, subject: string | null, scope: MarkScope, decision: Decision): void;
  /** The compartments of the subject's health records that the caller may see, in alphabetical order: `['HIV', …]`. */
  compartmentsOf(subject: string): Promise<readonly string[]>;
  /** Everything decided so far, for `extensions.decisions`. */
  records(): readonly DecisionRecord[];
}

export interface AccessOptions {
  readonly caller: Caller;
  readonly operationId: string;
  readonly clock: RequestClock;
  readonly reader: FactsReader;
}

const keyOf = (subject: string, { sub, clientId, purpose }: SignedInCaller): FactKey => ({
  subject,
  clientId,
  purpose: purpose?.code ?? null,
  callerId: sub,
});

/** Decides about nobody in particular: the registers for auditors. */
async function decideWithoutSubject(need: Need, { caller, reader }: AccessOptions): Promise<Decision> {
  if (caller.kind === 'anonymous') return refuse('NOT_SIGNED_IN');
  const client = await reader.readClient(caller.clientId, caller.purpose?.code ?? null);
  const reason = refuseWithoutSubject(caller, need, client);
  if (reason) return refuse(reason);
  return need.scope === 'REGISTER_AUDIT'
    ? { isAllowed: true, basis: 'AUDIT', grantId: null, isOneTime: false }
    : refuse('NO_CONSENT');
}

/**
 * Facts of all subjects of one turn that must be read arrive at one moment: so the resolvers that wait for them go on
 * together, and their loaders read everybody in one statement.
 */
function createFactsLoader({ reader }: AccessOptions) {
  let loader: DataLoader<FactKey, Facts, string> | undefined;
  const loadAll = async (keys: readonly FactKey[]) => {
    const reads = await Promise.allSettled(keys.map((key) => reader.read(key)));
    return reads.map((read) => (read.status === 'fulfilled' ? read.value : (read.reason as Error)));
  };
  return (key: FactKey): Promise<Facts> => {
    loader ??= new DataLoader(loadAll, { cacheKeyFn: ({ subject }) => subject });
    return loader.load(key);
  };
}

/** A one-time grant is good for the operation that claims it. */
async function claim(subject: string, decision: Allowance, { reader, operationId }: AccessOptions) {
  const isOurs = await reader.claim({ subject, grantId: decision.grantId ?? '' }, operationId);
  return isOurs ? decision : refuse('CONSENT_EXPIRED');
}

function createJudge(options: AccessOptions) {
  const { caller, operationId, clock, reader } = options;
  let isAtOnce = true;
  /** Found at one moment: none of them grows too old while the others are decided about. */
  const held = new Map<string, Facts>();
  const load = createFactsLoader(options);
  const judge = (subject: string, need: Need, facts: Facts): Deciding => {
    const decision = decide({ caller, subject, need, operationId }, facts, clock);
    const isForOne = decision.isAllowed && decision.isOneTime && decision.grantId !== null;
    return isForOne ? claim(subject, decision, options) : decision;
  };
  const decideAbout = (subject: string, need: Need): Deciding => {
    if (caller.kind === 'anonymous') return refuse('NOT_SIGNED_IN');
    const key = keyOf(subject, caller);
    const facts = isAtOnce ? (held.get(subject) ?? reader.find(key)) : undefined;
    return facts ? judge(subject, need, facts) : load(key).then((read) => judge(subject, need, read));
  };
  const expect: Access['expect'] = (subjects) => {
    if (caller.kind === 'anonymous' || subjects.length < 2) return;
    for (const subject of subjects.slice(0, maxSubjects)) {
      const facts = reader.find(keyOf(subject, caller));
      if (facts) held.set(subject, facts);
      else isAtOnce = false;
    }
  };
  return { decideAbout, expect };
}

interface Made extends Need {
  decision: Deciding;
}

/** Keeps a decision that is still being made; once it is, it needs no waiting. Never rejects. */
function createMade({ scope, minLevel }: Need, make: () => Deciding): Made {
  const fail = (): Decision => refuse('AGENCY_UNAVAILABLE');
  try {
    const made: Made = { scope, minLevel, decision: make() };
    if (made.decision instanceof Promise)
      made.decision = made.decision.catch(fail).then((decision) => (made.decision = decision));
    return made;
  } catch {
    return { scope, minLevel, decision: fail() };
  }
}

const tooMany: Decision = refuse('SUBJECT_LIMIT');

/** Decisions of one request, each made once; at most 100 subjects. */
function createDecider(options: AccessOptions): Pick<Access, 'decide' | 'expect'> {
  const madeOf = new Map<string | null, Made[]>();
  const { decideAbout, expect } = createJudge(options);
  const decideOnce: Access['decide'] = (subject, need) => {
    const known = madeOf.get(subject);
    if (known)
      for (const made of known)
        if (made.scope === need.scope && made.minLevel === need.minLevel) return made.decision;
    if (!known && madeOf.size >= maxSubjects) return tooMany;
    const made = createMade(need, () =>
      subject === null ? decideWithoutSubject(need, options) : decideAbout(subject, need),
    );
    if (known) known.push(made);
    else madeOf.set(subject, [made]);
    return made.decision;
  };
  return { decide: decideOnce, expect };
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

function createNotes(): Pick<Access, 'note' | 'records'> {
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
  const note: Access['note'] = (path, subject, scope, decision) => {
    const known = recordsOf.get(subject)?.find((record) => isOf(record, scope, decision));
    const { paths } = known ?? add(subject, scope, decision);
    if (path !== null) paths.push(path);
  };
  return { note, records: () => records };
}

const compartments = healthCompartments
  .map((name) => ({ name, need: { scope: compartmentScopeOf(name), minLevel: 2 } as const }))
  .sort((one, other) => (one.name < other.name ? -1 : 1));

/** The allowed compartments, each with its decision noted: a receipt names what was opened, and nothing that was not. */
function createCompartments({ decide: decideOnce, note }: Pick<Access, 'decide' | 'note'>) {
  return async (subject: string): Promise<readonly string[]> => {
    const asked = compartments.map(({ need }) => decideOnce(subject, need));
    const decided = await Promise.all(asked);
    return compartments.flatMap(({ name, need }, index) => {
      const decision = decided[index] as Decision;
      if (!decision.isAllowed) return [];
      note(null, subject, need.scope, decision);
      return [name];
    });
  };
}

/** Everything about what one caller may see in one request; reads the register on first need. */
export function createAccess(options: AccessOptions): Access {
  const { decide: decideOnce, expect } = createDecider(options);
  const { note, records } = createNotes();
  const compartmentsOf = createCompartments({ decide: decideOnce, note });
  return { expect, decide: decideOnce, note, compartmentsOf, records };
}
