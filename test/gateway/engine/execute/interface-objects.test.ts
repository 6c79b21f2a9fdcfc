import { expect, test } from 'vitest';
import { createScriptedGraph, type Script } from '../../../support/scripted-graph.ts';

const agencies = {
  catalogue: `
    type Query { media: [Media] }
    interface Media @key(fields: "id") { id: ID! title: String }
    type Book implements Media @key(fields: "id") { id: ID! title: String }
    type Film implements Media @key(fields: "id") { id: ID! title: String }`,
  ratings: `
    type Query { best: Media }
    type Media @key(fields: "id") @interfaceObject {
      id: ID! title: String @external score: Int praise: String @requires(fields: "title")
    }`,
};

const catalogue: Script = ({ variables }) => ({
  data: {
    media: [
      { __typename: 'Book', id: '1', title: 'One' },
      { __typename: 'Film', id: '2', title: 'Two' },
    ],
    _entities: variables.representations?.map(({ id }) => ({
      __typename: 'Film',
      __meant0: id,
      id,
      title: 'Two',
    })),
  },
});

const ratings: Script = ({ variables }) => ({
  data: {
    best: { __typename: 'Media', id: '2', score: 2 },
    _entities: variables.representations?.map(({ id, title }) => ({
      __typename: 'Media',
      __meant0: id,
      score: Number(id),
      praise: `${String(title)}!`,
    })),
  },
});

const graph = await createScriptedGraph({ agencies, scripts: { catalogue, ratings } });

test('an agency that knows only the interface is told so, and leaves the objects their type', async () => {
  const { data, errors } = await graph.ask('{ media { __typename praise score } }');
  expect(errors).toEqual([]);
  expect(data).toEqual({
    media: [
      { __typename: 'Book', praise: 'One!', score: 1 },
      { __typename: 'Film', praise: 'Two!', score: 2 },
    ],
  });
  for (const { agency, variables } of graph.takeAsked())
    if (agency === 'ratings')
      expect(variables.representations.map(({ __typename }) => __typename)).toEqual(['Media', 'Media']);
});

test('an object that came without its type gets it from the agency that knows', async () => {
  const { data, errors } = await graph.ask('{ best { __typename score title } }');
  expect(errors).toEqual([]);
  expect(data).toEqual({ best: { __typename: 'Film', score: 2, title: 'Two' } });
});

test('nobody is asked for objects that only others are wanted of', async () => {
  const { data, errors } = await graph.ask('{ media { title ... on Book { praise } } }');
  expect(errors).toEqual([]);
  expect(data).toEqual({ media: [{ title: 'One', praise: 'One!' }, { title: 'Two' }] });
});
