import { describe, expect, it } from 'vitest';
import { expectAnswers, federation, startSmallGraph, type SmallSubgraph } from './small-graph.ts';

const works: Readonly<Record<string, { readonly __typename: string; readonly title: string }>> = {
  b1: { __typename: 'Book', title: 'Kiều' },
  f1: { __typename: 'Film', title: 'Mùi đu đủ xanh' },
};
const workOf = (id: string) => ({ id, ...works[id] });

const catalogue: SmallSubgraph = {
  name: 'catalogue',
  sdl: `${federation}
    type Query { works: [Work!]! book: Book work(id: ID!): Work titled: [Titled] books: [Book] }
    interface Titled { title: String }
    interface Work implements Titled @key(fields: "id") { id: ID! title: String twin: Work }
    type Book implements Work & Titled @key(fields: "id") { id: ID! title: String twin: Work pages: Int! }
    type Film implements Work & Titled @key(fields: "id") { id: ID! title: String twin: Work minutes: Int }
    type Poster { size: Int }
    union Shown = Film | Poster`,
  resolvers: {
    Query: {
      works: () => [workOf('b1'), workOf('f1')],
      titled: () => [workOf('f1')],
      book: () => workOf('b1'),
      books: () => [workOf('b1'), null],
      work: (_: unknown, { id }: { id: string }) => workOf(id),
    },
    Work: { __resolveReference: ({ id }: { id: string }) => workOf(id) },
    Book: {
      __resolveReference: ({ id }: { id: string }) => workOf(id),
      pages: () => 99,
      twin: () => workOf('f1'),
    },
    Film: {
      __resolveReference: ({ id }: { id: string }) => workOf(id),
      minutes: () => 104,
      twin: () => workOf('b1'),
    },
  },
};
const ratings: SmallSubgraph = {
  name: 'ratings',
  sdl: `${federation}
    type Query { best: [Work!] }
    type Work @key(fields: "id") @interfaceObject {
      id: ID! title: String @external stars: Int! praise: String @requires(fields: "title") ratings: [Rating!]!
    }
    type Rating { stars: Int! of: Work! }`,
  resolvers: {
    Query: { best: () => [{ id: 'f1' }, { id: 'b1' }] },
    Work: {
      stars: ({ id }: { id: string }) => (id === 'b1' ? 5 : 4),
      praise: ({ title }: { title: string }) => `${title}!`,
      ratings: ({ id }: { id: string }) => [{ stars: 3, of: { id } }],
    },
  },
};
const [book, film] = [
  { stars: 5, praise: 'Kiều!' },
  { stars: 4, praise: 'Mùi đu đủ xanh!' },
];

describe('@interfaceObject', () => {
  expectAnswers(
    [catalogue, ratings],
    [
      {
        what: 'adds fields to an interface',
        query: '{ works { stars } }',
        data: { works: [{ stars: 5 }, { stars: 4 }] },
      },
      {
        what: 'adds fields to what implements it',
        query: '{ book { pages stars } }',
        data: { book: { pages: 99, stars: 5 } },
      },
      {
        what: 'things keep their own type beside an added field',
        query: '{ works { __typename stars } book { stars __typename } }',
        data: {
          works: [
            { __typename: 'Book', stars: 5 },
            { __typename: 'Film', stars: 4 },
          ],
          book: { stars: 5, __typename: 'Book' },
        },
      },
      {
        what: 'things of one type keep it beside an added field, in a list',
        query: '{ books { __typename stars } }',
        data: { books: [{ __typename: 'Book', stars: 5 }, null] },
      },
      {
        what: 'things keep their type beside what an added field requires',
        query: '{ book { __typename praise } }',
        data: { book: { __typename: 'Book', praise: 'Kiều!' } },
      },
      {
        what: 'requires fields of the interface',
        query: '{ works { stars praise } }',
        data: { works: [book, film] },
      },
      {
        what: 'an added field of one type only, among others',
        query: '{ works { title ... on Book { praise } } }',
        data: { works: [{ title: 'Kiều', praise: 'Kiều!' }, { title: 'Mùi đu đủ xanh' }] },
      },
      {
        what: 'the type of what the standing-in agency found',
        query: '{ best { __typename stars } }',
        data: {
          best: [
            { __typename: 'Film', stars: 4 },
            { __typename: 'Book', stars: 5 },
          ],
        },
      },
      {
        what: 'fields of a type of what the standing-in agency found',
        query: '{ best { ... on Film { minutes } ... on Book { pages stars } } }',
        data: { best: [{ minutes: 104 }, { pages: 99, stars: 5 }] },
      },
      {
        what: 'from the standing-in agency and back to it',
        query: '{ best { ratings { stars of { title stars } } } }',
        data: {
          best: [
            { ratings: [{ stars: 3, of: { title: 'Mùi đu đủ xanh', stars: 4 } }] },
            { ratings: [{ stars: 3, of: { title: 'Kiều', stars: 5 } }] },
          ],
        },
      },
      {
        what: 'through an interface above the interface',
        query: '{ titled { title ... on Work { stars } ... on Film { __typename praise } } }',
        data: {
          titled: [{ title: 'Mùi đu đủ xanh', stars: 4, __typename: 'Film', praise: 'Mùi đu đủ xanh!' }],
        },
      },
      {
        what: 'through an interface above the interface, of what the standing-in agency found',
        query: '{ best { ... on Titled { title } ... on Shown { __typename } } }',
        data: {
          best: [{ title: 'Mùi đu đủ xanh', __typename: 'Film' }, { title: 'Kiều' }],
        },
      },
      {
        what: 'a field that requires another one of one type, beside a field of all',
        query: '{ works { stars ... on Book { praise } } }',
        data: { works: [{ stars: 5, praise: 'Kiều!' }, { stars: 4 }] },
      },
      {
        what: 'a field that requires another one of one type, beside a field of each type',
        query:
          '{ works { ... on Film { praise } ... on Work { stars } ... on Book { stars @skip(if: true) } } }',
        data: { works: [{ stars: 5 }, { praise: 'Mùi đu đủ xanh!', stars: 4 }] },
      },
      {
        what: 'a field that requires another one below one type, beside a field below all',
        query: '{ works { twin { stars } ... on Book { twin { praise } } } }',
        data: { works: [{ twin: { stars: 4, praise: 'Mùi đu đủ xanh!' } }, { twin: { stars: 5 } }] },
      },
    ],
  );

  it('is sent no entity without its key', async () => {
    const graph = await startSmallGraph([catalogue, ratings]);
    const { sent } = await graph.ask('{ works { title ... on Book { praise } } }');
    const asked = sent
      .filter(({ to }) => to === 'ratings')
      .flatMap(({ representations = [] }) => representations);
    expect(asked).toEqual([{ __typename: 'Work', id: 'b1', title: 'Kiều' }]);
    await graph.stop();
  });

  it('is sent the inputs of one field for that field alone', async () => {
    const graph = await startSmallGraph([catalogue, ratings]);
    const { sent } = await graph.ask('{ works { stars ... on Book { praise } } }');
    const asked = sent.flatMap(({ to, representations = [] }) => (to === 'ratings' ? [representations] : []));
    expect(asked).toHaveLength(2);
    expect(asked).toContainEqual([
      { __typename: 'Work', id: 'b1' },
      { __typename: 'Work', id: 'f1' },
    ]);
    expect(asked).toContainEqual([{ __typename: 'Work', id: 'b1', title: 'Kiều' }]);
    await graph.stop();
  });

  it('is sent all inputs at once where they are known of everything', async () => {
    const graph = await startSmallGraph([catalogue, ratings]);
    const { sent } = await graph.ask('{ works { stars praise } }');
    expect(sent.filter(({ to }) => to === 'ratings')).toHaveLength(1);
    await graph.stop();
  });
});
