import DataLoader from 'dataloader';
import {
  compartmentScopeOf,
  healthCompartments,
  maxSubjects,
  refuse,
  refuseWithoutSubject,
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

/** What one caller may see, in one request to one agency. */
export interface Access {
  /** The decision; never rejects: what cannot be decided is refused. One register read per request and 100 subjects. */
  decide(subject: string | null, need: Need): Promise<Decision>;
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
 * Facts of all subjects of one turn arrive at one moment, whether they were known already or not: so the resolvers that
 * wait for them go on together, and their loaders still read everybody in one statement.
 */
function createFactsLoader({ caller, reader }: AccessOptions): DataLoader<string, Facts> {
  return new DataLoader(async (subjects) => {
    if (caller.kind === 'anonymous') throw new TypeError('Nothing is read for nobody.');
    const reads = await Promise.allSettled(subjects.map((subject) => reader.read(keyOf(subject, caller))));
    return reads.map((read) => (read.status === 'fulfilled' ? read.value : (read.reason as Error)));
  });
}

async function decideAbout(
  subject: string,
  need: Need,
  options: AccessOptions,
  loader: DataLoader<string, Facts>,
): Promise<Decision> {
  const { caller, operationId, clock, reader } = options;
  if (caller.kind === 'anonymous') return refuse('NOT_SIGNED_IN');
  const facts = await loader.load(subject);
  const decision = decide({ caller, subject, need, operationId }, facts, clock);
  if (!decision.isAllowed || !decision.isOneTime || decision.grantId === null) return decision;
  const isOurs = await reader.claim({ subject, grantId: decision.grantId }, operationId);
  return isOurs ? decision : refuse('CONSENT_EXPIRED');
}

const tooMany: Promise<Decision> = Promise.resolve(refuse('SUBJECT_LIMIT'));

/** Decisions of one request, each made once; at most 100 subjects. */
function createDecider(options: AccessOptions): Access['decide'] {
  const made = new Map<string, Promise<Decision>>();
  const subjects = new Set<string | null>();
  const loader = createFactsLoader(options);
  const make = (subject: string | null, need: Need): Promise<Decision> => {
    const decision =
      subject === null ? decideWithoutSubject(need, options) : decideAbout(subject, need, options, loader);
    return decision.catch(() => refuse('AGENCY_UNAVAILABLE'));
  };
  return (subject, need) => {
    const key = `${subject ?? ''}/${need.scope}/${need.minLevel}`;
    const known = made.get(key);
    if (known) return known;
    if (!subjects.has(subject) && subjects.size >= maxSubjects) return tooMany;
    subjects.add(subject);
    const decision = make(subject, need);
    made.set(key, decision);
    return decision;
  };
}

interface Noted {
  readonly record: Omit<DecisionRecord, 'paths'>;
  readonly paths: string[];
}

const recordOf = (subject: string | null, scope: MarkScope, decision: Decision): Noted['record'] => ({
  subject,
  scope,
  isAllowed: decision.isAllowed,
  basis: decision.isAllowed ? decision.basis : null,
  grantId: decision.isAllowed ? decision.grantId : null,
  reason: decision.isAllowed ? null : decision.reason,
});

function createNotes(): Pick<Access, 'note' | 'records'> {
  const noted = new Map<string, Noted>();
  const note: Access['note'] = (path, subject, scope, decision) => {
    const outcome = decision.isAllowed ? decision.basis : decision.reason;
    const key = `${subject ?? ''}/${scope}/${outcome}`;
    const entry = noted.get(key);
    const paths = path === null ? [] : [path];
    if (entry) entry.paths.push(...paths);
    else noted.set(key, { record: recordOf(subject, scope, decision), paths });
  };
  return { note, records: () => [...noted.values()].map(({ record, paths }) => ({ ...record, paths })) };
}

/** The allowed compartments, each with its decision noted: a receipt names what was opened, and nothing that was not. */
function createCompartments({ decide: decideOnce, note }: Pick<Access, 'decide' | 'note'>) {
  const judge = async (subject: string, name: string): Promise<readonly string[]> => {
    const scope = compartmentScopeOf(name);
    const decision = await decideOnce(subject, { scope, minLevel: 2 });
    if (!decision.isAllowed) return [];
    note(null, subject, scope, decision);
    return [name];
  };
  return async (subject: string): Promise<readonly string[]> =>
    (await Promise.all(healthCompartments.map((name) => judge(subject, name)))).flat().sort();
}

/** Everything about what one caller may see in one request; reads the register on first need. */
export function createAccess(options: AccessOptions): Access {
  const decideOnce = createDecider(options);
  const notes = createNotes();
  const compartmentsOf = createCompartments({ decide: decideOnce, note: notes.note });
  return { decide: decideOnce, compartmentsOf, ...notes };
}
