import { LRUCache } from 'lru-cache';
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

type Timed = Readonly<Record<'iat' | 'exp', unknown>>;

/** Whether a token holds now, and never did for longer than a minute. */
function isTimely({ iat, exp }: Timed, now: Date): boolean {
  const nowSeconds = now.getTime() / 1000;
  return (
    typeof iat === 'number' &&
    typeof exp === 'number' &&
    iat <= nowSeconds + skewSeconds &&
    nowSeconds < exp + skewSeconds &&
    exp > iat &&
    exp - iat <= maxLifeSeconds
  );
}

/**
 * What the gateway vouches for; `null` when the token is missing, forged, for another agency, too old or too long-lived.
 * Without it an agency answers nobody.
 */
export function verifyCallerToken(
  token: string | undefined,
  { audience, key, now }: CallerTokenOptions,
): CallerClaims | null {
  const claims = token === undefined ? null : verifyJws(token, callerTokenType, key);
  if (!claims) return null;
  const { iss, aud, iat, exp, jti, caller } = claims;
  const isOurs = iss === callerTokenIssuer && aud === audience;
  const isWhole = typeof jti === 'string' && jti.length > 0 && isCaller(caller);
  return isTimely({ iat, exp }, now) && isOurs && isWhole ? (claims as unknown as CallerClaims) : null;
}

const maxRemembered = 1000;

/** Verifies tokens of one agency, and remembers those that were right: only their time is looked at again. */
export function createCallerVerifier({ audience, key }: Omit<CallerTokenOptions, 'now'>) {
  const known = new LRUCache<string, CallerClaims>({ max: maxRemembered });
  return (token: string | undefined, now: Date): CallerClaims | null => {
    const remembered = token === undefined ? undefined : known.get(token);
    if (remembered) return isTimely(remembered, now) ? remembered : null;
    const claims = verifyCallerToken(token, { audience, key, now });
    if (claims && token !== undefined) known.set(token, claims);
    return claims;
  };
}
