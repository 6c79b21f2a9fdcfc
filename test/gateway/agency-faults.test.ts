import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { faults } from '../support/faulty-agency.ts';
import { healthy, startFaultyGraph, whole, type FaultyGraph } from '../support/faulty-graph.ts';

const limitMs = 300;
const query = '{ users { id name reviews } latest }';
const partly = { users: healthy.users.map((each) => ({ ...each, reviews: null })), latest: null };
const places = [['latest'], ...healthy.users.map((_, index) => ['users', index, 'reviews'])];

let graph: FaultyGraph;
beforeAll(async () => {
  graph = await startFaultyGraph({ timeoutMs: limitMs });
});
afterAll(() => graph.close());
beforeEach(async () => {
  graph.reviews.set(null);
  expect(await graph.ask(query)).toMatchObject({ status: 200, data: whole });
});

const megabytes = (): number => process.memoryUsage.rss() / 2 ** 20;

/** Does it, and tells the most memory used meanwhile beyond that before. */
async function watchMemory<T>(
  run: () => Promise<T>,
): Promise<{ readonly result: T; readonly grownBy: number }> {
  const before = megabytes();
  let most = before;
  const look = (): void => void (most = Math.max(most, megabytes()));
  const timer = setInterval(look, 5);
  const result = await run().finally(() => clearInterval(timer));
  look();
  return { result, grownBy: most - before };
}

type Answer = Awaited<ReturnType<FaultyGraph['ask']>>;
const pathsOf = ({ errors }: Answer): unknown[] => (errors ?? []).map(({ path }) => path);
const codesOf = ({ errors }: Answer): unknown[] => [
  ...new Set((errors ?? []).map(({ extensions }) => extensions?.['code'])),
];
const wellKnown = /127\.0\.0\.1|localhost|SELECT|10\.0\.0\.1|node_modules|\.ts\b/;

function expectPart(answer: Answer, code: string): void {
  expect(answer).toMatchObject({ status: 200, data: partly });
  expect(pathsOf(answer)).toEqual(expect.arrayContaining(places));
  expect(pathsOf(answer)).toHaveLength(places.length);
  expect(codesOf(answer)).toEqual([code]);
  expect(answer.errors?.every(({ extensions }) => extensions?.['agency'] === 'reviews')).toBe(true);
  expect(JSON.stringify(answer)).not.toMatch(wellKnown);
}

test.each(Object.entries(faults))('%s', async (_, [code, fault]) => {
  graph.reviews.set(fault);
  const { result: answer, grownBy } = await watchMemory(() => graph.ask(query));
  expectPart(answer, code);
  expect(answer.ms).toBeLessThan(limitMs + 200);
  expect(grownBy).toBeLessThan(64);
  graph.reviews.set(null);
  expect(await graph.ask(query)).toMatchObject({ status: 200, data: whole });
});

test('nobody listens', async () => {
  await graph.reviews.close();
  const answer = await graph.ask(query);
  expectPart(answer, 'SUBGRAPH_UNAVAILABLE');
  expect(answer.ms).toBeLessThan(limitMs + 200);
  await graph.reviews.reopen();
  expect(await graph.ask(query)).toMatchObject({ data: whole });
});

test('keys named __proto__ are keys like others', async () => {
  const evil =
    '"__proto__":{"isPolluted":true,"reviews":["foreign"],"latest":"foreign"},"constructor":{"prototype":{}}';
  graph.reviews.set((response, answer) => {
    const text = JSON.stringify(answer).replaceAll('{', `{${evil},`);
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  });
  const answer = await graph.ask(query);
  expect(answer).toMatchObject({ status: 200, data: whole });
  expect(answer.errors).toBeUndefined();
  expect(({} as Record<string, unknown>)['isPolluted']).toBeUndefined();
});

test('an entity that is another one is null, the others stay', async () => {
  graph.reviews.set((response, answer) => {
    const entities = answer.data?.['_entities'] as unknown[] | undefined;
    const data = entities ? { _entities: [entities[0], entities[0], null] } : answer.data;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
  });
  const answer = await graph.ask(query);
  const [first, ...others] = whole.users;
  expect(answer.data).toEqual({
    ...whole,
    users: [first, ...others.map((each) => ({ ...each, reviews: null }))],
  });
  expect(pathsOf(answer)).toEqual([['users', 1, 'reviews']]);
  expect(codesOf(answer)).toEqual(['SUBGRAPH_BAD_RESPONSE']);
});

test('what an agency refuses as a whole is said at every place, without its words', async () => {
  graph.reviews.set((response) => {
    const body = { errors: [{ message: 'SELECT secret', extensions: { code: 'DATABASE_UNAVAILABLE' } }] };
    response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  expectPart(await graph.ask(query), 'DATABASE_UNAVAILABLE');
});

test('the client never learns which keys were asked back', async () => {
  const answer = await graph.ask('{ users { reviews } }');
  expect(answer.data).toEqual({ users: whole.users.map(({ reviews }) => ({ reviews })) });
});
