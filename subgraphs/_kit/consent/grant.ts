import type { Facts, GrantFacts, Need, PersonFacts, Reason } from '#schema';
import { ageOn } from '../day.ts';
import { dayAt, type RequestClock } from '../clock.ts';
import { instantOf } from '../instant.ts';
import { fullAge, isRepresented, representationOf } from './representation.ts';

/** What a grant is judged by. */
export interface GrantAsk {
  readonly facts: Facts;
  readonly need: Need;
  readonly clock: RequestClock;
  readonly operationId: string;
}

/** From this age on a disclosure needs the child's consent beside the representative's (Law 91/2025/QH15 Art. 24). */
const coConsentAge = 7;
/** From this age on compartments of health data need a consent that the child gave at this age. */
const ownHealthAge = 14;

const covers = ({ scopes }: GrantFacts, { scope }: Need): boolean =>
  scope === 'ANY' ? scopes.length > 0 : (scopes as readonly string[]).includes(scope);

/** Whether it is in force by itself, whoever gave it. */
function judgeTerm(
  grant: GrantFacts,
  { clock, operationId }: Omit<GrantAsk, 'facts' | 'need'>,
): Reason | null {
  const nowMs = clock.now.getTime();
  if (grant.status !== 'ACTIVE') return 'CONSENT_WITHDRAWN';
  if (!(instantOf(grant.validFrom) <= nowMs)) return 'NO_CONSENT';
  if (grant.validTo !== null && !(nowMs < instantOf(grant.validTo))) return 'CONSENT_EXPIRED';
  const isUsed = grant.usedByOperation !== null && grant.usedByOperation !== operationId;
  return grant.isOneTime && isUsed ? 'CONSENT_EXPIRED' : null;
}

/** The account behind a consent: of a living person, active, level 2. */
function judgeGiver({ lifeStatus, account }: PersonFacts): Reason | null {
  if (lifeStatus !== 'ALIVE' || account?.state !== 'ACTIVE') return 'SUBJECT_LOCKED';
  return account.level < 2 ? 'NOT_INTEGRATED' : null;
}

/** Completed years of age at an instant of the past; `null` when it is none. */
function ageAt(bornOn: string, instant: string | null, { now }: RequestClock): number | null {
  const atMs = instantOf(instant ?? '');
  return atMs <= now.getTime() ? ageOn(bornOn, dayAt(atMs)) : null;
}

/** What a child must have agreed to beside the representative. */
function judgeChild(grant: GrantFacts, subject: PersonFacts, { need, clock }: GrantAsk): Reason | null {
  const age = ageOn(subject.bornOn, clock.today);
  if (age < coConsentAge || age >= fullAge) return null;
  const consentedAge = ageAt(subject.bornOn, grant.childConsentedAt, clock);
  if (consentedAge === null) return 'CHILD_CO_CONSENT_REQUIRED';
  const needsOwn = age >= ownHealthAge && need.scope.startsWith('HEALTH_RECORDS.');
  return needsOwn && consentedAge < ownHealthAge ? 'CHILD_CO_CONSENT_REQUIRED' : null;
}

/** A consent given by a representative ends with their right, at 18 at the latest; a later right does not revive it. */
function judgeGuardian(grant: GrantFacts, subject: PersonFacts, ask: GrantAsk): Reason | null {
  const { facts, clock } = ask;
  if (!facts.isFresh.dependants) return 'STALE';
  const givenOn = dayAt(instantOf(grant.validFrom));
  const link = facts.links.find(
    (each) =>
      each.representative.citizenId === grant.givenBy &&
      each.validFrom <= givenOn &&
      isRepresented(representationOf(each, subject.bornOn), clock.today),
  );
  if (!link) return 'CONSENT_EXPIRED';
  return judgeGiver(link.representative) ?? judgeChild(grant, subject, ask);
}

function judgeGrant(grant: GrantFacts, ask: GrantAsk): Reason | null {
  const { subject } = ask.facts;
  if (!covers(grant, ask.need) || grant.readerId !== null || !subject) return 'NO_CONSENT';
  const term = judgeTerm(grant, ask);
  if (term) return term;
  if (subject.lifeStatus !== 'ALIVE') return 'SUBJECT_LOCKED';
  if ((grant.givenAs === 'SELF') !== (grant.givenBy === subject.citizenId)) return 'NO_CONSENT';
  if (grant.givenAs === 'GUARDIAN') return judgeGuardian(grant, subject, ask);
  // A minor does not open their data alone (Law 91/2025/QH15 Art. 24).
  return ageOn(subject.bornOn, ask.clock.today) >= fullAge ? judgeGiver(subject) : 'NO_CONSENT';
}

/** Ongoing grants first, then what this operation used already, so that no one-time grant is used up without need. */
function rankOf({ isOneTime, usedByOperation }: GrantFacts, operationId: string): number {
  if (!isOneTime) return 0;
  return usedByOperation === operationId ? 1 : 2;
}

const compareNewest = (one: GrantFacts, other: GrantFacts): number =>
  instantOf(other.validFrom) - instantOf(one.validFrom);

/** Of several, each with the reason against it. */
function judgeSeveral(ask: GrantAsk): GrantFacts | Reason {
  const grants = [...ask.facts.grants].sort(compareNewest);
  const judged = grants.map((grant) => [grant, judgeGrant(grant, ask)] as const);
  const live = judged.filter(([, reason]) => reason === null).map(([grant]) => grant);
  const [best] = live.sort((one, other) => rankOf(one, ask.operationId) - rankOf(other, ask.operationId));
  return best ?? judged.find(([, reason]) => reason !== 'NO_CONSENT')?.[1] ?? 'NO_CONSENT';
}

/**
 * The grant that a reader may rely on; otherwise the reason, which a client may know of its own earlier grants:
 * that of the newest one that covers the scope, `NO_CONSENT` when there never was one.
 */
export function judgeGrants(ask: GrantAsk): GrantFacts | Reason {
  const { grants } = ask.facts;
  if (grants.length > 1) return judgeSeveral(ask);
  const [only] = grants;
  return only ? (judgeGrant(only, ask) ?? only) : 'NO_CONSENT';
}

/** The consent by which a child of 14 or more, at that age and with an account of their own, lets this representative read a compartment. */
export function liveCareGrantOf(
  facts: Facts,
  readerId: string,
  need: Need,
  clock: RequestClock,
): GrantFacts | undefined {
  const { subject } = facts;
  if (!subject || judgeGiver(subject) !== null) return undefined;
  return facts.grants.find(
    (grant) =>
      grant.readerId === readerId &&
      !grant.isOneTime &&
      grant.givenAs === 'SELF' &&
      grant.givenBy === subject.citizenId &&
      covers(grant, need) &&
      judgeTerm(grant, { clock, operationId: '' }) === null &&
      (ageAt(subject.bornOn, grant.validFrom, clock) ?? 0) >= ownHealthAge,
  );
}
