import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { personaHouseholds } from '#db/population';
import {
  developmentAudience,
  developmentIssuer,
  officerIdOf,
  openIssuerKey,
  orderToken,
  startDevelopmentIssuer,
  type TokenRequest,
} from '../../../db/population/issuer/index.ts';
import { createAuthenticator } from '../../../gateway/authenticate.ts';
import { fixedKeys } from '../../../gateway/issuer-keys.ts';

const asOf = '2026-11-01';
const now = new Date('2026-11-21T03:00:00Z');
const people = personaHouseholds(asOf).flatMap(({ members }) => members.map(({ person }) => person));
const citizenIdOf = (name: string) => people.find(({ persona }) => persona === name)?.citizenId;

let dataDir: string;
const keyFile = (): string => join(dataDir, 'issuer-key.json');
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'issuer-'));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true });
});

describe('the key of the development issuer', () => {
  it('is made once, for its owner only, also where the directory is not yet there', async () => {
    const nested = join(dataDir, 'not', 'yet');
    const first = await openIssuerKey(nested);
    const text = readFileSync(join(nested, 'issuer-key.json'), 'utf8');
    expect(statSync(join(nested, 'issuer-key.json')).mode & 0o777).toBe(0o600);
    expect((await openIssuerKey(nested)).publicJwk).toEqual(first.publicJwk);
    expect(readFileSync(join(nested, 'issuer-key.json'), 'utf8')).toBe(text);
    expect(readdirSync(nested)).toEqual(['issuer-key.json']);
  });

  it('is one for all who start together', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => openIssuerKey(dataDir)));
    expect(new Set(keys.map(({ publicJwk }) => publicJwk.kid)).size).toBe(1);
    expect(readdirSync(dataDir)).toEqual(['issuer-key.json']);
  });

  it('is closed to others again when somebody opened it', async () => {
    await openIssuerKey(dataDir);
    chmodSync(keyFile(), 0o644);
    await openIssuerKey(dataDir);
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
  });

  it.each(['', '{}', 'null', '{"kty":"oct","k":"AAAA"}', '{"kty":"OKP","crv":"Ed25519","x":"AA"}'])(
    'is not made of %j, which is left as it is',
    async (text) => {
      writeFileSync(keyFile(), text);
      const failure = openIssuerKey(dataDir);
      await expect(failure).rejects.toThrow('issuer-key.json in DATA_DIR');
      await expect(failure).rejects.not.toThrow(dataDir);
      expect(readFileSync(keyFile(), 'utf8')).toBe(text);
    },
  );

  it('shows nothing private', async () => {
    const { publicJwk } = await openIssuerKey(dataDir);
    expect(Object.keys(publicJwk).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
    expect(readFileSync(keyFile(), 'utf8')).toContain('"d":');
  });
});

const start = (options: Partial<Parameters<typeof startDevelopmentIssuer>[0]> = {}) =>
  startDevelopmentIssuer({ dataDir, host: '127.0.0.1', issuer: undefined, isSynthetic: true, ...options });

describe('the development issuer', () => {
  it.each(['127.0.0.1', '127.8.0.1', '::1', 'localhost'])('starts on %s', async (host) => {
    expect(await start({ host })).toMatchObject({ issuer: developmentIssuer, audience: developmentAudience });
  });

  it.each([
    ['HOST', { host: '0.0.0.0' }],
    ['HOST', { host: '::' }],
    ['HOST', { host: '10.0.0.1' }],
    ['HOST', { host: '127.0.0.1.example.org' }],
    ['ISSUER', { issuer: 'https://issuer.example' }],
    ['synthetic', { isSynthetic: false }],
  ])('does not start, because of %s: %j', async (cause, options) => {
    await expect(start(options)).rejects.toThrow(cause);
    expect(existsSync(keyFile())).toBe(false);
  });

  /** Who the gateway takes the token's bearer for. */
  async function read(request: TokenRequest) {
    const { sign, jwks, issuer, audience, algorithms } = await start();
    const token = await sign(request, asOf, now);
    const rules = { issuer, audience, algorithms, clockSkewSeconds: 0, maxAgeSeconds: 3600 };
    const authenticate = createAuthenticator({ ...rules, keys: fixedKeys(jwks), now: () => now });
    return { caller: await authenticate(`Bearer ${token}`), claims: decodeJwt(token), token };
  }

  it('signs in a citizen at the level of the account', async () => {
    const { caller, claims, token } = await read({ persona: 'nguyen-van-an' });
    expect(caller).toEqual({
      kind: 'signed-in',
      sub: citizenIdOf('nguyen-van-an'),
      clientId: 'vneid',
      level: 2,
      roles: [],
      purpose: null,
    });
    expect(claims.exp! - claims.iat!).toBe(3600);
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'EdDSA', typ: 'at+jwt' });
  });

  it.each<readonly [TokenRequest, number]>([
    [{ persona: 'level-1-only' }, 1],
    [{ persona: 'no-account' }, 0],
    [{ persona: 'nguyen-van-an', level: 1 }, 1],
    [{ persona: 'level-1-only', level: 2 }, 2],
  ])('%j: level %i', async (request, level) => {
    expect((await read(request)).caller).toMatchObject({ level });
  });

  it('signs in an officer of an app, who is no citizen, with the registered statute', async () => {
    const request = { persona: 'stranger', app: 'land-registry', purpose: 'land-registration' };
    const { caller } = await read({ ...request, caseNumber: 'HS-1', reason: 'Đăng ký biến động' });
    expect(caller).toMatchObject({
      sub: officerIdOf('stranger', 'land-registry'),
      clientId: 'land-registry',
      roles: ['officer'],
      purpose: {
        code: 'land-registration',
        legalReference: expect.stringMatching(/\d+\/\d{4}\/QH\d+/),
        caseNumber: 'HS-1',
        justification: 'Đăng ký biến động',
      },
    });
    expect(people.map(({ citizenId }) => citizenId)).not.toContain(officerIdOf('stranger', 'land-registry'));
    expect(officerIdOf('stranger', 'school')).not.toBe(officerIdOf('stranger', 'land-registry'));
  });

  it('signs in other roles', async () => {
    const request = {
      persona: 'stranger',
      app: 'hospital',
      purpose: 'treatment',
      role: 'clinician',
    } as const;
    expect((await read(request)).caller).toMatchObject({ roles: ['clinician'], clientId: 'hospital' });
    expect((await read({ persona: 'stranger', role: 'auditor' })).caller).toMatchObject({
      roles: ['auditor'],
    });
  });

  it('a citizen may act for a purpose of the citizens’ own app, and stays a citizen', async () => {
    const request = { persona: 'nguyen-van-an', app: 'vneid', purpose: 'guardian-care' };
    expect((await read(request)).caller).toMatchObject({
      sub: citizenIdOf('nguyen-van-an'),
      roles: [],
      purpose: { code: 'guardian-care' },
    });
  });

  it('keeps to the life that is asked for', async () => {
    const { claims } = await read({ persona: 'stranger', ttlSeconds: 60 });
    expect(claims.exp! - claims.iat!).toBe(60);
  });
});

describe('a token that cannot be ordered', () => {
  it.each<readonly [TokenRequest, string]>([
    [{ persona: 'nobody-at-all' }, 'nguyen-van-an, tran-thi-binh'],
    [{ persona: 'stranger', app: 'bank' }, 'bank-loans, hospital'],
    [{ persona: 'stranger', app: 'bank-loans' }, 'loan-assessment'],
    [{ persona: 'stranger', app: 'bank-loans', purpose: 'treatment' }, 'loan-assessment'],
    [{ persona: 'stranger', caseNumber: '1' }, '--purpose'],
    [{ persona: 'stranger', reason: 'x' }, '--purpose'],
    [{ persona: 'stranger', ttlSeconds: 3601 }, '3600'],
    [{ persona: 'stranger', ttlSeconds: 0 }, '3600'],
    [{ persona: 'stranger', ttlSeconds: 1.5 }, '3600'],
    [{ persona: 'stranger', ttlSeconds: Number.NaN }, '3600'],
  ])('%j says what there is', (request, text) => {
    expect(() => orderToken(request, asOf)).toThrow(text);
    expect(() => orderToken(request, asOf)).not.toThrow('nobody-at-all');
  });
});
