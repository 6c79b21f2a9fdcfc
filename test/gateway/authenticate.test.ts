import {
  base64url,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type CryptoKey,
  type JWK,
} from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Caller } from '#schema';
import { createAuthenticator, type AuthenticationFailure } from '../../gateway/authenticate.ts';
import { fixedKeys, type IssuerKeys } from '../../gateway/issuer-keys.ts';

const issuer = 'https://issuer.example';
const audience = 'citizen-data-graph';
const nowSeconds = 1_800_000_000;
const algorithms = ['EdDSA', 'ES256', 'PS256', 'RS256'] as const;

interface Pair {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}
async function makePair(alg: string, kid: string): Promise<Pair> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

const pairs = new Map<string, Pair>();
const pair = (name: string): Pair => pairs.get(name) as Pair;
let keys: IssuerKeys;
beforeAll(async () => {
  for (const alg of ['EdDSA', 'ES256', 'RS256', 'ES384']) pairs.set(alg, await makePair(alg, `key-${alg}`));
  pairs.set('stranger', await makePair('EdDSA', 'key-EdDSA'));
  keys = fixedKeys({ keys: ['EdDSA', 'ES256', 'RS256', 'ES384'].map((name) => pair(name).jwk) });
});

const authenticator = (at = nowSeconds, source = keys) =>
  createAuthenticator({
    issuer,
    audience,
    algorithms,
    clockSkewSeconds: 30,
    maxAgeSeconds: 3600,
    keys: source,
    now: () => new Date(at * 1000),
  });
const ask = (authorization: string | undefined): Promise<Caller | AuthenticationFailure> =>
  authenticator()(authorization);

const good: Readonly<Record<string, unknown>> = {
  iss: issuer,
  aud: audience,
  sub: '0c5b0c4e-3f4b-8f6d-9a3e-111111111111',
  client_id: 'bank-loans',
  jti: 'token-1',
  iat: nowSeconds - 60,
  exp: nowSeconds + 600,
};

interface Made {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly without?: string;
  readonly key?: string;
  readonly alg?: string;
}
/** A good token but for what is given. */
async function make({ claims = {}, header = {}, without, key = 'EdDSA', alg }: Made = {}): Promise<string> {
  const payload = Object.fromEntries(
    Object.entries({ ...good, ...claims }).filter(([name, value]) => name !== without && value !== undefined),
  );
  const used = pair(key);
  return new SignJWT(payload)
    .setProtectedHeader({ alg: alg ?? used.jwk.alg ?? '', typ: 'at+jwt', kid: used.jwk.kid ?? '', ...header })
    .sign(used.privateKey, { crit: { 'urn:x': true } });
}

const detail = (entry: Readonly<Record<string, unknown>>) => ({
  authorization_details: [{ type: 'citizen-data', purpose: 'loan-assessment', ...entry }],
});
const own = { type: 'citizen-data', purpose: 'loan-assessment' };

const withClaims: Readonly<Record<string, Made>> = {
  'expired long ago': { claims: { iat: nowSeconds - 900, exp: nowSeconds - 300 } },
  'expired just beyond the skew': { claims: { exp: nowSeconds - 30 } },
  'not valid yet (nbf)': { claims: { nbf: nowSeconds + 31 } },
  'issued in the future': { claims: { iat: nowSeconds + 31, exp: nowSeconds + 600 } },
  'issued too long ago': { claims: { iat: nowSeconds - 3631, exp: nowSeconds + 60 } },
  'of too long a life': { claims: { iat: nowSeconds, exp: nowSeconds + 3601 } },
  'expired before it was issued': { claims: { iat: nowSeconds + 20, exp: nowSeconds + 10 } },
  'exp as text': { claims: { exp: String(nowSeconds + 600) } },
  'iat as text': { claims: { iat: String(nowSeconds) } },
  'for another audience': { claims: { aud: 'another-graph' } },
  'for a longer audience': { claims: { aud: `${audience}-two` } },
  'audience of the wrong type': { claims: { aud: { [audience]: true } } },
  'of another issuer': { claims: { iss: 'https://issuer.example.org' } },
  'of the issuer with a slash': { claims: { iss: `${issuer}/` } },
  'subject of the wrong type': { claims: { sub: 7 } },
  'empty subject': { claims: { sub: '' } },
  'subject with a line break': { claims: { sub: 'a\nb' } },
  'client of the wrong type': { claims: { client_id: ['vneid'] } },
  'empty client': { claims: { client_id: '' } },
  'jti of the wrong type': { claims: { jti: 1 } },
  'acr of the wrong type': { claims: { acr: 2 } },
  'roles as text': { claims: { roles: 'auditor' } },
  'roles of the wrong type': { claims: { roles: [{ name: 'auditor' }] } },
  'bound to a key (cnf)': { claims: { cnf: { jkt: 'thumbprint' } } },
  'two purposes': { claims: { authorization_details: [own, { ...own, purpose: 'other' }] } },
  'the same purpose twice': { claims: { authorization_details: [own, own] } },
  'details as an object': { claims: { authorization_details: own } },
  'details as text': { claims: { authorization_details: JSON.stringify([own]) } },
  'an entry without type': { claims: { authorization_details: [{ purpose: 'loan-assessment' }] } },
  'an entry that is null': { claims: { authorization_details: [null] } },
  'no purpose in the entry': { claims: { authorization_details: [{ type: 'citizen-data' }] } },
  'an empty purpose': { claims: detail({ purpose: '' }) },
  'a list of purposes': { claims: detail({ purpose: ['loan-assessment'] }) },
  'a case number of the wrong type': { claims: detail({ caseNumber: 12 }) },
  'a case number with a line break': { claims: detail({ caseNumber: 'A\nB' }) },
  'an entry that narrows what it allows': { claims: detail({ locations: ['https://elsewhere.example'] }) },
  'a justification without end': { claims: detail({ justification: 'x'.repeat(2001) }) },
};

const withHeaders: Readonly<Record<string, Made>> = {
  'an ID token (typ JWT)': { header: { typ: 'JWT' } },
  'a caller token (typ)': { header: { typ: 'caller+jwt' } },
  'no typ': { header: { typ: undefined } },
  'no kid': { header: { kid: undefined } },
  'an unknown kid': { header: { kid: 'key-0' } },
  'the kid of another algorithm': { header: { kid: 'key-ES256' } },
  'a critical extension': { header: { crit: ['urn:x'], 'urn:x': 1 } },
  'an algorithm of the issuer that is not on the list': { key: 'ES384' },
  "somebody else's key under the issuer's kid": { key: 'stranger' },
};

const refusedToken = { kind: 'refused', reason: 'TOKEN_INVALID' };

describe('a token that is not valid', () => {
  test('differs from a valid one in one thing', async () => {
    expect(await ask(`Bearer ${await make()}`)).toMatchObject({ kind: 'signed-in' });
  });

  test.each(Object.entries({ ...withClaims, ...withHeaders }))('%s', async (_, made) => {
    expect(await ask(`Bearer ${await make(made)}`)).toEqual(refusedToken);
  });

  test.each(['iss', 'aud', 'exp', 'iat', 'sub', 'client_id', 'jti'])('without %s', async (without) => {
    expect(await ask(`Bearer ${await make({ without })}`)).toEqual(refusedToken);
  });

  test('without a signature (alg none)', async () => {
    const unsigned = new UnsecuredJWT({ ...good }).encode();
    const typed = base64url.encode(JSON.stringify({ alg: 'none', typ: 'at+jwt', kid: 'key-EdDSA' }));
    const [, payload = '', signature = ''] = (await make()).split('.');
    for (const token of [unsigned, `${typed}.${payload}.`, `${typed}.${payload}.${signature}`])
      expect(await ask(`Bearer ${token}`)).toEqual(refusedToken);
  });

  test.each(['EdDSA', 'RS256', 'ES256'])(
    'signed with HS256 and the public %s key as secret',
    async (name) => {
      const { publicKey, jwk } = pair(name);
      for (const text of [await exportSPKI(publicKey), JSON.stringify(jwk), jwk.x ?? jwk.n ?? '']) {
        const token = await new SignJWT({ ...good })
          .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: jwk.kid ?? '' })
          .sign(new TextEncoder().encode(text.padEnd(32, '=')));
        expect(await ask(`Bearer ${token}`)).toEqual(refusedToken);
      }
    },
  );

  test('with a key of its own in the header', async () => {
    const { jwk } = pair('stranger');
    const token = await make({ key: 'stranger', header: { jwk, jku: 'https://stranger.example/keys' } });
    expect(await ask(`Bearer ${token}`)).toEqual(refusedToken);
  });

  test('with one letter changed, wherever it stands', async () => {
    const token = await make();
    const authenticate = authenticator();
    for (const at of [5, 60, 200, token.length - 40, token.length - 2]) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      expect(await authenticate(`Bearer ${changed}`)).toEqual(refusedToken);
    }
  });
});

describe('a header that is not "Bearer" and a token', () => {
  test.each([
    ['nothing', ''],
    ['the scheme alone', 'Bearer'],
    ['the scheme and a space', 'Bearer '],
    ['Basic', 'Basic dXNlcjpwYXNz'],
    ['not a JWT', 'Bearer opaque-token'],
    ['an encrypted token', 'Bearer a.b.c.d.e'],
    ['no end', `Bearer ${'a'.repeat(4000)}.${'b'.repeat(4000)}.${'c'.repeat(4000)}`],
  ])('%s', async (_, authorization) => {
    expect(await ask(authorization)).toEqual(refusedToken);
  });

  test.each(['DPoP', 'Token', 'Bearer,', 'Bearer Bearer'])('a good token as %s', async (scheme) => {
    expect(await ask(`${scheme} ${await make()}`)).toEqual(refusedToken);
  });

  test('a good token and something after it', async () => {
    expect(await ask(`Bearer ${await make()}, Bearer ${await make()}`)).toEqual(refusedToken);
    expect(await ask(`Bearer ${await make()}\n`)).toEqual(refusedToken);
  });
});

describe('a valid token', () => {
  test('says who asks, through which client, at which level, in which roles', async () => {
    const claims = { acr: 'urn:vn:eid:level:2', roles: ['officer', 'emperor', 'clinician', 'officer'] };
    expect(await ask(`bearer  ${await make({ claims })}`)).toEqual({
      kind: 'signed-in',
      sub: good['sub'],
      clientId: 'bank-loans',
      level: 2,
      roles: ['clinician', 'officer'],
      purpose: null,
    });
  });

  test.each([
    ['urn:vn:eid:level:1', 1],
    ['urn:vn:eid:level:2', 2],
    ['urn:vn:eid:level:3', 0],
    ['URN:VN:EID:LEVEL:2', 0],
    [undefined, 0],
  ])('acr %s is level %i', async (acr, level) => {
    expect(await ask(`Bearer ${await make({ claims: { acr } })}`)).toMatchObject({ level });
  });

  test('says for which purpose, and entries for others are theirs', async () => {
    const entry = {
      legalReference: 'Luật số 31/2024/QH15, Điều 133',
      caseNumber: 'HS-2026/01',
      justification: 'Hồ sơ',
    };
    const { authorization_details: [first] = [] } = detail(entry);
    const claims = { authorization_details: [{ type: 'payment', amount: 3 }, first] };
    expect(await ask(`Bearer ${await make({ claims })}`)).toMatchObject({
      purpose: { code: 'loan-assessment', ...entry },
    });
    expect(await ask(`Bearer ${await make({ claims: detail({}) })}`)).toMatchObject({
      purpose: { code: 'loan-assessment', legalReference: null, caseNumber: null, justification: null },
    });
  });

  test.each<readonly [string, Made]>([
    ['one audience of several', { claims: { aud: ['another', audience] } }],
    ['the long form of typ', { header: { typ: 'application/at+jwt' } }],
    ['another listed algorithm', { key: 'ES256' }],
    ['RSA', { key: 'RS256' }],
    ['expired within the skew', { claims: { exp: nowSeconds - 29 } }],
    ['issued within the skew from now', { claims: { iat: nowSeconds + 30 } }],
    ['of the longest life', { claims: { iat: nowSeconds, exp: nowSeconds + 3600 } }],
    ['no details', { claims: { authorization_details: [] } }],
  ])('%s', async (_, made) => {
    expect(await ask(`Bearer ${await make(made)}`)).toMatchObject({ kind: 'signed-in' });
  });

  test('no header is nobody', async () => {
    expect(await ask(undefined)).toEqual({ kind: 'anonymous' });
  });
});

/** The keys, and how often one was looked for: once per verification. */
async function countFinds() {
  const set = (await keys.current())!;
  const counter = { finds: 0 };
  const find = Object.assign((...given: Parameters<typeof set.find>) => {
    counter.finds += 1;
    return set.find(...given);
  }, set.find);
  const counted = { ...set, find };
  const source: IssuerKeys = { current: async () => counted, renewed: async () => counted };
  return { counter, source };
}

describe('what is remembered of a token', () => {
  test('is one verification, until the token ends', async () => {
    const { counter, source } = await countFinds();
    let atSeconds = nowSeconds;
    const authenticate = createAuthenticator({
      ...{ issuer, audience, algorithms, clockSkewSeconds: 30, maxAgeSeconds: 3600, keys: source },
      now: () => new Date(atSeconds * 1000),
    });
    const authorization = `Bearer ${await make()}`;
    for (let time = 0; time < 5; time += 1)
      expect(await authenticate(authorization)).toMatchObject({ kind: 'signed-in' });
    expect(counter.finds).toBe(1);
    atSeconds = nowSeconds + 629;
    expect(await authenticate(authorization)).toMatchObject({ kind: 'signed-in' });
    expect(counter.finds).toBe(1);
    atSeconds = nowSeconds + 630;
    expect(await authenticate(authorization)).toEqual(refusedToken);
    atSeconds = nowSeconds;
    await authenticate(authorization);
    expect(counter.finds).toBe(3);
  });

  test('ends with its key', async () => {
    let current = await keys.current();
    const source: IssuerKeys = { current: async () => current, renewed: async () => current };
    const authenticate = authenticator(nowSeconds, source);
    const authorization = `Bearer ${await make()}`;
    expect(await authenticate(authorization)).toMatchObject({ kind: 'signed-in' });
    current = await fixedKeys({ keys: [pair('ES256').jwk] }).current();
    expect(await authenticate(authorization)).toEqual(refusedToken);
  });

  test('is bounded', async () => {
    const { counter, source } = await countFinds();
    const authenticate = createAuthenticator({
      ...{ issuer, audience, algorithms, clockSkewSeconds: 30, maxAgeSeconds: 3600, keys: source },
      cacheSize: 2,
      now: () => new Date(nowSeconds * 1000),
    });
    const [one, two, three] = [{ jti: '1' }, { jti: '2' }, { jti: '3' }].map((claims) => make({ claims }));
    for (const token of [one, two, three, three, one]) await authenticate(`Bearer ${await token}`);
    expect(counter.finds).toBe(4);
  });
});

test('without any keys of the issuer nobody knows whether a token is good', async () => {
  const none: IssuerKeys = { current: async () => null, renewed: async () => null };
  const authenticate = authenticator(nowSeconds, none);
  expect(await authenticate(`Bearer ${await make()}`)).toEqual({
    kind: 'refused',
    reason: 'AGENCY_UNAVAILABLE',
  });
  expect(await authenticate('Bearer a.b.c')).toEqual(refusedToken);
  expect(await authenticate(undefined)).toEqual({ kind: 'anonymous' });
});
