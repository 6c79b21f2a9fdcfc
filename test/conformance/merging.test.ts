import { describe, expect, it } from 'vitest';
import { expectAnswers, federation, startSmallGraph, type SmallSubgraph } from './small-graph.ts';

interface Asked {
  readonly where?: object;
  readonly kind?: string;
  readonly first?: number;
}
const one: SmallSubgraph = {
  name: 'one',
  sdl: `${federation}
    type Query {
      same(first: Int = 2): String @shareable
      said(where: Where, kind: In = BOTH): String
      outs: [Out!]
      item: Item
    }
    type Mutation { first(text: String): Item second: String }
    input Where { text: String! = "t" only: Int both: [Both!] }
    input Both { a: Int b: String }
    enum In { BOTH ONE }
    enum Out { LEFT COMMON }
    type Item @key(fields: "id") { id: ID! size: Int }`,
  resolvers: {
    Query: {
      same: (_: unknown, { first }: Asked) => `same ${first}`,
      said: (_: unknown, { where, kind }: Asked) => `${JSON.stringify(where)} ${kind}`,
      outs: () => ['LEFT', 'COMMON'],
      item: () => ({ id: 'i', size: 1 }),
    },
    Mutation: {
      first: (_: unknown, { text }: { text?: string }) => ({ id: text ?? 'none' }),
      second: () => 'done',
    },
  },
};
const two: SmallSubgraph = {
  name: 'two',
  sdl: `${federation}
    type Query {
      same(first: Int = 2): String! @shareable
      told(where: Where, kind: In): String
      sides: [Out]
    }
    type Mutation { third: Int! }
    input Where { text: String! = "t" other: Int both: [Both!] }
    input Both { a: Int b: String }
    enum In { BOTH TWO }
    enum Out { RIGHT COMMON }
    type Item @key(fields: "id") { id: ID! weight(unit: String = "kg", exact: Boolean): String! broken: Int! }`,
  resolvers: {
    Query: {
      same: (_: unknown, { first }: Asked) => `same ${first}`,
      told: (_: unknown, { where, kind }: Asked) => `${JSON.stringify(where)} ${kind}`,
      sides: () => ['RIGHT', null, 'COMMON'],
    },
    Mutation: { third: () => 3 },
    Item: {
      weight: ({ id }: { id: string }, args: object) => `${id} ${JSON.stringify(args)}`,
      broken: () => null,
    },
  },
};

describe('types that agencies define together', () => {
  expectAnswers(
    [one, two],
    [
      {
        what: 'a shared root field',
        query: '{ same s: same(first: 5) }',
        data: { same: 'same 2', s: 'same 5' },
      },
      {
        what: 'inputs: the fields that all have, with their defaults',
        query: '{ said(where: {both: [{a: 1}, {b: null}]}) }',
        data: { said: '{"text":"t","both":[{"a":1},{"b":null}]} BOTH' },
      },
      {
        what: 'inputs: a field that only one has is not there',
        query: '{ said(where: {only: 1}) }',
        data: null,
        errors: [['GRAPHQL_VALIDATION_FAILED', undefined]],
      },
      {
        what: 'inputs in variables',
        query: 'query ($w: Where, $k: In = BOTH) { told(where: $w, kind: $k) }',
        variables: { w: { text: 'v' } },
        data: { told: '{"text":"v"} BOTH' },
      },
      {
        what: 'enums of inputs: the values that all have',
        query: '{ said(kind: ONE) }',
        data: null,
        errors: [['GRAPHQL_VALIDATION_FAILED', undefined]],
      },
      {
        what: 'enums of answers: the values that any has',
        query: '{ outs sides }',
        data: { outs: ['LEFT', 'COMMON'], sides: ['RIGHT', null, 'COMMON'] },
      },
      {
        what: 'arguments with variables that are not given',
        query:
          'query ($u: String, $e: Boolean = true) { item { weight(unit: $u, exact: $e) w: weight(unit: null) } }',
        data: { item: { weight: 'i {"unit":"kg","exact":true}', w: 'i {"unit":null}' } },
      },
      {
        what: 'null where nothing may be missing: the nearest that may is null, told once',
        query: '{ item { size broken } same }',
        data: { item: null, same: 'same 2' },
        errors: [['INTERNAL_SERVER_ERROR', ['item', 'broken']]],
      },
      {
        what: 'mutations of several agencies one after the other',
        query: 'mutation { a: first(text: "x") { id weight(unit: "g") } third second b: first { size id } }',
        data: {
          a: { id: 'x', weight: 'x {"unit":"g"}' },
          third: 3,
          second: 'done',
          b: { size: null, id: 'none' },
        },
      },
    ],
  );
});

describe('mutations', () => {
  const things = `${federation} type Query { none: Int } type Thing @key(fields: "id") { id: ID! size: Int }
    type Mutation { take: Thing leave(id: ID): Thing }`;
  const told: string[] = [];
  const act = (what: string) => () => {
    told.push(what);
    return { id: what };
  };
  const subgraphs: readonly SmallSubgraph[] = [
    { name: 'acts', sdl: things, resolvers: { Mutation: { take: act('take'), leave: act('leave') } } },
    {
      name: 'sees',
      sdl: `${federation} type Thing @key(fields: "id") { id: ID! colour: String }`,
      resolvers: { Thing: { colour: () => 'red' } },
    },
  ];

  it.each([
    ['as they stand', 'mutation { take { id } leave { id } }', 'take leave'],
    [
      'with a condition below a later one',
      `mutation ($no: Boolean! = false) { take { id } ... on Mutation { ...F } }
        fragment F on Mutation { leave { colour @include(if: $no) } }`,
      'take leave',
    ],
    [
      'with a condition on an earlier one',
      'mutation ($no: Boolean! = false) { ... @skip(if: $no) { take { id } } leave { colour } }',
      'take leave',
    ],
    [
      'selected twice, once under a condition: executed once',
      'mutation ($no: Boolean! = false) { take { id } leave { id } ... @skip(if: $no) { take { size } } }',
      'take leave',
    ],
  ])('are executed in their order, %s', async (_, query, order) => {
    const graph = await startSmallGraph(subgraphs);
    told.length = 0;
    await graph.ask(query);
    await graph.stop();
    expect(told.join(' ')).toBe(order);
  });
});
