import {
  callerTokenIssuer,
  callerTokenType,
  isCaller,
  verifyJws,
  type CallerClaims,
  type MacKey,
} from '#schema';

/** Clocks of gateway and agency may differ by this much. */
const skewSeconds = 5;
/** No token of the gateway lives longer. */
const maxLifeSeconds = 60;

export interface CallerTokenOptions {
  /** The agency that is asked. */
  readonly audience: string;
  readonly key: MacKey;
  readonly now: Date;
}

/**
 * What the gateway vouches for; `null` when the token is missing, forged, for another agency, too old or too long-lived.
 * Without it an agency answers nobody.
 */
export function verifyCallerToken(
  token: string | undefined,
  options: CallerTokenOptions,
): CallerClaims | null {
  const claims = token === undefined ? null : verifyJws(token, callerTokenType, options.key);
  if (!claims) return null;
  const { iss, aud, iat, exp, jti, caller } = claims;
  const nowSeconds = options.now.getTime() / 1000;
  const isTimely =
    typeof iat === 'number' &&
    typeof exp === 'number' &&
    iat <= nowSeconds + skewSeconds &&
    nowSeconds < exp + skewSeconds &&
    exp > iat &&
    exp - iat <= maxLifeSeconds;
  const isOurs = iss === callerTokenIssuer && aud === options.audience;
  const isWhole = typeof jti === 'string' && jti.length > 0 && isCaller(caller);
  return isTimely && isOurs && isWhole ? (claims as unknown as CallerClaims) : null;
}
