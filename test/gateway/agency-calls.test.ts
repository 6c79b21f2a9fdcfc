import { afterEach, describe, expect, test, vi } from 'vitest';
import { isShallow, isWithinBounds } from '../../gateway/agency-call/json-bounds.ts';
import { askOverHttp, type HttpOptions } from '../../gateway/agency-source.ts';
import { faults, startFaultyAgency, type Fault, type FaultyAgency } from '../support/faulty-agency.ts';

const sdl = `type Query { latest: String } type Mutation { review: String } type User @key(fields: "id") { id: ID! }`;
const resolvers = { Query: { latest: () => 'good' }, Mutation: { review: () => 'written' } };
const request = { query: '{ latest }', requestId: 'r', callerToken: undefined };
const good = { data: { latest: 'good' }, isUnescaped: true };

const open: FaultyAgency[] = [];
async function start(limits: Partial<HttpOptions> = {}) {
  const agency = await startFaultyAgency({ sdl, resolvers });
  open.push(agency);
  return { agency, ask: askOverHttp({ agency: 'reviews', url: agency.url, timeoutMs: 2000, ...limits }) };
}
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(open.splice(0).map((agency) => agency.close()));
});

const failing = (code: string) => expect.objectContaining({ extensions: { code, agency: 'reviews' } });
const faultOf = (name: string): Fault => faults[name]?.[1] ?? (() => expect.unreachable());

/** The fault once, then what the agency has to say. */
function once(agency: FaultyAgency, name: string): Fault {
  return (response, answer) => {
    agency.set(null);
    faultOf(name)(response, answer);
  };
}

describe('a second attempt', () => {
  test.each(['{ latest }', 'query { latest }', '\n query Latest { latest }'])('for %j', async (query) => {
    const { agency, ask } = await start();
    agency.set(once(agency, 'reset before the answer'));
    expect(await ask({ ...request, query })).toEqual(good);
    expect(agency.received()).toBe(2);
  });

  test('is the last', async () => {
    const { agency, ask } = await start();
    agency.set(faultOf('reset before the answer'));
    await expect(ask(request)).rejects.toEqual(failing('SUBGRAPH_UNAVAILABLE'));
    expect(agency.received()).toBe(2);
  });

  test.each(['mutation { review }', 'query A { latest } mutation B { review }'])(
    'never for %s',
    async (query) => {
      const { agency, ask } = await start();
      agency.set(once(agency, 'reset before the answer'));
      await expect(ask({ ...request, query, operationName: 'B' })).rejects.toEqual(
        failing('SUBGRAPH_UNAVAILABLE'),
      );
      expect(agency.received()).toBe(1);
    },
  );

  test.each([
    ['reset in the body', 'SUBGRAPH_UNAVAILABLE'],
    ['garbage for HTTP', 'SUBGRAPH_BAD_RESPONSE'],
    ['500 with text', 'SUBGRAPH_BAD_RESPONSE'],
    ['503 of a proxy', 'SUBGRAPH_UNAVAILABLE'],
  ])('never after %s', async (name, code) => {
    const { agency, ask } = await start();
    agency.set(once(agency, name));
    await expect(ask(request)).rejects.toEqual(failing(code));
    expect(agency.received()).toBe(1);
  });
});

describe('an agency that is down', () => {
  const timeoutMs = 100;
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  const failed = (asked: Promise<unknown>) => asked.catch((error: unknown) => error);

  async function breakDown() {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { agency, ask } = await start({ timeoutMs });
    agency.set(faultOf('never answering'));
    const tries = Array.from({ length: 10 }, () => failed(ask(request)));
    await agency.untilInFlight(10);
    await pass(timeoutMs);
    expect(await Promise.all(tries)).toEqual(tries.map(() => failing('SUBGRAPH_TIMEOUT')));
    return { agency, ask };
  }

  test('is not asked for a second, then once, and is back when it answers', async () => {
    const { agency, ask } = await breakDown();
    await pass(999);
    await expect(ask(request)).rejects.toEqual(failing('SUBGRAPH_UNAVAILABLE'));
    expect(agency.received()).toBe(10);
    await pass(1);
    const probe = failed(ask(request));
    await expect(ask(request)).rejects.toEqual(failing('SUBGRAPH_UNAVAILABLE'));
    await agency.untilInFlight(1);
    await pass(timeoutMs);
    expect(await probe).toEqual(failing('SUBGRAPH_TIMEOUT'));
    await expect(ask(request)).rejects.toEqual(failing('SUBGRAPH_UNAVAILABLE'));
    expect(agency.received()).toBe(11);
    agency.set(null);
    await pass(1000);
    expect(await ask(request)).toEqual(good);
    expect(await Promise.all([ask(request), ask(request)])).toEqual([good, good]);
  });

  test('is asked again by the next when the one that tried has left', async () => {
    const { agency, ask } = await breakDown();
    await pass(1000);
    const leaving = new AbortController();
    const left = ask({ ...request, signal: leaving.signal });
    leaving.abort();
    await expect(left).rejects.toEqual(failing('REQUEST_CANCELLED'));
    agency.set(null);
    expect(await ask(request)).toEqual(good);
  });

  test('is told from one that answers what cannot be used, and from clients that leave', async () => {
    const { agency, ask } = await start({ timeoutMs });
    for (const name of ['HTML', 'a list for data'])
      for (let count = 0; count < 12; count += 1) {
        agency.set(faultOf(name));
        await expect(ask(request)).rejects.toEqual(failing('SUBGRAPH_BAD_RESPONSE'));
      }
    agency.set(faultOf('never answering'));
    for (let count = 0; count < 12; count += 1) {
      const leaving = new AbortController();
      const left = ask({ ...request, signal: leaving.signal });
      leaving.abort();
      await expect(left).rejects.toEqual(failing('REQUEST_CANCELLED'));
    }
    agency.set(null);
    expect(await ask(request)).toEqual(good);
  });
});

describe('an agency that is slow', () => {
  test('has so many calls at once, so many that wait, and refuses the rest at once', async () => {
    const { agency, ask } = await start({ connections: 2, timeoutMs: 5000 });
    const held: (() => void)[] = [];
    agency.set((response, answer) => {
      const release = (): void =>
        void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      held.push(release);
    });
    const taken = Array.from({ length: 10 }, () => ask(request));
    await expect(ask(request)).rejects.toEqual(failing('SUBGRAPH_UNAVAILABLE'));
    await agency.untilInFlight(2);
    expect(agency.received()).toBe(2);
    agency.set(null);
    for (const release of held) release();
    expect(await Promise.all(taken)).toEqual(taken.map(() => good));
    expect(agency.mostSockets()).toBe(2);
  });
});

test('who has left before the call asks nobody', async () => {
  const { agency, ask } = await start();
  await expect(ask({ ...request, signal: AbortSignal.abort() })).rejects.toEqual(
    failing('REQUEST_CANCELLED'),
  );
  expect(agency.received()).toBe(0);
});

test('who leaves while a connection is made asks nobody either', async () => {
  const { agency, ask } = await start();
  for (let count = 0; count < 3; count += 1) {
    const leaving = new AbortController();
    const left = ask({ ...request, signal: leaving.signal });
    leaving.abort();
    await expect(left).rejects.toEqual(failing('REQUEST_CANCELLED'));
  }
  expect(await ask(request)).toEqual(good);
  expect(agency.received()).toBe(1);
});

test.each([
  [10_000, true],
  [10_001, false],
])('an answer with %d errors', async (count, isTaken) => {
  const { agency, ask } = await start();
  const body = { data: null, errors: Array<unknown>(count).fill({ message: 'no' }) };
  agency.set((response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const answer = await ask(request).catch((error: unknown) => error);
  expect(answer).toEqual(isTaken ? { ...body, isUnescaped: true } : failing('SUBGRAPH_BAD_RESPONSE'));
});

test('an answer may be as large as the limit, however it is cut', async () => {
  const body = JSON.stringify({ data: { latest: 'x'.repeat(100_000) } });
  const { agency, ask } = await start({ maxBytes: body.length });
  agency.set((response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    for (let at = 0; at < body.length; at += 999) response.write(body.slice(at, at + 999));
    response.end();
  });
  expect(await ask(request)).toEqual({ ...(JSON.parse(body) as object), isUnescaped: true });
  agency.set((response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write(body);
    response.end(' ');
  });
  await expect(ask(request)).rejects.toEqual(failing('SUBGRAPH_BAD_RESPONSE'));
});

test.each([
  ['application/json; charset=utf-8', true],
  ['application/graphql-response+json', true],
  ['Application/JSON', true],
  ['application/json; charset=latin1', false],
  ['application/jsonp', false],
  ['text/json', false],
])('content type %s', async (type, isTaken) => {
  const { agency, ask } = await start();
  agency.set((response) => void response.writeHead(200, { 'content-type': type }).end(JSON.stringify(good)));
  const answer = await ask(request).catch((error: unknown) => error);
  expect(answer).toEqual(isTaken ? good : failing('SUBGRAPH_BAD_RESPONSE'));
});

test.each(['', 'nonsense', 'ftp://127.0.0.1/', 'file:///etc/passwd'])('%j is no address', (url) => {
  expect(() => askOverHttp({ agency: 'reviews', url })).toThrow('reviews has no address');
});

describe('bounds of JSON', () => {
  const bounds = { maxDepth: 3, maxContainers: 5 };
  test.each([
    ['[[[1]]]', true],
    ['[[[[1]]]]', false],
    ['{"a":[{"b":1}]}', true],
    ['{"a":[{"b":[]}]}', false],
    ['["[[[[[[","\\"[[[[", "\\\\", []]', true],
    ['["\\\\",[[[]]]]', false],
    ['[[],[],[],[]]', true],
    ['[[],[],[],[],[]]', false],
    ['"[[[[[[[[', true],
  ])('%s', (text, isWithin) => {
    expect(isWithinBounds(bounds, Buffer.from(text))).toBe(isWithin);
  });

  test.each([
    ['[[[1]]]', true],
    ['[[[[1]]]]', false],
    ['{"a":[{"b":1}]}', true],
    ['{"a":[{"b":[]}]}', false],
    ['[1,null,"[[[[",{"a":{"__proto__":{}}}]', false],
    ['[1,null,"[[[[",{"a":{"__proto__":1}}]', true],
  ])('told of the value: %s', (text, isWithin) => {
    expect(isShallow(JSON.parse(text) as object, bounds.maxDepth)).toBe(isWithin);
  });
});
