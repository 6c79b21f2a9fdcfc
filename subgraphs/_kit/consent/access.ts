import {
  compartmentScopeOf,
  healthCompartments,
  maxSubjects,
  refuse,
  refuseWithoutSubject,
  type Allowance,
  type Caller,
  type Decision,
  type FactKey,
  type Facts,
  type Need,
  type SignedInCaller,
} from '#schema';
import type { RequestClock } from '../clock.ts';
import { createBySubject } from './by-subject.ts';
import { decide } from './decide.ts';
import { createFactsOfTurn } from './facts-of-turn.ts';
import type { FactsReader } from './facts-reader.ts';
import { createNotes, type Notes } from './notes.ts';

/** A decision, at once when everything it rests on is here. */
export type Deciding = Decision | Promise<Decision>;

/** What one caller may see, in one request to one agency. */
export interface Access extends Notes {
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
  /** The compartments of the subject's health records that the caller may see, in alphabetical order: `['HIV', …]`. */
  compartmentsOf(subject: string): Promise<readonly string[]>;
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

/** A one-time grant is good for the operation that claims it. */
async function claim(subject: string, decision: Allowance, { reader, operationId }: AccessOptions) {
  const isOurs = await reader.claim({ subject, grantId: decision.grantId ?? '' }, operationId);
  return isOurs ? decision : refuse('CONSENT_EXPIRED');
}

function judge(subject: string, need: Need, facts: Facts, options: AccessOptions): Deciding {
  const { caller, operationId, clock } = options;
  const decision = decide({ caller, subject, need, operationId }, facts, clock);
  const isForOne = decision.isAllowed && decision.isOneTime && decision.grantId !== null;
  return isForOne ? claim(subject, decision, options) : decision;
}

function createJudge(options: AccessOptions) {
  const { caller, reader } = options;
  let isAtOnce = true;
  /** Found at one moment: none of them grows too old while the others are decided about. */
  let held: Map<string, Facts> | undefined;
  /** Of the last one asked about: one person's scopes are decided about one after the other. */
  let last: { readonly subject: string; readonly facts: Facts } | undefined;
  const findFacts = (subject: string, key: FactKey): Facts | undefined => {
    const facts = held?.get(subject) ?? reader.find(key);
    if (facts) last = { subject, facts };
    return facts;
  };
  let load: ReturnType<typeof createFactsOfTurn> | undefined;
  const decideAbout = (subject: string, need: Need): Deciding => {
    if (caller.kind === 'anonymous') return refuse('NOT_SIGNED_IN');
    if (last?.subject === subject) return judge(subject, need, last.facts, options);
    const key = keyOf(subject, caller);
    const facts = isAtOnce ? findFacts(subject, key) : undefined;
    if (facts) return judge(subject, need, facts, options);
    load ??= createFactsOfTurn(reader);
    return load(key).then((read) => judge(subject, need, read, options));
  };
  const expect: Access['expect'] = (subjects) => {
    if (caller.kind === 'anonymous' || subjects.length < 2) return;
    for (const subject of subjects.slice(0, maxSubjects)) {
      const facts = reader.find(keyOf(subject, caller));
      if (facts) (held ??= new Map()).set(subject, facts);
      else isAtOnce = false;
    }
  };
  return { decideAbout, expect };
}

interface Made extends Need {
  decision: Deciding;
}

const unavailable: Decision = refuse('AGENCY_UNAVAILABLE');

/** Keeps a decision that is still being made; once it is, it needs no waiting. Never rejects. */
function keepMade({ scope, minLevel }: Need, decision: Deciding): Made {
  const made: Made = { scope, minLevel, decision };
  if (decision instanceof Promise)
    made.decision = decision.then(
      (reached) => (made.decision = reached),
      () => (made.decision = unavailable),
    );
  return made;
}

const tooMany: Decision = refuse('SUBJECT_LIMIT');

/** Decisions of one request, each made once; at most 100 subjects. */
function createDecider(options: AccessOptions): Pick<Access, 'decide' | 'expect'> {
  const madeOf = createBySubject<Made>();
  const { decideAbout, expect } = createJudge(options);
  const make = (subject: string | null, need: Need): Deciding => {
    try {
      return subject === null ? decideWithoutSubject(need, options) : decideAbout(subject, need);
    } catch {
      return unavailable;
    }
  };
  const decideOnce: Access['decide'] = (subject, need) => {
    const known = madeOf.find(subject);
    if (known)
      for (const made of known)
        if (made.scope === need.scope && made.minLevel === need.minLevel) return made.decision;
    if (!known && madeOf.count() >= maxSubjects) return tooMany;
    const made = keepMade(need, make(subject, need));
    if (known) known.push(made);
    else madeOf.begin(subject, made);
    return made.decision;
  };
  return { decide: decideOnce, expect };
}

const compartments = healthCompartments
  .map((name) => ({ name, need: { scope: compartmentScopeOf(name), minLevel: 2 } as const }))
  .sort((one, other) => (one.name < other.name ? -1 : 1));

/** The allowed compartments, each with its decision noted: a receipt names what was opened, and nothing that was not. */
function createCompartments({ decide: decideOnce, note }: Pick<Access, 'decide' | 'note'>) {
  return async (subject: string): Promise<readonly string[]> => {
    const asked = compartments.map(({ need }) => decideOnce(subject, need));
    const isMade = !asked.some((each) => each instanceof Promise);
    const decided = isMade ? asked : await Promise.all(asked);
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
