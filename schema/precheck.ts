import type { Caller } from './caller.ts';
import type { Need } from './decision.ts';
import type { ClientFacts } from './facts.ts';
import type { Reason } from './reasons.ts';
import { isEmergencyScope } from './scopes.ts';

/** What is known of the caller's client: `undefined` when the register was not asked or did not answer. */
export type KnownClient = ClientFacts | null | undefined;

type SignedIn = Extract<Caller, { kind: 'signed-in' }>;

/** Whether a purpose may lead to this at all: its scopes, a citizen as such, and what emergencies open to clinicians. */
function isWithinPurpose({ roles }: SignedIn, { scope }: Need, scopes: readonly string[]): boolean {
  return (
    scope === 'ANY' || scopes.includes(scope) || (roles.includes('clinician') && isEmergencyScope(scope))
  );
}

function refuseApp(caller: SignedIn, need: Need, client: ClientFacts): Reason | null {
  const { purpose } = caller;
  const registered = client.purpose;
  if (need.scope === 'OWN_CONSENTS') return 'ROLE_MISSING';
  if (!purpose || !registered || registered.code !== purpose.code) return 'PURPOSE_MISMATCH';
  if (!isWithinPurpose(caller, need, registered.scopes)) return 'FIELD_NOT_IN_PURPOSE';
  if (registered.legalBasis === 'CONSENT') return null;
  const isStatute =
    Boolean(registered.legalReference) && purpose.legalReference === registered.legalReference;
  return isStatute && purpose.caseNumber?.trim() ? null : 'CASE_NUMBER_REQUIRED';
}

/**
 * The refusals that need no subject: who calls, how well proofed, for which registered purpose. Both the gateway, which
 * spares the agency the question, and `decide`, which answers it, ask this first. `null`: nothing is known against it.
 */
export function refuseWithoutSubject(caller: Caller, need: Need, client: KnownClient): Reason | null {
  if (caller.kind === 'anonymous') return 'NOT_SIGNED_IN';
  if (client === null) return 'CLIENT_UNKNOWN';
  if (need.scope === 'REGISTER_AUDIT') return caller.roles.includes('auditor') ? null : 'ROLE_MISSING';
  if (caller.roles.includes('analyst') || caller.roles.includes('auditor')) return 'STATISTICS_ONLY';
  if (client === undefined) return null;
  if (client.isFirstParty) return caller.level < need.minLevel ? 'LEVEL_TOO_LOW' : null;
  return refuseApp(caller, need, client);
}
