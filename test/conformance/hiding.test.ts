import { describe, expect, it } from 'vitest';
import { expectAnswers, federation, startSmallGraph, type SmallSubgraph } from './small-graph.ts';

const patients: SmallSubgraph = {
  name: 'patients',
  sdl: `${federation}
    type Query {
      patient(id: ID = "p1", ward: String @inaccessible): Patient
      states: [State]
      care: [Care]
    }
    type Patient @key(fields: "id") @key(fields: "secret") {
      id: ID! secret: ID! @inaccessible name: String @tag(name: "public") state: State plan: Plan @inaccessible
    }
    enum State { WELL ILL GONE @inaccessible }
    type Plan @inaccessible { text: String }
    union Care = Pill | Plan
    type Pill { name: String! @tag(name: "public") }`,
  resolvers: {
    Query: {
      patient: (_: unknown, { id, ward }: { id: string; ward?: string }) => ({
        id,
        secret: `s-${id}`,
        name: ward ?? 'no ward',
        state: 'GONE',
      }),
      states: () => ['WELL', 'GONE', null],
      care: () => [{ __typename: 'Pill', name: 'pill' }],
    },
  },
};
const labs: SmallSubgraph = {
  name: 'labs',
  sdl: `${federation} type Patient @key(fields: "secret") { secret: ID! @inaccessible blood: String }`,
  resolvers: { Patient: { blood: ({ secret }: { secret: string }) => `blood of ${secret}` } },
};

describe('@inaccessible, @tag', () => {
  expectAnswers(
    [patients, labs],
    [
      {
        what: 'a hidden key still joins',
        query: '{ patient { id blood } }',
        data: { patient: { id: 'p1', blood: 'blood of s-p1' } },
        asked: ['labs', 'patients'],
      },
      {
        what: 'a hidden field is not there',
        query: '{ patient { secret } }',
        data: null,
        errors: [['GRAPHQL_VALIDATION_FAILED', undefined]],
        asked: [],
      },
      {
        what: 'a hidden argument is not there',
        query: '{ patient(ward: "x") { id } }',
        data: null,
        errors: [['GRAPHQL_VALIDATION_FAILED', undefined]],
      },
      {
        what: 'a hidden value of an enum is null, and an error of its place',
        query: '{ states patient { state } }',
        data: { states: ['WELL', null, null], patient: { state: null } },
        errors: [
          ['SUBGRAPH_BAD_RESPONSE', ['states', 1]],
          ['SUBGRAPH_BAD_RESPONSE', ['patient', 'state']],
        ],
      },
      {
        what: 'a hidden type is no part of its union',
        query: '{ care { __typename ... on Pill { name } } __type(name: "Care") { possibleTypes { name } } }',
        data: {
          care: [{ __typename: 'Pill', name: 'pill' }],
          __type: { possibleTypes: [{ name: 'Pill' }] },
        },
      },
      {
        what: 'introspection tells nothing of what is hidden',
        query: '{ __type(name: "Patient") { fields { name } } hidden: __type(name: "Plan") { name } }',
        data: {
          __type: { fields: ['blood', 'id', 'name', 'state'].map((name) => ({ name })) },
          hidden: null,
        },
      },
    ],
  );
});

const link = (url: string, rest: string): string => `@link(url: "https://specs.apollo.dev/${url}", ${rest})`;

describe('names of directives', () => {
  describe('imported under other names', () => {
    expectAnswers(
      [
        {
          name: 'renamed',
          sdl: `extend schema ${link('federation/v2.3', 'import: [{ name: "@key", as: "@entity" }, { name: "@inaccessible", as: "@hidden" }]')}
            type Query { thing: Thing } type Thing @entity(fields: "id") { id: ID! own: Int @hidden seen: Int }`,
          resolvers: { Query: { thing: () => ({ id: 't', own: 1, seen: 2 }) } },
        },
        {
          name: 'prefixed',
          sdl: `extend schema ${link('federation/v2.3', 'as: "fed"')}
            type Thing @fed__key(fields: "id") { id: ID! more: String seen: Int @fed__external twice: Int @fed__requires(fields: "seen") }`,
          resolvers: { Thing: { more: () => 'more', twice: ({ seen }: { seen: number }) => 2 * seen } },
        },
      ],
      [
        {
          what: 'they mean the same',
          query: '{ thing { more twice } }',
          data: { thing: { more: 'more', twice: 4 } },
          asked: ['prefixed', 'renamed'],
        },
        {
          what: 'what is hidden is hidden',
          query: '{ thing { own } }',
          data: null,
          errors: [['GRAPHQL_VALIDATION_FAILED', undefined]],
        },
      ],
    );
  });

  describe('of federation 1, without @link', () => {
    expectAnswers(
      [
        {
          name: 'elder',
          sdl: `type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! size: Int }`,
          resolvers: {
            Query: { thing: () => ({ id: 't', size: 3 }) },
            Thing: { __resolveReference: () => ({ id: 't', size: 3 }) },
          },
        },
        {
          name: 'extending',
          sdl: `extend type Thing @key(fields: "id") { id: ID! @external size: Int @external area: Int @requires(fields: "size") }
            type Query @extends { things: [Thing] }`,
          resolvers: {
            Query: { things: () => [{ id: 't' }] },
            Thing: { area: ({ size }: { size: number }) => size * size },
          },
        },
      ],
      [
        { what: 'extend type', query: '{ thing { area } }', data: { thing: { area: 9 } } },
        { what: '@extends', query: '{ things { size area } }', data: { things: [{ size: 3, area: 9 }] } },
      ],
    );
  });

  describe('of one’s own, through @composeDirective', () => {
    expectAnswers(
      [
        {
          name: 'marked',
          sdl: `extend schema ${link('federation/v2.3', 'import: ["@key", "@composeDirective"]')}
              @link(url: "https://example.org/mark/v1.0", import: ["@mark"]) @composeDirective(name: "@mark")
            directive @mark(as: String) on FIELD_DEFINITION
            type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! size: Int @mark(as: "large") }`,
          resolvers: { Query: { thing: () => ({ id: 't', size: 3 }) } },
        },
      ],
      [{ what: 'changes no answer', query: '{ thing { size } }', data: { thing: { size: 3 } } }],
    );
  });
});

describe('directives that the planner does not know', () => {
  it.each([
    [
      '@context',
      `type Query { room: Room } type Room @key(fields: "id") @context(name: "room") { id: ID! colour: String! seat: Seat }
       type Seat @key(fields: "id") { id: ID! painted(colour: String @fromContext(field: "$room { colour }")): String }`,
      '"@context", "@fromContext"',
    ],
    ['@authenticated', 'type Query { secret: String @authenticated }', '"@authenticated"'],
    ['@policy', 'type Query { secret: String @policy(policies: [["p"]]) }', '"@policy"'],
    [
      '@requiresScopes',
      'type Query { secret: String @requiresScopes(scopes: [["s"]]) }',
      '"@requiresScopes"',
    ],
  ])('%s: the graph does not start, and says so', async (_, sdl, imported) => {
    const head = `extend schema ${link('federation/v2.9', `import: ["@key", ${imported}]`)}\n`;
    await expect(startSmallGraph([{ name: 'strict', sdl: head + sdl }])).rejects.toThrow(
      /unsupported|supported/,
    );
  });
});
