import { describe, expect, it } from 'vitest';
import { expectAnswers, federation, startSmallGraph, type SmallSubgraph } from './small-graph.ts';

const orders: SmallSubgraph = {
  name: 'orders',
  sdl: `${federation}
    type Query { order: Order orders: [Order] }
    type Order @key(fields: "id") @key(fields: "number shop { code region { name } }") {
      id: ID! number: Int! shop: Shop! note: String
    }
    type Shop @key(fields: "code region { name }", resolvable: false) { code: ID! region: Region! @shareable }
    type Region @shareable { name: String! }`,
  resolvers: {
    Order: {
      __resolveReference: ({ id }: { id: string }) => ({
        id,
        number: 7,
        shop: { code: 's', region: { name: 'north' } },
      }),
    },
    Query: {
      order: () => ({ id: 'o1', number: 7, shop: { code: 's', region: { name: 'north' } }, note: 'fast' }),
      orders: () => [null, { id: 'o2', number: 8, shop: { code: 't', region: { name: 'south' } } }],
    },
  },
};
const parcels: SmallSubgraph = {
  name: 'parcels',
  sdl: `${federation}
    type Order @key(fields: "number shop { code region { name } }") {
      number: Int! shop: Shop! weight: Float parcelOf: Order
    }
    type Shop @key(fields: "code region { name }") { code: ID! region: Region! @shareable open: Boolean }
    type Region @shareable { name: String! }`,
  resolvers: {
    Order: {
      weight: ({ number }: { number: number }) => number / 2,
      parcelOf: ({ number, shop }: { number: number; shop: object }) => ({ number: number + 1, shop }),
    },
    Shop: { open: ({ region }: { region: { name: string } }) => region.name === 'north' },
  },
};
const bills: SmallSubgraph = {
  name: 'bills',
  sdl: `${federation} type Order @key(fields: "id") { id: ID! bill: Bill } type Bill @key(fields: "id") { id: ID! sum: Int order: Order }`,
  resolvers: {
    Order: { bill: ({ id }: { id: string }) => ({ id: `b${id}`, sum: 5, order: { id } }) },
  },
};

describe('@key', () => {
  expectAnswers(
    [orders, parcels, bills],
    [
      {
        what: 'several keys: each agency by the one it knows',
        query: '{ order { note weight bill { id sum } } }',
        data: { order: { note: 'fast', weight: 3.5, bill: { id: 'bo1', sum: 5 } } },
        asked: ['bills', 'orders', 'parcels'],
      },
      {
        what: 'a compound, nested key that was not asked for stays unseen',
        query: '{ order { weight } }',
        data: { order: { weight: 3.5 } },
      },
      {
        what: 'resolvable: false is a reference that others resolve',
        query: '{ order { shop { open code } } }',
        data: { order: { shop: { open: true, code: 's' } } },
      },
      {
        what: 'null among entities',
        query: '{ orders { shop { open region { name } } } }',
        data: { orders: [null, { shop: { open: false, region: { name: 'south' } } }] },
      },
      {
        what: 'over one key to another',
        query: '{ order { bill { order { weight } } } }',
        data: { order: { bill: { order: { weight: 3.5 } } } },
      },
      {
        what: 'the key under the alias of another field',
        query: '{ order { number: note id: weight shop: bill { code: sum } } }',
        data: { order: { number: 'fast', id: 3.5, shop: { code: 5 } } },
      },
      {
        what: 'the same entity twice under aliases',
        query: '{ a: order { weight } b: order { w: weight bill { sum } } }',
        data: { a: { weight: 3.5 }, b: { w: 3.5, bill: { sum: 5 } } },
      },
    ],
  );

  it('identical entities are asked for once', async () => {
    const graph = await startSmallGraph([
      {
        name: 'lists',
        sdl: `${federation} type Query { all: [Thing!]! } type Thing @key(fields: "id") { id: ID! }`,
        resolvers: { Query: { all: () => ['x', 'y', 'x', 'x'].map((id) => ({ id })) } },
      },
      {
        name: 'names',
        sdl: `${federation} type Thing @key(fields: "id") { id: ID! name: [String] }`,
        resolvers: { Thing: { name: ({ id }: { id: string }) => [`is ${id}`] } },
      },
    ]);
    const { data, sent } = await graph.ask('{ all { name } }');
    const [x, y] = [{ name: ['is x'] }, { name: ['is y'] }];
    expect(data).toEqual({ all: [x, y, x, x] });
    expect(sent.at(-1)?.representations).toEqual([
      { __typename: 'Thing', id: 'x' },
      { __typename: 'Thing', id: 'y' },
    ]);
    await graph.stop();
  });
});

const shelf: SmallSubgraph = {
  name: 'shelf',
  sdl: `${federation}
    type Query { top: Box }
    type Box { product: Product }
    type Product @key(fields: "id", resolvable: false) @key(fields: "sku") {
      id: ID! @shareable sku: ID! @shareable weight: Int @external estimate: String @requires(fields: "weight")
    }`,
  resolvers: {
    Query: { top: () => ({ product: { id: 'i1', sku: 's1' } }) },
    Product: {
      __resolveReference: (key: { sku?: string }) => (key.sku === undefined ? null : key),
      estimate: ({ weight }: { weight: number }) => `weighs ${weight}`,
    },
  },
};
const scales: SmallSubgraph = {
  name: 'scales',
  sdl: `${federation}
    type Product @key(fields: "id") @key(fields: "sku") { id: ID! @shareable sku: ID! @shareable weight: Int }`,
  resolvers: { Product: { weight: () => 7 } },
};

describe('entities of several types in one fetch', () => {
  expectAnswers(
    [
      {
        name: 'finder',
        sdl: `${federation}
          type Query { found: [Found!] }
          union Found = Person | Parcel
          type Person @key(fields: "id") { id: ID! }
          type Parcel @key(fields: "number post { code }") { number: Int! post: Post! }
          type Post @shareable { code: String! }`,
        resolvers: {
          Query: {
            found: () => [
              { __typename: 'Parcel', number: 4, post: { code: 'x' } },
              { __typename: 'Person', id: 'p' },
            ],
          },
        },
      },
      {
        name: 'owner',
        sdl: `${federation}
          type Person @key(fields: "id") { id: ID! age: Int }
          type Parcel @key(fields: "number post { code }") { number: Int! post: Post! weight: Float }
          type Post @shareable { code: String! }`,
        resolvers: {
          Person: { age: () => 30 },
          Parcel: { weight: ({ number }: { number: number }) => number / 2 },
        },
      },
    ],
    [
      {
        what: 'their keys are of different types',
        query: '{ found { ... on Person { age } ... on Parcel { weight } } }',
        data: { found: [{ weight: 2 }, { age: 30 }] },
      },
    ],
  );
});

describe('a key that cannot be resolved stands first', () => {
  expectAnswers(
    [shelf, scales],
    [
      {
        what: 'the one that can be is used',
        query: '{ top { product { estimate } } }',
        data: { top: { product: { estimate: 'weighs 7' } } },
      },
      {
        what: 'under an alias and a condition',
        query: 'query ($yes: Boolean = true) { top { product { e: estimate @include(if: $yes) weight } } }',
        data: { top: { product: { e: 'weighs 7', weight: 7 } } },
      },
    ],
  );
});

describe('a selection that no agency can be asked for', () => {
  expectAnswers(
    [
      {
        name: 'promises',
        sdl: `${federation} type Query { thing: Thing other: String } interface Thing { id: ID! }`,
        resolvers: { Query: { other: () => 'other' } },
      },
      {
        name: 'things',
        sdl: `${federation} type Query { found: Thing } interface Thing { id: ID! colour: String }
          type Stone implements Thing @key(fields: "id") { id: ID! colour: String }`,
        resolvers: { Query: { found: () => ({ __typename: 'Stone', id: 's', colour: 'grey' }) } },
      },
    ],
    [
      {
        what: 'is an error and not a silent null',
        query: '{ thing { colour } }',
        data: null,
        errors: [['INTERNAL_SERVER_ERROR', undefined]],
        asked: [],
      },
      {
        what: 'is nothing when it is skipped',
        query: 'query ($no: Boolean = true) { other thing @skip(if: $no) { colour } }',
        data: { other: 'other' },
      },
      {
        what: 'leaves its neighbours alone',
        query: '{ found { colour } }',
        data: { found: { colour: 'grey' } },
      },
    ],
  );
});
