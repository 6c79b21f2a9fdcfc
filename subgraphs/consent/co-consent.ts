import type { Role } from './consenters.ts';
import type { RequestRow } from './loaders/index.ts';

/** What one person accepted of a request. */
export interface Consent {
  readonly by: string;
  readonly at: Date;
  readonly scopes: readonly string[];
}

/** The consents to a request that stand so far. */
export type Consents = Readonly<Record<Role, Consent | null>>;

/** The wording a request was last consented under, with what was consented. */
export interface Recorded {
  readonly noticeVersion: number;
  readonly consents: Consents;
}

/** What a request has on record. */
export function consentsOf(request: RequestRow): Recorded {
  const { citizenId, childConsentedAt, guardianConsentedAt, noticeVersion } = request;
  const SELF = childConsentedAt && {
    by: citizenId,
    at: childConsentedAt,
    scopes: request.childConsentedScopes ?? [],
  };
  const GUARDIAN = guardianConsentedAt && {
    by: request.guardianConsentedBy ?? '',
    at: guardianConsentedAt,
    scopes: request.guardianConsentedScopes ?? [],
  };
  return { noticeVersion, consents: { SELF, GUARDIAN } };
}

/** A consent holds for the wording that was shown; a representative's as long as they represent. */
export function standingConsents(
  { noticeVersion, consents }: Recorded,
  currentVersion: number,
  representatives: readonly string[],
): Consents {
  if (noticeVersion !== currentVersion) return { SELF: null, GUARDIAN: null };
  const { SELF, GUARDIAN } = consents;
  return { SELF, GUARDIAN: GUARDIAN && representatives.includes(GUARDIAN.by) ? GUARDIAN : null };
}

/** What comes of one more consent. */
export type Outcome =
  | { readonly kind: 'AWAITING'; readonly consents: Consents; readonly awaiting: readonly Role[] }
  | { readonly kind: 'NOTHING_IN_COMMON' }
  | {
      readonly kind: 'COMPLETE';
      readonly consents: Consents;
      /** What everybody accepted, in alphabetical order. */
      readonly scopes: readonly string[];
      readonly givenBy: string;
      readonly givenAs: Role;
      readonly childConsentedAt: Date | null;
    };

/** Whose consent is still missing. */
export const awaitedOf = (needed: readonly Role[], consents: Consents): readonly Role[] =>
  needed.filter((role) => consents[role] === null);

const inCommon = (consents: readonly Consent[]): readonly string[] =>
  [...(consents[0]?.scopes ?? [])]
    .filter((scope) => consents.every(({ scopes }) => scopes.includes(scope)))
    .sort();

/** A representative's consent makes the grant theirs, with the child's beside it; otherwise it is the citizen's own. */
export function addConsent(
  standing: Consents,
  role: Role,
  consent: Consent,
  needed: readonly Role[],
): Outcome {
  const consents = { ...standing, [role]: consent };
  const awaiting = awaitedOf(needed, consents);
  if (awaiting.length > 0) return { kind: 'AWAITING', consents, awaiting };
  const given = needed.flatMap((each) => consents[each] ?? []);
  const scopes = inCommon(given);
  if (scopes.length === 0) return { kind: 'NOTHING_IN_COMMON' };
  const givenAs: Role = needed.includes('GUARDIAN') ? 'GUARDIAN' : 'SELF';
  const giver = consents[givenAs] ?? consent;
  const childConsentedAt = needed.length > 1 ? (consents.SELF?.at ?? null) : null;
  return { kind: 'COMPLETE', consents, scopes, givenBy: giver.by, givenAs, childConsentedAt };
}
