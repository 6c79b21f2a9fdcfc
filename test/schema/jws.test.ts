import { createHmac, randomBytes } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { parseMacKey, signJws, verifyJws } from '#schema';

const key = new Uint8Array(Buffer.alloc(32, 7));
const typ = 'caller+jwt';
const payload = {
  iss: 'gateway',
  sub: 'Nguyễn Văn Án',
  n: 1,
  nothing: null,
  list: [1, 'a'],
  inner: { a: true },
};
const token = signJws(payload, typ, key);
const [header = '', body = '', mac = ''] = token.split('.');
const encode = (text: string | Buffer): string => Buffer.from(text).toString('base64url');
const sealed = (first: string, second: string, secret: Uint8Array = key, hash = 'sha256'): string =>
  `${first}.${second}.${createHmac(hash, secret).update(`${first}.${second}`).digest('base64url')}`;
const headed = (value: object | string): string =>
  sealed(encode(typeof value === 'string' ? value : JSON.stringify(value)), body);
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** The same 32 bytes in other letters: the last letter carries two bits that nobody reads. */
const respelled = mac.slice(0, -1) + (alphabet[alphabet.indexOf(mac.at(-1) ?? '') ^ 1] ?? '');

describe('a token of ours', () => {
  it('says what was signed', () => {
    expect(verifyJws(token, typ, key)).toEqual(payload);
  });

  it('is a compact JWS that jose reads', async () => {
    const read = await jwtVerify(token, key, { algorithms: ['HS256'], typ });
    expect(read.payload).toEqual(payload);
    expect(read.protectedHeader).toEqual({ alg: 'HS256', typ });
  });

  it('may be made by jose', async () => {
    const made = await new SignJWT(payload).setProtectedHeader({ alg: 'HS256', typ }).sign(key);
    expect(made).toBe(token);
    expect(verifyJws(made, typ, key)).toEqual(payload);
  });

  it('carries no line break, padding or plus', () => {
    expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{43}$/);
  });
});

describe('whatever else', () => {
  it('the second spelling of the mac says the same bytes', () => {
    expect(respelled).not.toBe(mac);
    expect(Buffer.from(respelled, 'base64url')).toEqual(Buffer.from(mac, 'base64url'));
  });

  it.each<readonly [string, string]>([
    ['nothing', ''],
    ['one word', 'token'],
    ['only points', '..'],
    ['two parts', `${header}.${body}`],
    ['no mac', `${header}.${body}.`],
    ['no payload', `${header}..${mac}`],
    ['no payload, with a right mac', sealed(header, '')],
    ['a fourth part', `${token}.${mac}`],
    ['a point behind it', `${token}.`],
    ['a line break behind it', `${token}\n`],
    ['a space before it', ` ${token}`],
    ['the scheme before it', `Bearer ${token}`],
    ['a changed payload', `${header}.${encode(JSON.stringify({ ...payload, n: 2 }))}.${mac}`],
    [
      'a changed letter of the payload',
      `${header}.${body.slice(0, -1)}${body.endsWith('A') ? 'B' : 'A'}.${mac}`,
    ],
    ['a changed mac', `${header}.${body}.${mac.startsWith('A') ? 'B' : 'A'}${mac.slice(1)}`],
    ['a mac of letters that take two bytes', `${header}.${body}.${'é'.repeat(mac.length)}`],
    ['a shorter mac', `${header}.${body}.${mac.slice(0, 20)}`],
    ['a longer mac', `${header}.${body}.${mac}AAAA`],
    ['the same mac in other letters', `${header}.${body}.${respelled}`],
    ['the same mac, padded', `${token}=`],
    ['the mac in plain base64', `${header}.${body}.${Buffer.from(mac, 'base64url').toString('base64')}`],
    ['the mac of another key', signJws(payload, typ, randomBytes(32))],
    ['another typ', signJws(payload, 'at+jwt', key)],
    ['no typ', headed({ alg: 'HS256' })],
    ['alg none, unsigned', `${encode(JSON.stringify({ alg: 'none', typ }))}.${body}.`],
    ['alg none, signed', headed({ alg: 'none', typ })],
    ['alg HS512, as it says', sealed(encode(JSON.stringify({ alg: 'HS512', typ })), body, key, 'sha512')],
    ['alg HS512 over HS256', headed({ alg: 'HS512', typ })],
    [
      'a header with a key of its own',
      headed({ alg: 'HS256', typ, jwk: { kty: 'oct', k: encode(key.toString()) } }),
    ],
    ['a header with crit', headed({ alg: 'HS256', typ, crit: ['b64'], b64: false })],
    ['a header that is no JSON', headed('HS256')],
    ['a payload that is no JSON', sealed(header, encode('iss=gateway'))],
    ['a payload that is text', sealed(header, encode('"gateway"'))],
    ['a payload that is null', sealed(header, encode('null'))],
    ['a payload that is a number', sealed(header, encode('7'))],
    ['a payload that is a list', sealed(header, encode('[{"iss":"gateway"}]'))],
    ['a JWE of five parts', `${header}.${body}.${mac}.${body}.${mac}`],
  ])('%s is refused', (_, broken) => {
    expect(verifyJws(broken, typ, key)).toBeNull();
  });

  it('an empty key does not verify', () => {
    expect(verifyJws(token, typ, new Uint8Array(32))).toBeNull();
    expect(verifyJws(token, typ, new Uint8Array())).toBeNull();
  });
});

describe('a key', () => {
  it('is 32 bytes or more, as base64url', () => {
    const bytes = randomBytes(32);
    expect(Buffer.from(parseMacKey(bytes.toString('base64url'), 'CALLER_KEY'))).toEqual(bytes);
    expect(parseMacKey(randomBytes(64).toString('base64url'), 'CALLER_KEY').length).toBe(64);
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['short', randomBytes(31).toString('base64url')],
  ])('that is %s is refused by the name of its variable, not by its text', (_, text) => {
    expect(() => parseMacKey(text, 'RESIDENCE_CALLER_KEY')).toThrow(/RESIDENCE_CALLER_KEY/);
    if (text) expect(() => parseMacKey(text, 'X')).not.toThrow(text);
  });
});
