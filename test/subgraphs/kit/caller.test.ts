import { randomBytes } from 'node:crypto';
import { SignJWT, type JWTPayload } from 'jose';
import { describe, expect, it } from 'vitest';
import { verifyCallerToken } from '#kit';
import { callerTokenTtlSeconds, callerTokenType, signJws, type Caller } from '#schema';
import { createCallerTokens } from '../../../gateway/caller-token.ts';

const key = new Uint8Array(Buffer.alloc(32, 3));
const now = new Date('2026-11-01T05:00:00Z');
const second = now.getTime() / 1000;
const caller: Caller = {
  kind: 'signed-in',
  sub: '00000000-0000-4000-8000-00000000000a',
  clientId: 'bank',
  level: 2,
  roles: ['officer'],
  purpose: { code: 'loan', legalReference: null, caseNumber: null, justification: null },
};
const claims = {
  iss: 'gateway',
  aud: 'residence',
  iat: second,
  exp: second + 15,
  jti: 'operation-1',
  caller,
};
const sign = (changes: Readonly<Record<string, unknown>> = {}): string =>
  signJws({ ...claims, ...changes }, callerTokenType, key);
const without = (name: string): string =>
  signJws(Object.fromEntries(Object.entries(claims).filter(([each]) => each !== name)), callerTokenType, key);
const verify = (token: string | undefined, at = now) =>
  verifyCallerToken(token, { audience: 'residence', key, now: at });
const [header = '', payload = '', mac = ''] = sign().split('.');
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const respelled = mac.slice(0, -1) + (alphabet[alphabet.indexOf(mac.at(-1) ?? '') ^ 1] ?? '');
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe("the gateway's word", () => {
  it('is what was signed', () => {
    expect(verify(sign())).toEqual(claims);
  });

  it('may be that nobody is signed in', () => {
    expect(verify(sign({ caller: { kind: 'anonymous' } }))?.caller).toEqual({ kind: 'anonymous' });
  });

  it('is what the gateway makes', () => {
    const tokens = createCallerTokens({ keyOf: () => key, nowSeconds: () => second + 0.9 });
    expect(verify(tokens.sign('residence', caller, 'operation-2'))).toEqual({
      ...claims,
      exp: second + callerTokenTtlSeconds,
      jti: 'operation-2',
    });
    expect(verify(tokens.sign('vehicles', caller, 'operation-2'))).toBeNull();
  });

  it('may be made by another library', async () => {
    const made = new SignJWT(claims as unknown as JWTPayload).setProtectedHeader({
      alg: 'HS256',
      typ: callerTokenType,
    });
    expect(verify(await made.sign(key))).toEqual(claims);
  });

  it.each<readonly [string, number, boolean]>([
    ['holds at once', 0, true],
    ['holds when the clock of the agency is 5 s behind', -5, true],
    ['does not hold when it is more behind', -5.001, false],
    ['holds until the skew is over', 19.999, true],
    ['ends with the skew', 20, false],
    ['is over long after', 3600, false],
  ])('%s', (_, seconds, holds) => {
    expect(verify(sign(), new Date(now.getTime() + seconds * 1000)) !== null).toBe(holds);
  });

  it('lives for a minute at most', () => {
    expect(verify(sign({ exp: second + 60 }))).not.toBeNull();
    expect(verify(sign({ exp: second + 61 }))).toBeNull();
  });
});

describe('is not', () => {
  it.each<readonly [string, string | undefined]>([
    ['nothing', undefined],
    ['an empty text', ''],
    ['a word', 'gateway'],
    ['two of its parts', `${header}.${payload}`],
    ['with an extra part', `${sign()}.${mac}`],
    ['without its mac', `${header}.${payload}.`],
    ['with the mac of another word', `${header}.${payload}.${sign({ jti: 'x' }).split('.')[2] ?? ''}`],
    ['the same mac in other letters', `${header}.${payload}.${respelled}`],
    ['with a changed caller', `${header}.${encode({ ...claims, caller: { ...caller, level: 1 } })}.${mac}`],
    ['with a changed header', `${encode({ typ: callerTokenType, alg: 'HS256' })}.${payload}.${mac}`],
    ['with alg none', `${encode({ alg: 'none', typ: callerTokenType })}.${payload}.`],
    ['with alg none and a mac', `${encode({ alg: 'none', typ: callerTokenType })}.${payload}.${mac}`],
    ['of another typ', signJws(claims, 'at+jwt', key)],
    ['of no typ', signJws(claims, '', key)],
    ['under another key', signJws(claims, callerTokenType, randomBytes(32))],
    ['under a longer key that begins alike', signJws(claims, callerTokenType, new Uint8Array([...key, 1]))],
    ['for another agency', sign({ aud: 'vehicles' })],
    ['for several agencies', sign({ aud: ['residence', 'vehicles'] })],
    ['for one agency in a list', sign({ aud: ['residence'] })],
    ['for nobody', without('aud')],
    ['by another issuer', sign({ iss: 'residence' })],
    ['by nobody', without('iss')],
    ['from the future', sign({ iat: second + 6, exp: second + 20 })],
    ['over', sign({ iat: second - 30, exp: second - 5 })],
    ['too long-lived', sign({ exp: second + 3600 })],
    ['long-lived because it began long ago', sign({ iat: second - 3600 })],
    ['without a beginning', without('iat')],
    ['without an end', without('exp')],
    ['over before it began', sign({ iat: second + 3, exp: second + 2 })],
    ['over as it began', sign({ exp: second })],
    ['timed by text', sign({ iat: String(second), exp: String(second + 15) })],
    ['ending in text', sign({ exp: String(second + 15) })],
    ['timed by null', sign({ iat: null, exp: null })],
    ['without an operation', without('jti')],
    ['for an operation without a name', sign({ jti: '' })],
    ['for an operation that is a number', sign({ jti: 7 })],
    ['without a caller', without('caller')],
    ['with null for a caller', sign({ caller: null })],
    ['with a caller of another kind', sign({ caller: { ...caller, kind: 'root' } })],
    ['with a caller of level 3', sign({ caller: { ...caller, level: 3 } })],
    ['with a caller of an unknown role', sign({ caller: { ...caller, roles: ['root'] } })],
    ['with a caller without a client', sign({ caller: { ...caller, clientId: '' } })],
    ['with a purpose as text', sign({ caller: { ...caller, purpose: 'loan' } })],
    ['a list', signJws([claims], callerTokenType, key)],
    ['two in one', `${sign()}, ${sign()}`],
  ])('%s', (_, token) => {
    expect(verify(token)).toBeNull();
  });
});
