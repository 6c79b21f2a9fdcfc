import { errors, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Caller } from '#schema';
import { verifyAccessToken, type TokenRules, type VerifiedToken } from './access-token.ts';
import type { IssuerKeys, KeySet } from './issuer-keys.ts';

/** Nobody is let in. `AGENCY_UNAVAILABLE`: the issuer's keys were never obtained, so the token may be a good one. */
export interface AuthenticationFailure {
  readonly kind: 'refused';
  readonly reason: 'TOKEN_INVALID' | 'AGENCY_UNAVAILABLE';
}

/** Who an `authorization` header is. Never rejects. */
export type Authenticate = (authorization: string | undefined) => Promise<Caller | AuthenticationFailure>;

export interface AuthenticatorOptions extends TokenRules {
  readonly keys: IssuerKeys;
  readonly now: () => Date;
  /** Tokens whose verification is remembered; default 2000. */
  readonly cacheSize?: number;
}

/** A verification, and the keys that it rests on. */
interface Remembered extends VerifiedToken {
  readonly set: KeySet;
}

const anonymous: Caller = { kind: 'anonymous' };
const refused = (reason: AuthenticationFailure['reason']): AuthenticationFailure => ({
  kind: 'refused',
  reason,
});

const maxLength = 8192;
const bearer = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** The token of `authorization: Bearer …` (RFC 6750 §2.1); `null`: something else is there. */
const tokenOf = (authorization: string): string | null =>
  authorization.length > maxLength ? null : (bearer.exec(authorization)?.[1] ?? null);

/** Finds a token's key and notes the key set it came from; an unknown `kid` is worth one look at newer keys. */
function createFinder(keys: IssuerKeys) {
  const found: { set: KeySet | null } = { set: null };
  const isUnknown = (error: unknown): boolean => error instanceof errors.JWKSNoMatchingKey;
  const find: JWTVerifyGetKey = async (header, token) => {
    if (!header.kid) throw new errors.JWSInvalid('The token names no key.');
    found.set = await keys.current();
    if (!found.set) throw new errors.JWKSNoMatchingKey();
    return found.set.find(header, token).catch(async (error: unknown) => {
      found.set = isUnknown(error) ? await keys.renewed() : null;
      if (!found.set) throw error;
      return found.set.find(header, token);
    });
  };
  return { find, found };
}

/**
 * Tells who signs in with an access token (RFC 9068). Verifications are remembered: one costs about 200 µs, a memory
 * less than 5. A memory ends with the token, and with any change of the issuer's keys.
 */
export function createAuthenticator(options: AuthenticatorOptions): Authenticate {
  const { keys, now, clockSkewSeconds, cacheSize = 2000 } = options;
  const memory = new LRUCache<string, Remembered>({ max: cacheSize });
  const isLive = ({ expSeconds }: Remembered): boolean =>
    expSeconds > Math.floor(now().getTime() / 1000) - clockSkewSeconds;

  const verify = async (token: string): Promise<Caller | AuthenticationFailure> => {
    const { find, found } = createFinder(keys);
    try {
      const verified = await verifyAccessToken(token, find, options, now());
      if (found.set) memory.set(token, { ...verified, set: found.set });
      return verified.caller;
    } catch (error) {
      const isUndecided = error instanceof errors.JWKSNoMatchingKey && (await keys.current()) === null;
      return refused(isUndecided ? 'AGENCY_UNAVAILABLE' : 'TOKEN_INVALID');
    }
  };
  return async (authorization) => {
    if (authorization === undefined) return anonymous;
    const token = tokenOf(authorization);
    if (token === null) return refused('TOKEN_INVALID');
    const known = memory.get(token);
    if (!known) return verify(token);
    if (known.set === (await keys.current()) && isLive(known)) return known.caller;
    memory.delete(token);
    return verify(token);
  };
}

/** For a graph without marks, which nobody signs in to: every caller is anonymous. */
export const admitAnonymously: Authenticate = async () => anonymous;
