import { beforeEach, describe, expect, test } from 'vitest';
import type { AgencyAnswer } from '../../../../gateway/agency-source.ts';
import { createScriptedGraph, type Script } from '../../../support/scripted-graph.ts';

const agencies = {
  first: `
    type Query { me: Person people: [Person!] greeting(name: String): String }
    type Mutation { start: Int finish: Int }
    type Person @key(fields: "id") { id: ID! weight: Int code: String height: Int }`,
  second: `
    type Query { news: String }
    type Mutation { middle: Int }
    type Person @key(fields: "id") {
      id: ID! weight: Int @external height: Int @external
      shape: String @requires(fields: "weight height") nick: String
    }`,
};

const person = (id: string) => ({ __typename: 'Person', id });
const unavailable = { errors: [{ message: 'down', extensions: { code: 'DATABASE_UNAVAILABLE' } }] };
let first: Script;
let second: Script;
const graph = await createScriptedGraph({
  agencies,
  scripts: { first: (asked) => first(asked), second: (asked) => second(asked) },
});

beforeEach(() => {
  graph.takeAsked();
  first = () => ({ data: { me: person('1'), people: [person('1'), person('2')] } });
  second = ({ variables }) => ({
    data: {
      news: 'rain',
      _entities: variables.representations?.map(({ id }) => ({
        __meant0: id,
        nick: `nick of ${String(id)}`,
      })),
    },
  });
});

const agenciesAsked = (): readonly string[] => graph.takeAsked().map(({ agency }) => agency);

describe('conditions', () => {
  const query = 'query ($more: Boolean! = true) { me { id ... @include(if: $more) { nick } } }';
  const both = { me: { id: '1', nick: 'nick of 1' } };
  test.each([
    [{}, both, ['first', 'second']],
    [{ more: true }, both, ['first', 'second']],
    [{ more: false }, { me: { id: '1' } }, ['first']],
  ])('%j', async (variables, data, asked) => {
    expect((await graph.ask(query, variables)).data).toEqual(data);
    expect(agenciesAsked()).toEqual(asked);
  });

  test('a variable that is missing refuses the operation before anybody is asked', async () => {
    const { data, errors } = await graph.ask('query ($more: Boolean!) { me { id nick @skip(if: $more) } }');
    expect([data, errors.length]).toEqual([null, 1]);
    expect(agenciesAsked()).toEqual([]);
  });
});

describe('what travels', () => {
  test('an agency gets the variables that its part uses, as the client sent them', async () => {
    await graph.ask(
      'query ($name: String, $more: Boolean!) { greeting(name: $name) news @skip(if: $more) }',
      {
        name: 'An "Nhiên"\n',
        more: false,
        other: 'unused',
      },
    );
    const asked = graph.takeAsked();
    expect(asked.find(({ agency }) => agency === 'first')?.variables).toEqual({ name: 'An "Nhiên"\n' });
  });

  test('a variable may be called as those who are asked about are', async () => {
    const query =
      'query ($representations: String, $skip: Boolean!) { greeting(name: $representations) me { nick @skip(if: $skip) } }';
    first = () => ({ data: { greeting: 'hello', me: person('1') } });
    const { data, errors } = await graph.ask(query, { representations: 'An', skip: false });
    expect(errors).toEqual([]);
    expect(data).toEqual({ greeting: 'hello', me: { nick: 'nick of 1' } });
    const asked = graph.takeAsked().map(({ variables }) => Object.values(variables));
    expect(asked).toEqual([['An'], expect.arrayContaining([[person('1')]])]);
  });

  test('a variable without a value stays away, for its default is the agency’s to know', async () => {
    await graph.ask('query ($name: String = "x") { greeting(name: $name) }');
    expect(graph.takeAsked()[0]?.variables).toEqual({});
  });
});

describe('a mutation', () => {
  const values: Readonly<Record<string, number>> = { start: 1, middle: 2, finish: 3 };
  const run: string[] = [];
  const answer: Script = ({ query }) => {
    const [, name = ''] = /\{(\w+)\}/.exec(query) ?? [];
    run.push(name);
    return { data: { [name]: values[name] } };
  };
  beforeEach(() => {
    run.length = 0;
    first = answer;
    second = answer;
  });

  test('runs its fields in turn, each once', async () => {
    const { data } = await graph.ask('mutation { start middle finish }');
    expect(data).toEqual({ start: 1, middle: 2, finish: 3 });
    expect(run).toEqual(['start', 'middle', 'finish']);
  });

  test.each([
    ['the agency fails', () => unavailable],
    ['the agency cannot be reached', () => Promise.reject(new Error('ECONNREFUSED 10.0.0.1'))],
    ['the answer is none', () => ({ data: 'text' })],
  ] as readonly (readonly [string, () => AgencyAnswer | Promise<AgencyAnswer>])[])(
    'is not run again when %s',
    async (_, fail) => {
      second = (asked) => {
        void answer(asked);
        return fail();
      };
      const { data, errors } = await graph.ask('mutation { start middle finish }');
      expect(data).toEqual({ start: 1, middle: null, finish: 3 });
      expect(errors.map(([, path]) => path)).toEqual(['middle']);
      expect(run).toEqual(['start', 'middle', 'finish']);
    },
  );
});

describe('a fetch that fails as a whole', () => {
  test('is told at every place, and the rest arrives', async () => {
    second = () => unavailable;
    const { data, errors } = await graph.ask('{ news people { id nick } }');
    expect(data).toEqual({
      news: null,
      people: [
        { id: '1', nick: null },
        { id: '2', nick: null },
      ],
    });
    const places = ['news', 'people.0.nick', 'people.1.nick'];
    expect([...errors].sort()).toEqual(places.map((place) => ['DATABASE_UNAVAILABLE', place]));
  });

  test('is told where the client knows the way, when it was about inputs only', async () => {
    const errorsAt = (...keys: readonly string[]) =>
      keys.map((key) => ({ message: '', path: ['me', key], extensions: { code: 'DATABASE_TIMEOUT' } }));
    first = ({ query }) =>
      query.includes('me')
        ? {
            data: { me: { ...person('1'), weight: null, height: null } },
            errors: errorsAt('weight', 'height'),
          }
        : unavailable;
    const { errors } = await graph.ask('{ me { shape } }');
    expect(errors).toEqual([['DATABASE_TIMEOUT', 'me']]);
  });

  test('without a code is a fault of ours, whatever it says', async () => {
    second = () => Promise.reject(new Error('SELECT secret'));
    const { errors } = await graph.ask('{ news }');
    expect(errors).toEqual([['INTERNAL_SERVER_ERROR', 'news']]);
  });
});

describe('planning', () => {
  test('an operation that cannot be planned is refused, coded, each time', async () => {
    const document = '{ people { id ...Loop } } fragment Loop on Person { unknown }';
    for (const again of [false, true]) {
      const { data, errors } = await graph.ask(document, { again });
      expect(data).toBeNull();
      expect(errors).toEqual([['INTERNAL_SERVER_ERROR', undefined]]);
    }
    expect(agenciesAsked()).toEqual([]);
  });

  test('nobody is asked for __typename and the schema', async () => {
    const { data } = await graph.ask('{ __typename kind: __type(name: "Person") { name } }');
    expect(data).toEqual({ __typename: 'Query', kind: { name: 'Person' } });
    expect(agenciesAsked()).toEqual([]);
  });

  test('a prepared operation is the same for all who ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => graph.ask('{ news me { nick } }')));
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
    expect(agenciesAsked()).toHaveLength(60);
  });
});
