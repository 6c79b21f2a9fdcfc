import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { acrOfLevel, authorizationDetailType, type SignedInCaller } from '#schema';

const { privateKey, publicKey } = await generateKeyPair('EdDSA');

export const testIssuer = 'https://issuer.test.example';
export const testAudience = 'citizen-data-graph';
const kid = 'test-key';

/** The public keys of the tests' issuer, as its key server would answer them. */
export const testJwks = { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' }] };

/** An access token (RFC 9068) that says of its bearer what the caller says. */
export function accessTokenOf(caller: SignedInCaller, now: Date, ttlSeconds = 600): Promise<string> {
  const { sub, clientId, level, roles, purpose } = caller;
  const details = purpose && [
    {
      type: authorizationDetailType,
      purpose: purpose.code,
      ...(purpose.legalReference !== null && { legalReference: purpose.legalReference }),
      ...(purpose.caseNumber !== null && { caseNumber: purpose.caseNumber }),
      ...(purpose.justification !== null && { justification: purpose.justification }),
    },
  ];
  const seconds = Math.floor(now.getTime() / 1000);
  return new SignJWT({
    client_id: clientId,
    roles,
    ...(level !== 0 && { acr: acrOfLevel[level] }),
    ...(details && { authorization_details: details }),
  })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid })
    .setIssuer(testIssuer)
    .setAudience(testAudience)
    .setSubject(sub)
    .setJti(randomUUID())
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + ttlSeconds)
    .sign(privateKey);
}
