import { describe, expect, test } from 'vitest';
import type { AgencyAnswer } from '../../../../gateway/agency-source.ts';
import { createScriptedGraph, type Asked, type Script } from '../../../support/scripted-graph.ts';

const agencies = {
  library: `
    type Query { book: Book film: Film }
    type Book @key(fields: "isbn") { isbn: ID! }
    type Film @key(fields: "id") { id: ID! }`,
  reviews: `
    type Book @key(fields: "isbn") { isbn: ID! stars(of: Int): Int }
    type Film @key(fields: "id") { id: ID! praise(of: Int): String }`,
};

const library: Script = () => ({
  data: { book: { __typename: 'Book', isbn: '1' }, film: { __typename: 'Film', id: '2' } },
});
const query = 'query ($n: Int, $m: Int) { book { stars(of: $n) } film { praise(of: $m) } }';

interface Entity {
  readonly isbn?: string;
}
const entityOf = ({ isbn }: Entity) =>
  isbn === undefined ? { __meant0: '2', praise: 'high' } : { __meant0: isbn, stars: 5 };

/** The variables of representations in a request, in turn. */
const keysOf = ({ variables }: Asked): string[] =>
  Object.keys(variables).filter((name) => Array.isArray(variables[name]));
const answerKey = ({ variables }: Asked, key: string) => (variables[key] as readonly Entity[]).map(entityOf);
const responseKey = (key: string): string => (key === 'representations' ? '_entities' : key);

const answerAll = (asked: Asked): AgencyAnswer => ({
  data: Object.fromEntries(keysOf(asked).map((key) => [responseKey(key), answerKey(asked, key)])),
});
const isShared = (asked: Asked): boolean => keysOf(asked).length > 1;

/** Answers shared requests in one way, and all others rightly. */
const whenShared =
  (answer: (asked: Asked) => AgencyAnswer | Promise<AgencyAnswer>): Script =>
  (asked) =>
    isShared(asked) ? answer(asked) : answerAll(asked);

const start = (reviews: Script, mayShare = true) =>
  createScriptedGraph({ agencies, scripts: { library, reviews }, mayShare });
type Graph = Awaited<ReturnType<typeof start>>;

const requestsTo = (graph: Graph): Asked[] => graph.takeAsked().filter(({ agency }) => agency === 'reviews');
const whole = { book: { stars: 5 }, film: { praise: 'high' } };

test('fetches that wait at the same moment share a request, with the variables of all', async () => {
  const graph = await start(answerAll);
  expect(await graph.ask(query, { n: 1, m: 2 })).toMatchObject({ data: whole, errors: [] });
  const [only, second] = requestsTo(graph);
  expect(second).toBeUndefined();
  expect(only?.variables).toMatchObject({ n: 1, m: 2 });
  expect(keysOf(only as Asked)).toHaveLength(2);
});

test('a client may call its variables like ours', async () => {
  const graph = await start(answerAll);
  const named = 'query ($e0: Int, $e1: Int) { book { stars(of: $e0) } film { praise(of: $e1) } }';
  expect(await graph.ask(named, { e0: 1, e1: 2 })).toMatchObject({ data: whole, errors: [] });
  expect(requestsTo(graph)[0]?.variables).toMatchObject({ e0: 1, e1: 2 });
});

test('one fetch is sent as it always is', async () => {
  const graph = await start(answerAll);
  expect(await graph.ask('{ book { stars } }')).toMatchObject({ data: { book: { stars: 5 } }, errors: [] });
  expect(keysOf(requestsTo(graph)[0] as Asked)).toEqual(['representations']);
});

test('agencies that are not asked so never get two', async () => {
  const graph = await start(answerAll, false);
  await graph.ask(query);
  expect(requestsTo(graph).map(keysOf)).toEqual([['representations'], ['representations']]);
});

test('an error goes to the fetch it is about, at its place', async () => {
  const graph = await start(
    whenShared((asked) => {
      const [first = '', second = ''] = keysOf(asked);
      const isBook = (asked.variables[first] as readonly Entity[])[0]?.isbn !== undefined;
      const [book, film] = isBook ? [first, second] : [second, first];
      const data = { [book]: [{ __meant0: '1', stars: null }], [film]: answerKey(asked, film) };
      const error = { message: 'no', path: [book, 0, 'stars'], extensions: { code: 'DATABASE_TIMEOUT' } };
      return { data, errors: [error] };
    }),
  );
  const { data, errors } = await graph.ask(query);
  expect(data).toEqual({ book: { stars: null }, film: { praise: 'high' } });
  expect(errors).toEqual([['DATABASE_TIMEOUT', 'book.stars']]);
  expect(requestsTo(graph)).toHaveLength(1);
});

describe('each is asked alone when it is not certain whose answer it is:', () => {
  const failed = { message: 'no', extensions: { code: 'DATABASE_TIMEOUT' } };
  test.each<[string, (asked: Asked) => AgencyAnswer]>([
    ['no data', () => ({ data: null, errors: [failed] })],
    [
      'a key is missing',
      (asked) => ({ data: { [keysOf(asked)[0] ?? '']: answerKey(asked, keysOf(asked)[0] ?? '') } }),
    ],
    [
      'a key without a list',
      (asked) => ({
        data: { ...(answerAll(asked) as { data: object }).data, [keysOf(asked)[1] ?? '']: null },
      }),
    ],
    ['an error without a path', (asked) => ({ ...answerAll(asked), errors: [failed] })],
    [
      'an error of nobody',
      (asked) => ({ ...answerAll(asked), errors: [{ ...failed, path: ['_entities', 0] }] }),
    ],
  ])('%s', async (_, answer) => {
    const graph = await start(whenShared(answer));
    expect(await graph.ask(query)).toMatchObject({ data: whole, errors: [] });
    expect(requestsTo(graph).map(keysOf)).toEqual([
      expect.anything(),
      ['representations'],
      ['representations'],
    ]);
  });
});

test('the entities of a shared request are checked like any others: reordered ones are nobody’s', async () => {
  const graph = await start(
    whenShared((asked) => {
      const { data } = answerAll(asked) as { readonly data: Record<string, unknown> };
      const [first = '', second = ''] = keysOf(asked);
      return { data: { [first]: data[second], [second]: data[first] } };
    }),
  );
  const { data, errors } = await graph.ask(query);
  expect(data).toEqual({ book: { stars: null }, film: { praise: null } });
  expect(errors).toEqual([
    ['SUBGRAPH_BAD_RESPONSE', 'book.stars'],
    ['SUBGRAPH_BAD_RESPONSE', 'film.praise'],
  ]);
});

test('however often they are sent, the time of one call is all they get', async () => {
  const reviews: Script = (asked) =>
    isShared(asked) ? { data: null, errors: [{ message: 'no' }] } : new Promise<AgencyAnswer>(() => {});
  const graph = await createScriptedGraph({
    agencies,
    scripts: { library, reviews },
    mayShare: true,
    timeoutMs: 50,
  });
  const { data, errors } = await graph.ask(query);
  expect(data).toEqual({ book: { stars: null }, film: { praise: null } });
  expect(errors).toEqual([
    ['SUBGRAPH_TIMEOUT', 'book.stars'],
    ['SUBGRAPH_TIMEOUT', 'film.praise'],
  ]);
});
