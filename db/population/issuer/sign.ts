import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { issuerAlgorithm, type IssuerKey } from './key-file.ts';

/** `iss` of development tokens: a name on the reader's own machine, where nothing needs to answer. */
export const developmentIssuer = 'http://127.0.0.1/dev-issuer';
/** `aud` of development tokens. */
export const developmentAudience = 'citizen-data-graph';
/** The longest and usual life of a development token. */
export const maxTtlSeconds = 3600;

/** Why an app asks: the entry `citizen-data` of `authorization_details` (RFC 9396). */
export interface TokenPurpose {
  readonly purpose: string;
  readonly legalReference?: string;
  readonly caseNumber?: string;
  readonly justification?: string;
}

/** What an access token shall say. */
export interface TokenOrder {
  /** Opaque id of a citizen or an officer. */
  readonly sub: string;
  readonly clientId: string;
  /** Level of the e-ID account that signed in; 0: none. */
  readonly level: 0 | 1 | 2;
  readonly roles?: readonly string[];
  readonly purpose?: TokenPurpose;
  /** At most and by default {@link maxTtlSeconds}. */
  readonly ttlSeconds?: number;
}

/** An access token (RFC 9068) of the development issuer, issued at `now`. */
export function signAccessToken(key: IssuerKey, order: TokenOrder, now: Date): Promise<string> {
  const { sub, clientId, level, roles = [], purpose, ttlSeconds = maxTtlSeconds } = order;
  const iat = Math.floor(now.getTime() / 1000);
  const claims = {
    client_id: clientId,
    ...(level > 0 && { acr: `urn:vn:eid:level:${level}` }),
    ...(roles.length > 0 && { roles: [...roles] }),
    ...(purpose && { authorization_details: [{ type: 'citizen-data', ...purpose }] }),
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: issuerAlgorithm, typ: 'at+jwt', kid: key.publicJwk.kid ?? '' })
    .setIssuer(developmentIssuer)
    .setAudience(developmentAudience)
    .setSubject(sub)
    .setJti(randomUUID())
    .setIssuedAt(iat)
    .setExpirationTime(iat + Math.min(ttlSeconds, maxTtlSeconds))
    .sign(key.privateKey);
}
