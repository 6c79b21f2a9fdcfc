/**
 * Carries the id of the client's operation, made by the gateway, to every agency it asks; never one that a client sent.
 * A one-time grant is claimed for it.
 */
export const requestIdHeader = 'x-request-id';

/** Carries the signed caller token from the gateway to an agency (a JWS, RFC 7515, HS256). Dropped when a client sends it. */
export const callerTokenHeader = 'x-caller-token';

/** `typ` of the caller token. */
export const callerTokenType = 'caller+jwt';
/** `iss` of the caller token. */
export const callerTokenIssuer = 'gateway';
/** Life of a caller token in seconds; the gateway uses one for a third of it. */
export const callerTokenTtlSeconds = 15;

/** Assurance levels of the e-ID (Decree 69/2024/NĐ-CP) as `acr` values of an access token. */
export const acrOfLevel = { 1: 'urn:vn:eid:level:1', 2: 'urn:vn:eid:level:2' } as const;

export const roleNames = ['analyst', 'auditor', 'clinician', 'officer'] as const;
export type Role = (typeof roleNames)[number];

/** `type` of the entry of `authorization_details` (RFC 9396) that carries the purpose. */
export const authorizationDetailType = 'citizen-data';

/** Why an app asks: the one entry `citizen-data` of `authorization_details`. Never taken from the query. */
export interface CallerPurpose {
  readonly code: string;
  readonly legalReference: string | null;
  readonly caseNumber: string | null;
  readonly justification: string | null;
}

/** Nobody signed in. */
export interface AnonymousCaller {
  readonly kind: 'anonymous';
}

/** Who asks, as the access token says (RFC 9068). */
export interface SignedInCaller {
  readonly kind: 'signed-in';
  /** `sub`: opaque id of the citizen or officer. */
  readonly sub: string;
  readonly clientId: string;
  /** From `acr`; 0 when it names no level of the e-ID. */
  readonly level: 0 | 1 | 2;
  readonly roles: readonly Role[];
  readonly purpose: CallerPurpose | null;
}

export type Caller = AnonymousCaller | SignedInCaller;

/** Claims of a caller token: who asks, for one agency, for seconds. Instants in epoch seconds. */
export interface CallerClaims {
  readonly iss: typeof callerTokenIssuer;
  /** The agency's name. */
  readonly aud: string;
  readonly iat: number;
  readonly exp: number;
  /** Id of the token. */
  readonly jti: string;
  readonly caller: Caller;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0;
const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string';

function isPurpose(value: unknown): value is CallerPurpose | null {
  if (value === null) return true;
  if (typeof value !== 'object') return false;
  const { code, legalReference, caseNumber, justification } = value as Record<string, unknown>;
  return isText(code) && [legalReference, caseNumber, justification].every(isTextOrNull);
}

/** Whether a parsed value is a caller; whatever else it is, it is nobody. */
export function isCaller(value: unknown): value is Caller {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, sub, clientId, level, roles, purpose } = value as Record<string, unknown>;
  if (kind === 'anonymous') return true;
  const hasRoles = Array.isArray(roles) && roles.every((role) => roleNames.some((name) => name === role));
  return (
    kind === 'signed-in' &&
    isText(sub) &&
    isText(clientId) &&
    (level === 0 || level === 1 || level === 2) &&
    hasRoles &&
    isPurpose(purpose)
  );
}
