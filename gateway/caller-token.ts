import { randomUUID } from 'node:crypto';
import {
  callerTokenIssuer,
  callerTokenTtlSeconds,
  callerTokenType,
  signJws,
  type Caller,
  type CallerClaims,
  type MacKey,
} from '#schema';

/** Makes the gateway's word for who asks: for one agency, for seconds. */
export interface CallerTokens {
  sign(agency: string, caller: Caller, tokenId: string): string;
  /** One that was signed in the last seconds for the same caller, else a new one. */
  recent(agency: string, caller: Caller): string;
}

export interface CallerTokenOptions {
  /** The key that the gateway shares with one agency. @throws for an agency it has none for */
  readonly keyOf: (agency: string) => MacKey;
  readonly nowSeconds: () => number;
}

/** Two thirds of its life are left to whoever gets it last. */
const recentSeconds = callerTokenTtlSeconds / 3;

interface Signed {
  readonly token: string;
  readonly atSeconds: number;
}

/** The only maker of caller tokens (`schema/caller.ts` says what is in them). */
export function createCallerTokens({ keyOf, nowSeconds }: CallerTokenOptions): CallerTokens {
  const signed = new WeakMap<Caller, Map<string, Signed>>();
  const sign: CallerTokens['sign'] = (agency, caller, tokenId) => {
    const iat = Math.floor(nowSeconds());
    const claims: CallerClaims = {
      iss: callerTokenIssuer,
      aud: agency,
      iat,
      exp: iat + callerTokenTtlSeconds,
      jti: tokenId,
      caller,
    };
    return signJws(claims, callerTokenType, keyOf(agency));
  };
  const recent: CallerTokens['recent'] = (agency, caller) => {
    const atSeconds = nowSeconds();
    const ofCaller = signed.get(caller) ?? new Map<string, Signed>();
    const last = ofCaller.get(agency);
    if (last && atSeconds >= last.atSeconds && atSeconds - last.atSeconds < recentSeconds) return last.token;
    const token = sign(agency, caller, randomUUID());
    signed.set(caller, ofCaller.set(agency, { token, atSeconds }));
    return token;
  };
  return { sign, recent };
}
