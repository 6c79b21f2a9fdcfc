import {
  isEmergencyScope,
  refuse,
  refuseWithoutSubject,
  type AccountFacts,
  type Allowance,
  type Basis,
  type ClientFacts,
  type Decision,
  type EmergencyFacts,
  type Facts,
  type Need,
  type PersonFacts,
  type Reason,
  type SignedInCaller,
  type Caller,
} from '#schema';
import type { RequestClock } from '../clock.ts';
import { ageOn } from '../day.ts';
import { instantOf } from '../instant.ts';
import { judgeGrants, liveCareGrantOf } from './grant.ts';
import { isRepresented, representationOf } from './representation.ts';

/** The question: may this caller see what the need names, of this subject, in this operation? */
export interface Ask {
  readonly caller: Caller;
  /** Opaque id of the citizen. */
  readonly subject: string;
  readonly need: Need;
  /** Id of the client's operation; a one-time grant is good for one. */
  readonly operationId: string;
}

/** The same question of somebody who is signed in through a registered client. */
interface Known extends Ask {
  readonly caller: SignedInCaller;
  readonly facts: Facts;
  readonly client: ClientFacts;
  readonly clock: RequestClock;
}

/** From this age on a child may have an account of level 2 (Decree 69/2024/NĐ-CP Art. 7). */
const levelTwoAge = 6;
/** From this age on compartments of health data need the child's own consent. */
const ownHealthAge = 14;
const emergencyMs = 24 * 3_600_000;

const allow = (basis: Basis, grantId: string | null = null, isOneTime = false): Allowance => ({
  isAllowed: true,
  basis,
  grantId,
  isOneTime,
});

/** The account a person can act with today; a reason when there is none. */
function accountOf(person: PersonFacts): AccountFacts | Reason {
  if (person.lifeStatus !== 'ALIVE') return 'SUBJECT_LOCKED';
  if (!person.account) return 'LEVEL_TOO_LOW';
  return person.account.state === 'ACTIVE' ? person.account : 'SUBJECT_LOCKED';
}

/** Both the sign-in and the account must reach the level, and an account of level 2 the age for it. */
function refuseLevel(person: PersonFacts, { caller, need, clock }: Known): Reason | null {
  const account = accountOf(person);
  if (typeof account === 'string') return account;
  const highest = ageOn(person.bornOn, clock.today) < levelTwoAge ? 1 : 2;
  return Math.min(caller.level, account.level, highest) < need.minLevel ? 'LEVEL_TOO_LOW' : null;
}

function decideSelf(known: Known): Decision {
  const { facts } = known;
  if (!facts.isFresh.population) return refuse('STALE');
  if (!facts.subject) return refuse('NOT_FOUND');
  const reason = refuseLevel(facts.subject, known);
  return reason ? refuse(reason) : allow('SELF');
}

const isCompartment = (scope: string): boolean => scope.startsWith('HEALTH_RECORDS.');

/** A child of 14 or more decides who sees the compartments of the health record, parents included. */
function decideCompartment(known: Known, subject: PersonFacts): Decision {
  const age = ageOn(subject.bornOn, known.clock.today);
  if (age < ownHealthAge || age >= 18) return allow('GUARDIAN');
  const grant = liveCareGrantOf(known.facts, known.caller.sub, known.need, known.clock);
  return grant ? allow('GUARDIAN', grant.grantId) : refuse('CHILD_CO_CONSENT_REQUIRED');
}

function decideGuardian(known: Known): Decision {
  const { facts, caller, need, clock } = known;
  if (!facts.isFresh.population || !facts.isFresh.dependants) return refuse('STALE');
  const links = facts.links.filter(({ representative }) => representative.citizenId === caller.sub);
  if (!facts.subject || links.length === 0 || need.scope === 'OWN_CONSENTS') return refuse('NO_CONSENT');
  const { bornOn, lifeStatus } = facts.subject;
  const live = links.find((link) => isRepresented(representationOf(link, bornOn), clock.today));
  if (!live || lifeStatus !== 'ALIVE') return refuse('NOT_REPRESENTATIVE');
  const reason = refuseLevel(live.representative, known);
  if (reason) return refuse(reason);
  return isCompartment(need.scope) ? decideCompartment(known, facts.subject) : allow('GUARDIAN');
}

function isLiveEmergency({ beganAt, endsAt }: EmergencyFacts, now: Date): boolean {
  const [from, to] = [instantOf(beganAt), instantOf(endsAt)];
  return from <= now.getTime() && now.getTime() < to && to - from <= emergencyMs;
}

/** Whatever an access names, no compartment: only what clinicians may open. */
function opens({ scopes }: EmergencyFacts, { scope }: Need): boolean {
  return scopes.some((each) => isEmergencyScope(each) && (scope === 'ANY' || scope === each));
}

function findEmergency({ caller, facts, need, clock }: Known): EmergencyFacts | undefined {
  if (!caller.roles.includes('clinician') || !facts.subject) return undefined;
  // Who is missing, or was declared dead by a court, may be the one who lies on the stretcher.
  if (facts.subject.lifeStatus === 'DECEASED') return undefined;
  return facts.emergencies.find((access) => opens(access, need) && isLiveEmergency(access, clock.now));
}

function decideConsent({ facts, need, clock, operationId }: Known): Decision {
  if (!facts.isFresh.population) return refuse('STALE');
  const verdict = judgeGrants({ facts, need, clock, operationId });
  if (typeof verdict === 'string') return refuse(verdict);
  // A citizen as such shows nothing yet: the scope that is read uses a one-time grant up, and it alone.
  return allow('CONSENT', verdict.grantId, verdict.isOneTime && need.scope !== 'ANY');
}

function decidePurpose(known: Known): Decision {
  const { client, need } = known;
  const isCovered =
    need.scope === 'ANY' || (client.purpose?.scopes as readonly string[] | undefined)?.includes(need.scope);
  if (!isCovered) return refuse('FIELD_NOT_IN_PURPOSE');
  return client.purpose?.legalBasis === 'STATUTE' ? allow('STATUTE') : decideConsent(known);
}

/** An app's right: its purpose first, then an emergency. What the purpose says stands when neither gives one. */
function decideApp(known: Known): Decision {
  const decision = decidePurpose(known);
  if (decision.isAllowed || !known.facts.isFresh.population) return decision;
  const emergency = findEmergency(known);
  return emergency ? allow('EMERGENCY', emergency.accessId) : decision;
}

/**
 * May this reader see this scope of this subject for this purpose now? Pure: no I/O, never throws, refuses by default.
 * Ages are reckoned anew on `clock.today`; of the facts only what is in force at `clock.now` counts.
 *
 * Death suspends whatever rests on the subject's or a representative's will; a locked account suspends what rests on
 * that account. STATUTE rests on law (Law 91/2025/QH15 Art. 19), not on an account.
 */
export function decide(ask: Ask, facts: Facts, clock: RequestClock): Decision {
  const { caller, subject, need, operationId } = ask;
  const { client } = facts;
  const reason = refuseWithoutSubject(caller, need, client);
  if (reason) return refuse(reason);
  if (caller.kind === 'anonymous' || !client) return refuse('NO_CONSENT');
  if (need.scope === 'REGISTER_AUDIT') return allow('AUDIT');
  const known: Known = { caller, subject, need, operationId, facts, client, clock };
  if (!client.isFirstParty) return decideApp(known);
  return caller.sub === subject ? decideSelf(known) : decideGuardian(known);
}
