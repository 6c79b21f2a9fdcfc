import { describe } from 'vitest';
import { expectAnswers, federation, type SmallSubgraph } from './small-graph.ts';

const shop: SmallSubgraph = {
  name: 'shop',
  sdl: `${federation}
    type Query { offer: Offer offers: [Offer] where: Place @shareable }
    type Offer @key(fields: "id") {
      id: ID! maker: Maker @provides(fields: "name") weight: Int @shareable makers: [Maker] note: String
    }
    type Maker @key(fields: "id") { id: ID! name: String @external }
    type Place @shareable { city: String street: String }`,
  resolvers: {
    Query: {
      offer: () => ({ id: 'o1' }),
      offers: () => [{ id: 'o1' }, { id: 'o2' }],
      where: () => ({ city: 'Huế', street: 'from shop' }),
    },
    Offer: {
      maker: () => ({ id: 'm1', name: 'provided' }),
      makers: () => [{ id: 'm2' }],
      weight: () => 3,
      note: () => 'note of shop',
    },
  },
};
const makers: SmallSubgraph = {
  name: 'makers',
  sdl: `${federation}
    type Query { makers: [Maker] where: Place @shareable }
    type Maker @key(fields: "id") { id: ID! name: String @shareable since: Int }
    type Place @shareable { city: String country: String }
    type Offer @key(fields: "id") { id: ID! weight: Int @shareable height: Int note: String @override(from: "shop") }`,
  resolvers: {
    Query: {
      makers: () => [{ id: 'm1' }],
      where: () => ({ city: 'Huế', country: 'from makers' }),
    },
    Maker: { name: ({ id }: { id: string }) => `name of ${id}`, since: () => 1900 },
    Offer: { weight: () => 3, height: () => 4, note: ({ id }: { id: string }) => `note of makers for ${id}` },
  },
};

describe('@provides, @shareable, @override', () => {
  expectAnswers(
    [shop, makers],
    [
      {
        what: '@provides: what is brought along is not asked for again',
        query: '{ offer { maker { name } } }',
        data: { offer: { maker: { name: 'provided' } } },
        asked: ['shop'],
      },
      {
        what: '@provides holds on its own path only',
        query: '{ offer { makers { name } maker { id name since } } }',
        data: {
          offer: { makers: [{ name: 'name of m2' }], maker: { id: 'm1', name: 'provided', since: 1900 } },
        },
        asked: ['makers', 'shop'],
      },
      {
        what: '@shareable: whoever is asked anyway answers',
        query: '{ offer { weight } }',
        data: { offer: { weight: 3 } },
        asked: ['shop'],
      },
      {
        what: '@shareable value types of which each knows a part',
        query: '{ where { city street country } }',
        data: { where: { city: 'Huế', street: 'from shop', country: 'from makers' } },
        asked: ['makers', 'shop'],
      },
      {
        what: '@override: only the new owner is asked',
        query: '{ offers { note } }',
        data: { offers: [{ note: 'note of makers for o1' }, { note: 'note of makers for o2' }] },
        asked: ['makers', 'shop'],
      },
    ],
  );
});

const gradually = (label: string): readonly SmallSubgraph[] => [
  {
    name: 'old',
    sdl: `${federation} type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! colour: String }`,
    resolvers: { Query: { thing: () => ({ id: 't', colour: 'old' }) } },
  },
  {
    name: 'new',
    sdl: `${federation} type Thing @key(fields: "id") { id: ID! colour: String @override(from: "old", label: "${label}") }`,
    resolvers: { Thing: { colour: () => 'new' } },
  },
];

/** Labels are decided by nobody here, as in Apollo's gateway: the field moves when its label goes. */
describe.each(['percent(0)', 'percent(100)', 'moved'])('@override with the label %s', (label) => {
  expectAnswers(gradually(label), [
    {
      what: 'leaves the field with its old owner',
      query: '{ thing { colour } }',
      data: { thing: { colour: 'old' } },
    },
  ]);
});

describe('abstract types in part', () => {
  expectAnswers(
    [
      {
        name: 'one',
        sdl: `${federation}
          type Query { finds: [Find!] marked: [Marked] }
          union Find = Coin | Bone
          interface Marked { mark: String }
          type Coin implements Marked @key(fields: "id") { id: ID! mark: String worth: Int! }
          type Bone @key(fields: "id") { id: ID! animal: String }`,
        resolvers: {
          Query: {
            finds: () => [
              { __typename: 'Coin', id: 'c', worth: 2 },
              { __typename: 'Bone', id: 'b', animal: 'elk' },
            ],
            marked: () => [{ __typename: 'Coin', id: 'c', mark: 'crown' }],
          },
          Bone: { animal: () => 'elk' },
        },
      },
      {
        name: 'two',
        sdl: `${federation}
          type Query { shards: [Find] all: [Marked] }
          union Find = Shard | Bone
          interface Marked { mark: String }
          type Shard implements Marked @key(fields: "id") { id: ID! mark: String edge: Float! }
          type Bone @key(fields: "id") { id: ID! age: Int! }
          type Coin @key(fields: "id") { id: ID! found: String }`,
        resolvers: {
          Query: {
            shards: () => [
              { __typename: 'Shard', id: 's', edge: 0.5 },
              null,
              { __typename: 'Bone', id: 'b' },
            ],
            all: () => [{ __typename: 'Shard', id: 's', mark: 'wave', edge: 1 }],
          },
          Bone: { age: () => 4000 },
          Coin: { found: ({ id }: { id: string }) => `where ${id} lay` },
        },
      },
    ],
    [
      {
        what: 'a union of which each agency knows some types',
        query:
          '{ finds { __typename ... on Coin { worth found } ... on Bone { age animal } ... on Shard { edge } } }',
        data: {
          finds: [
            { __typename: 'Coin', worth: 2, found: 'where c lay' },
            { __typename: 'Bone', age: 4000, animal: 'elk' },
          ],
        },
      },
      {
        what: 'the other half of it',
        query: '{ shards { ... on Coin { worth } ... on Bone { animal } ... on Shard { edge mark } } }',
        data: { shards: [{ edge: 0.5, mark: null }, null, { animal: 'elk' }] },
      },
      {
        what: 'an interface of which each agency knows some types',
        query:
          '{ marked { mark ... on Shard { edge } ... on Coin { found } } all { mark ... on Coin { worth } } }',
        data: { marked: [{ mark: 'crown', found: 'where c lay' }], all: [{ mark: 'wave' }] },
      },
      {
        what: 'one response key for fields of different types, in different types',
        query: '{ finds { ... on Coin { v: worth } ... on Bone { v: age } } }',
        data: { finds: [{ v: 2 }, { v: 4000 }] },
      },
    ],
  );
});
