import {
  callerTokenIssuer,
  callerTokenTtlSeconds,
  callerTokenType,
  signJws,
  type Caller,
  type CallerClaims,
  type MacKey,
} from '#schema';

export { callerKeyVariableOf } from '#schema';

/** Makes the gateway's word for who asks: for one agency, one operation, for seconds. */
export interface CallerTokens {
  sign(agency: string, caller: Caller, operationId: string): string;
}

export interface CallerTokenOptions {
  /** The key that the gateway shares with one agency. @throws for an agency it has none for */
  readonly keyOf: (agency: string) => MacKey;
  readonly nowSeconds: () => number;
}

/** The only maker of caller tokens (`schema/caller.ts` says what is in them). */
export function createCallerTokens({ keyOf, nowSeconds }: CallerTokenOptions): CallerTokens {
  return {
    sign: (agency, caller, operationId) => {
      const iat = Math.floor(nowSeconds());
      const claims: CallerClaims = {
        iss: callerTokenIssuer,
        aud: agency,
        iat,
        exp: iat + callerTokenTtlSeconds,
        jti: operationId,
        caller,
      };
      return signJws(claims, callerTokenType, keyOf(agency));
    },
  };
}
