import { jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import {
  acrOfLevel,
  authorizationDetailType,
  roleNames,
  type CallerPurpose,
  type SignedInCaller,
} from '#schema';
import type { TokenConfig } from './config.ts';

/** How an access token is judged; instants come from `now`. */
export interface TokenRules extends Omit<TokenConfig, 'issuer'> {
  /** `iss`, compared exactly. */
  readonly issuer: string;
}

/** What a valid token says, until when. */
export interface VerifiedToken {
  readonly caller: SignedInCaller;
  /** `exp` in epoch seconds. */
  readonly expSeconds: number;
}

const word = z.string().regex(/^[\x21-\x7e]{1,255}$/);
const line = (length: number) =>
  z
    .string()
    .min(1)
    .max(length)
    .regex(/^\P{Cc}+$/u)
    .nullish();

/** Strict: whatever else an entry says may narrow what it allows, and is not ours to overlook (RFC 9396 §5). */
const purposeDetail = z.strictObject({
  type: z.literal(authorizationDetailType),
  purpose: word,
  legalReference: line(500),
  caseNumber: line(200),
  justification: line(2000),
});

const claims = z.object({
  sub: word,
  client_id: word,
  jti: word,
  iat: z.number(),
  exp: z.number(),
  acr: z.string().optional(),
  roles: z.array(z.string()).optional(),
  authorization_details: z.array(z.looseObject({ type: z.string() })).optional(),
  // A token bound to a key of its holder (RFC 7800) is worth nothing to whoever merely bears it.
  cnf: z.never().optional(),
});

const requiredClaims = ['iss', 'aud', 'exp', 'iat', 'sub', 'client_id', 'jti'];

/** One or no entry of our type; entries of other types are for other resources. Throws on anything else. */
function readPurpose(details: z.infer<typeof claims>['authorization_details']): CallerPurpose | null {
  const [own, second] = (details ?? []).filter(({ type }) => type === authorizationDetailType);
  if (second) throw new TypeError('Two purposes in one token.');
  if (!own) return null;
  const { purpose, legalReference, caseNumber, justification } = purposeDetail.parse(own);
  return {
    code: purpose,
    legalReference: legalReference ?? null,
    caseNumber: caseNumber ?? null,
    justification: justification ?? null,
  };
}

function readLevel(acr: string | undefined): SignedInCaller['level'] {
  if (acr === acrOfLevel[2]) return 2;
  return acr === acrOfLevel[1] ? 1 : 0;
}

/**
 * Verifies an access token of the configured issuer (RFC 9068 §4, RFC 8725). Beyond the RFC: `kid` is required, the
 * whole life of a token is bounded as its age is, and `authorization_details` hold at most one purpose.
 * @throws when the token is not valid, whatever the cause
 */
export async function verifyAccessToken(
  token: string,
  getKey: JWTVerifyGetKey,
  rules: TokenRules,
  now: Date,
): Promise<VerifiedToken> {
  const { payload } = await jwtVerify(token, getKey, {
    typ: 'at+jwt',
    issuer: rules.issuer,
    audience: rules.audience,
    algorithms: [...rules.algorithms],
    clockTolerance: rules.clockSkewSeconds,
    maxTokenAge: rules.maxAgeSeconds,
    currentDate: now,
    requiredClaims,
  });
  const { sub, client_id, acr, roles = [], authorization_details, iat, exp } = claims.parse(payload);
  if (exp <= iat || exp - iat > rules.maxAgeSeconds) throw new RangeError('The token lives too long.');
  const caller: SignedInCaller = {
    kind: 'signed-in',
    sub,
    clientId: client_id,
    level: readLevel(acr),
    roles: roleNames.filter((role) => roles.includes(role)),
    purpose: readPurpose(authorization_details),
  };
  return { caller, expSeconds: exp };
}
