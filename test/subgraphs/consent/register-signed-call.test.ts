import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import express from 'express';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answerNotices, noticesRoute, registerRoutes } from '#kit';
import {
  attestRead,
  callSigned,
  carryOverHttp,
  createRegisterClock,
  factsOverHttp,
  noticesOverHttp,
  SignedCallError,
  signedNotices,
  signedCallType,
  signJws,
  verifyJws,
  type AttestedRead,
  type ClientFacts,
  type FactKey,
  type AnsweredFacts,
  type FactsSource,
  type Notice,
} from '#schema';

const now = (): Date => new Date('2026-11-01T12:00:00+07:00');
const nowSeconds = now().getTime() / 1000;
const residenceKey = randomBytes(32);
const gatewayKey = randomBytes(32);
const populationKey = randomBytes(32);
const keys = new Map([
  ['residence', residenceKey],
  ['gateway', gatewayKey],
]);

const client: ClientFacts = { clientId: 'vneid', isFirstParty: true, purpose: null };
const facts: AnsweredFacts = {
  client,
  subject: {
    citizenId: 'c',
    bornOn: '1990-01-01',
    lifeStatus: 'ALIVE',
    account: { level: 2, state: 'ACTIVE' },
  },
  links: [],
  grants: [],
  emergencies: [],
  isFresh: { population: true, dependants: true },
  dependants: [],
  ageMs: 0,
};
const notice: Notice = {
  noticeId: 'a/b',
  version: 7,
  body: {
    kind: 'person',
    person: facts.subject as NonNullable<AnsweredFacts['subject']>,
    personalIds: ['099000000000'],
  },
};
const key: FactKey = { subject: 'c', clientId: 'vneid', purpose: null, callerId: 'ông Hồ' };

const asked: unknown[] = [];
let isFailing = false;
const source: FactsSource = {
  read: async (given) => {
    asked.push(given);
    if (isFailing) throw new Error('connect ECONNREFUSED 10.0.0.7 password=secret');
    return given.map(() => facts);
  },
  claim: async (grant, operationId) => asked.push([grant, operationId]) > 0,
  readClient: async (clientId) => (clientId === 'vneid' ? client : null),
};

let server: Server;
let url: string;
const listen = async (listener: RequestListener): Promise<[Server, string]> => {
  const own = createServer(listener).listen(0, '127.0.0.1');
  await once(own, 'listening');
  return [own, `http://127.0.0.1:${(own.address() as AddressInfo).port}`];
};
const close = (own: Server): void => {
  own.close();
  own.closeAllConnections();
};
beforeAll(async () => {
  const app = express().use(registerRoutes(source, keys, now));
  app.use(noticesRoute(async (ids) => (asked.push(ids), [notice]), populationKey, now));
  [server, url] = await listen(app);
});
afterAll(() => close(server));
afterEach(() => {
  asked.length = 0;
  isFailing = false;
});

const asResidence = () => factsOverHttp({ url, key: residenceKey, issuer: 'residence', now });
const asGateway = () => factsOverHttp({ url, key: gatewayKey, issuer: 'gateway', now });

describe('the register over HTTP', () => {
  it('answers an agency as in its own process', async () => {
    expect(await asResidence().read([key, key])).toEqual([facts, facts]);
    expect(asked).toEqual([[key, key]]);
    expect(await asResidence().claim({ subject: 'c', grantId: 'g' }, 'op')).toBe(true);
    expect(asked[1]).toEqual([{ subject: 'c', grantId: 'g' }, 'op']);
  });

  it('answers the gateway about clients', async () => {
    expect(await asGateway().readClient('vneid', null)).toEqual(client);
    expect(await asGateway().readClient('nobody', 'loan-assessment')).toBeNull();
  });

  it('tells the gateway nothing of people, and agencies nothing but facts', async () => {
    await expect(asGateway().read([key])).rejects.toThrow(SignedCallError);
    await expect(asGateway().claim({ subject: 'c', grantId: 'g' }, 'op')).rejects.toThrow(SignedCallError);
    await expect(asResidence().readClient('vneid', null)).rejects.toThrow(SignedCallError);
    expect(asked).toEqual([]);
  });

  it('says nothing of why it fails', async () => {
    isFailing = true;
    await expect(asResidence().read([key])).rejects.toThrow(/^A signed call was refused with status 503\.$/);
  });

  it('tells notices to the register alone', async () => {
    const base = { url: `${url}/graphql`, key: populationKey, now };
    expect(await noticesOverHttp({ ...base, issuer: 'consent' })(['x/y'])).toEqual([notice]);
    expect(asked).toEqual([['x/y']]);
    await expect(noticesOverHttp({ ...base, issuer: 'residence' })([])).rejects.toThrow(SignedCallError);
  });
});

const callOf = (more: Record<string, unknown> = {}) => ({
  iss: 'residence',
  aud: 'register',
  iat: nowSeconds,
  exp: nowSeconds + 10,
  jti: randomUUID(),
  method: 'read',
  args: [[key]],
  ...more,
});
const sign = (more: Record<string, unknown> = {}, typ = signedCallType, with_ = residenceKey) =>
  signJws(callOf(more), typ, with_);
const tamper = (token: string): string => {
  const [head, , mac] = token.split('.');
  return [head, Buffer.from(JSON.stringify(callOf())).toString('base64url'), mac].join('.');
};
const post = async (body: string | Buffer, path = '/register', headers: Record<string, string> = {}) => {
  const response = await fetch(url + path, { method: 'POST', body, headers });
  return [response.status, await response.text()] as const;
};

const wrong: readonly (readonly [what: string, body: () => string])[] = [
  ['nothing', () => ''],
  ['garbage', () => 'garbage'],
  ['an unsigned call', () => JSON.stringify(callOf())],
  ['another payload under the same signature', () => tamper(sign())],
  ['a key of somebody else', () => sign({}, signedCallType, gatewayKey)],
  ['an issuer nobody knows', () => sign({ iss: 'nobody' })],
  ['a name of every object as issuer', () => sign({ iss: '__proto__' })],
  ['another kind of token', () => sign({}, 'caller+jwt')],
  ['another service as audience', () => sign({ aud: 'notices' })],
  ['a call that is over', () => sign({ iat: nowSeconds - 30, exp: nowSeconds - 5 })],
  ['a call of the future', () => sign({ iat: nowSeconds + 6, exp: nowSeconds + 16 })],
  ['a call that lives too long', () => sign({ exp: nowSeconds + 31 })],
  ['a call that ends before it begins', () => sign({ iat: nowSeconds + 1, exp: nowSeconds })],
  ['no time', () => sign({ exp: undefined })],
  ['no nonce', () => sign({ jti: undefined })],
  ['no arguments', () => sign({ args: undefined })],
  ['an unknown method', () => sign({ method: 'write' })],
  ['a method of every object', () => sign({ method: 'constructor' })],
  ['keys that are none', () => sign({ args: [[{ subject: 1 }]] })],
  ['more keys than a hundred', () => sign({ args: [Array.from({ length: 101 }, () => key)] })],
  ['a body of more than 2 MB', () => `${sign()}${' '.repeat(2_100_000)}`],
];

describe('whatever is wrong with a call', () => {
  it.each(wrong)('%s is answered with 401', async (_, body) => {
    expect(await post(body())).toEqual([401, 'Unauthorized']);
    expect(asked).toEqual([]);
  });

  it('a call that is sent a second time, is answered with 401', async () => {
    const token = sign();
    expect((await post(token))[0]).toBe(200);
    expect(await post(token)).toEqual([401, 'Unauthorized']);
    expect(asked).toHaveLength(1);
  });

  it('a compressed body and other methods are not read', async () => {
    expect((await post(gzipSync(sign()), '/register', { 'content-encoding': 'gzip' }))[0]).toBe(401);
    expect((await fetch(`${url}/register`)).status).toBe(401);
    expect(asked).toEqual([]);
  });
});

/** A service that answers a call with whatever `make` says. */
async function withService<Value>(
  make: (call: string) => string | null,
  use: (base: {
    url: string;
    key: Buffer;
    issuer: string;
    now: () => Date;
    timeoutMs: number;
  }) => Promise<Value>,
): Promise<Value> {
  const [own, ownUrl] = await listen((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = make(Buffer.concat(parts).toString());
      if (text !== null) response.end(text);
    });
  });
  try {
    return await use({ url: ownUrl, key: residenceKey, issuer: 'residence', now, timeoutMs: 200 });
  } finally {
    close(own);
  }
}
const nonceOf = (call: string) => verifyJws(call, signedCallType, residenceKey)?.['jti'];
const answer = (call: string, result: unknown, typ = 'answer+jwt', with_ = residenceKey) =>
  signJws({ jti: nonceOf(call), result }, typ, with_);

const bad: readonly (readonly [what: string, make: (call: string) => string | null])[] = [
  ['nothing, for ever', () => null],
  ['garbage', () => '<html>502</html>'],
  ['unsigned facts', () => JSON.stringify({ result: [facts] })],
  ['facts signed with another key', (call) => answer(call, [facts], 'answer+jwt', gatewayKey)],
  [
    'an answer to another call',
    () => signJws({ jti: randomUUID(), result: [facts] }, 'answer+jwt', residenceKey),
  ],
  ['its own call', (call) => call],
  ['the call as an answer', (call) => answer(call, [facts], signedCallType)],
  ['no facts', (call) => answer(call, null)],
  ['too few facts', (call) => answer(call, [])],
  ['facts without freshness', (call) => answer(call, [{ ...facts, isFresh: undefined }])],
  [
    'facts with a strange level',
    (call) =>
      answer(call, [{ ...facts, subject: { ...facts.subject, account: { level: 3, state: 'ACTIVE' } } }]),
  ],
  ['facts with a strange grant', (call) => answer(call, [{ ...facts, grants: [{ grantId: 'g' }] }])],
  [
    'dependants without facts',
    (call) => answer(call, [{ ...facts, dependants: [{ subject: 'child', facts: null }] }]),
  ],
  ['facts without their age', (call) => answer(call, [{ ...facts, ageMs: null }])],
  ['facts from the future', (call) => answer(call, [{ ...facts, ageMs: -1 }])],
  ['text instead of facts', (call) => answer(call, ['facts'])],
];

describe('an answer that is wrong', () => {
  it.each(bad)('%s is never used', async (_, make) => {
    const reading = withService(make, (base) => factsOverHttp(base).read([key]));
    await expect(reading).rejects.toThrow(SignedCallError);
  });

  it.each([
    ['garbage', ['x']],
    ['a version that is no number', [{ ...notice, version: '7' }]],
    ['more than 500', Array.from({ length: 501 }, () => notice)],
  ])('notices: %s are refused', async (_, list) => {
    const reading = withService(
      (call) => answer(call, list),
      (base) => noticesOverHttp(base)([]),
    );
    await expect(reading).rejects.toThrow(SignedCallError);
  });

  it('comes back when it is right', async () => {
    const reading = withService(
      (call) => answer(call, [facts]),
      (base) => factsOverHttp(base).read([key]),
    );
    expect(await reading).toEqual([facts]);
  });

  it('is not waited for when nobody listens, nor read without end', async () => {
    const nobody = { url: 'http://127.0.0.1:1', key: residenceKey, issuer: 'residence', now };
    await expect(factsOverHttp(nobody).read([key])).rejects.toThrow(/^A signed call was not answered\.$/);
    const long = 'x'.repeat(9_000_000);
    const target = (base: Parameters<typeof factsOverHttp>[0]) =>
      callSigned(
        { ...base, carry: carryOverHttp(base.url), audience: 'register', timeoutMs: 3000 },
        'read',
        [],
      );
    await expect(withService(() => long, target)).rejects.toThrow(/too long/);
  });
});

describe('an attested answer', () => {
  const clock = { id: 'register-1', nowMs: 7000 };
  const { dependants: _dependants, ageMs: _ageMs, ...alone } = facts;
  const attested = (changes: Partial<AttestedRead> = {}, subject = 'c') =>
    attestRead(
      { key: { ...key, subject }, clockId: clock.id, atMs: 6990, facts: alone, ...changes },
      new Map([['vehicles', randomBytes(32)]]),
    );
  const child = attested({ facts: { ...alone, client: null } }, 'child');
  const read = (result: unknown) =>
    withService(
      (call) => answer(call, result),
      (base) => factsOverHttp({ ...base, clock: createRegisterClock(() => 0) }).read([key]),
    );

  it('holds the facts of each person, which may be handed on by themselves', async () => {
    const own = attested();
    expect(await read({ facts: [[own, child]], clock })).toEqual([
      {
        ...alone,
        dependants: [{ subject: 'child', facts: { ...alone, client: null, attested: [child] } }],
        ageMs: 10,
        attested: [own, child],
      },
    ]);
  });

  it('is as old as the oldest in it', async () => {
    const [oldest] = await read({ facts: [[attested(), attested({ atMs: 6500 }, 'child')]], clock });
    expect(oldest?.ageMs).toBe(500);
  });

  it.each<readonly [string, unknown]>([
    ['nobody’s facts', { facts: [[]], clock }],
    ['too few facts', { facts: [], clock }],
    ['a text for each key', { facts: [attested()], clock }],
    ['facts of somebody else', { facts: [[attested({}, 'else')]], clock }],
    ['a dependant in the place of the subject', { facts: [[child, attested()]], clock }],
    ['facts for another reader', { facts: [[attested({ key: { ...key, callerId: 'else' } })]], clock }],
    [
      'a dependant for another reader',
      { facts: [[attested(), attested({ key: { ...key, subject: 'child', callerId: 'else' } })]], clock },
    ],
    [
      'a dependant whose text is about another',
      { facts: [[attested(), { ...attested(), subject: 'child' }]], clock },
    ],
    ['facts of another clock', { facts: [[attested({ clockId: 'register-2' })]], clock }],
    ['facts from the future', { facts: [[attested({ atMs: 7001 })]], clock }],
    ['a dependant from the future', { facts: [[attested(), attested({ atMs: 7001 }, 'child')]], clock }],
    ['a text that is none', { facts: [[{ ...attested(), text: '{}' }]], clock }],
    ['no clock', { facts: [[attested()]] }],
  ])('%s is never used', async (_, result) => {
    await expect(read(result)).rejects.toThrow(SignedCallError);
  });
});

describe('notices inside one process', () => {
  const link = { key: populationKey, issuer: 'consent', now };
  const answer = answerNotices(async () => [notice], populationKey, now);
  const carry = async (call: string): Promise<string> => {
    const { token } = await answer(call);
    if (token === undefined) throw new Error('refused');
    return token;
  };
  const flip = (token: string): string => token.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'));

  it('come signed', async () => {
    expect(await signedNotices({ ...link, carry })([])).toEqual([notice]);
  });

  it.each<readonly [string, Partial<Parameters<typeof signedNotices>[0]>]>([
    ['a call of somebody else', { issuer: 'residence', carry }],
    ['a call signed with another key', { key: gatewayKey, carry }],
    ['a call that was changed', { carry: (call) => carry(flip(call)) }],
    ['an answer that was changed', { carry: async (call) => flip(await carry(call)) }],
    ['an answer without a signature', { carry: async () => JSON.stringify({ result: [notice] }) }],
    ['the same call twice', { carry: async (call) => (await carry(call), carry(call)) }],
  ])('%s: nothing is believed', async (_, bad) => {
    const reading = signedNotices({ carry, ...link, ...bad })([]);
    await expect(reading).rejects.toThrow(SignedCallError);
  });
});
