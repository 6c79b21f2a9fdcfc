import { setImmediate } from 'node:timers/promises';
import { buildSchema, execute, parse, validate, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { describe, expect, inject, test } from 'vitest';
import { buildAgencySchema } from '#kit';
import { compileOperation } from '../../../../subgraphs/_kit/execute/compile.ts';
import { loadAgencies } from '../../../../subgraphs/registry.ts';
import { drawOperation, peopleSchema, type World } from '../../../support/random-operation.ts';

interface Told {
  readonly message: string;
  readonly path: readonly (string | number)[];
  readonly text: string;
}

const told = ({ errors = [] }: ExecutionResult): Told[] =>
  errors.map((error) => ({
    message: error.message,
    path: error.path ?? [],
    text: JSON.stringify([error.path, error.message, error.locations, error.extensions]),
  }));

/** Where an error ends: the nearest place around it that became `null`. */
function endOf(data: unknown, path: readonly (string | number)[]): string {
  let value = data;
  for (const [at, key] of path.entries()) {
    if (value == null) return JSON.stringify(path.slice(0, at));
    value = (value as Record<string, unknown>)[key];
  }
  return JSON.stringify(path);
}

/**
 * The same data, and the same errors. When values arrive later, two errors that null one place from below may arrive in
 * either order, and graphql-js waits for some siblings of an error before it ends: then the places are compared.
 */
function expectSame(ours: ExecutionResult, theirs: ExecutionResult, isPrompt: boolean): void {
  expect(JSON.stringify(ours.data)).toBe(JSON.stringify(theirs.data));
  const [mine, others] = [told(ours), told(theirs)];
  if (isPrompt) return expect(mine).toEqual(others);
  const endsOf = (errors: readonly Told[]) => new Set(errors.map(({ path }) => endOf(ours.data, path)));
  expect(endsOf(mine)).toEqual(endsOf(others));
  const known = new Set(others.map(({ text }) => text));
  for (const { path, text } of mine)
    if (endOf(ours.data, path) === JSON.stringify(path)) expect(known).toContain(text);
}

const untilDone = async (schema: GraphQLSchema, text: string, variables: Record<string, unknown>) => {
  const run = compileOperation(schema, parse(text));
  const result = run?.({ variables, context: {} });
  if (!result) throw new Error('It does not run.');
  return result;
};

const agencies = (await loadAgencies()).map((agency) => [agency.name, agency] as const);
const rounds = inject('isFull') ? 400 : 25;

describe('a compiled operation answers as graphql-js does', () => {
  test.each(agencies)('%s, whatever is asked and whatever goes wrong', async (name, agency) => {
    const schema = buildAgencySchema(agency);
    let asked = 0;
    for (let round = 0; round < rounds; round += 1) {
      const isPrompt = round % 3 === 0;
      const world: World = { seed: `${name}${round}`, trouble: (round % 5) / 20, isPrompt };
      const isMutation = round % 4 === 3 && schema.getMutationType() !== undefined;
      const { text, variables } = drawOperation(schema, world.seed, isMutation);
      const document = parse(text);
      if (validate(schema, document).length > 0) continue;
      asked += 1;
      const [mine, others]: [string[], string[]] = [[], []];
      peopleSchema(schema, world, mine);
      const ours = await untilDone(schema, text, variables);
      peopleSchema(schema, world, others);
      const theirs = await execute({ schema, document, variableValues: variables, contextValue: {} });
      // graphql-js answers before everything below an error has ended.
      for (let turn = 0; turn < 12 && !isPrompt; turn += 1) await setImmediate();
      expectSame(ours, theirs, isPrompt);
      if (isPrompt) expect(mine).toEqual(others);
      if (world.trouble === 0) expect(mine.toSorted()).toEqual(others.toSorted());
    }
    expect(asked).toBeGreaterThan(rounds / 2);
  });
});

const schema = buildSchema(`
  enum Colour { RED GREEN }
  type Item { id: ID!, name(in: String = "vi"): String, size: Float, colour: Colour, below: Item, many: [Item!], sure: Item! }
  type Query { item: Item, items: [Item]!, sum(of: [Int!], filter: Filter): Int, paint(colour: Colour = RED, more: [[Colour]]): Int }
  input Filter { least: Int = 3, names: [String!] }
  type Mutation { add(n: Int!): Int, must(n: Int!): Int! }
`);

const roots = { id: 'root', name: (args: unknown) => JSON.stringify(args), size: 2, colour: 'RED' };
const resolveWith = (typeName: string, resolvers: Record<string, (...all: never[]) => unknown>) => {
  const type = schema.getType(typeName);
  const fields = type && 'getFields' in type ? type.getFields() : {};
  for (const [name, resolve] of Object.entries(resolvers)) Object.assign(fields[name] ?? {}, { resolve });
};

type Case = readonly [what: string, text: string, variables?: Record<string, unknown>];
const cases: readonly Case[] = [
  [
    'keys that objects inherit',
    '{ constructor: items { toString: id } hasOwnProperty: item { valueOf: id } }',
  ],
  ['an argument that is left out', '{ item { name } }'],
  ['an argument that is null', '{ item { name(in: null) } }'],
  ['a variable that is left out', 'query ($in: String) { item { name(in: $in) } }'],
  ['a variable that is null', 'query ($in: String) { item { name(in: $in) } }', { in: null }],
  ['a variable with a default', 'query ($in: String = "en") { item { name(in: $in) } }'],
  ['a list', 'query ($of: [Int!]) { sum(of: $of) }', { of: [1, 22] }],
  ['a list of nothing', 'query ($of: [Int!]) { sum(of: $of) }', { of: [] }],
  ['a list that is null', 'query ($of: [Int!]) { sum(of: $of) }', { of: null }],
  ['one value for a list', 'query ($of: [Int!]) { sum(of: $of) }', { of: 333 }],
  ['variables that nobody asked for', 'query ($of: [Int!]) { sum(of: $of) }', { of: [1], no: { a: 1 } }],
  ['a name', 'query ($c: Colour) { paint(colour: $c) }', { c: 'GREEN' }],
  ['a name that is left out', 'query ($c: Colour) { paint(colour: $c) }'],
  ['names in lists', 'query ($m: [[Colour]]) { paint(more: $m) }', { m: [['RED'], ['GREEN', 'RED']] }],
  ['names and null in lists', 'query ($m: [[Colour]]) { paint(more: $m) }', { m: [['RED', null], null] }],
  ['a value beside a variable', 'query ($m: [[Colour]]) { paint(colour: GREEN, more: $m) }', { m: [] }],
  ['an input object with its defaults', '{ sum(filter: { names: ["a"] }) }'],
  [
    'an input object from variables',
    'query ($n: Int, $f: [String!]) { sum(of: [1, 2], filter: { least: $n, names: $f }) }',
    { n: 5 },
  ],
  [
    'the same field twice',
    '{ item { below { id } } item { below { name } } ...F } fragment F on Query { item { size } }',
  ],
  [
    'a named fragment under a condition',
    'query ($y: Boolean!) { item { ...F @include(if: $y) id } } fragment F on Item { name }',
    { y: false },
  ],
];

describe('one by one', () => {
  resolveWith('Query', {
    item: () => ({
      ...roots,
      below: Promise.resolve(roots),
      many: [roots, Promise.resolve(roots)],
      sure: null,
    }),
    items: () => new Set([roots, null, Promise.resolve(roots)]),
    sum: (_: unknown, args: unknown) => JSON.stringify(args).length,
    paint: (_: unknown, args: unknown) => JSON.stringify(args).length,
  } as never);

  test.each(cases.map(([what, text, variables = {}]) => ({ what, text, variables })))(
    '$what',
    async ({ text, variables }) => {
      expect(validate(schema, parse(text))).toEqual([]);
      const theirs = await execute({
        schema,
        document: parse(text),
        variableValues: variables,
        contextValue: {},
      });
      expect(theirs.errors).toBeUndefined();
      const ours = await untilDone(schema, text, variables);
      expect(JSON.stringify(ours)).toBe(JSON.stringify(theirs));
    },
  );

  test.each([
    ['a question about the schema', '{ __schema { queryType { name } } }', undefined],
    ['a question about a type', '{ __type(name: "Item") { name } }', undefined],
    ['a key that objects keep for themselves', '{ __proto__: item { id } }', undefined],
    ['an operation that is not there', 'query A { item { id } }', 'B'],
    ['one of several that is not named', 'query A { item { id } } query B { item { id } }', undefined],
  ])('%s is left to graphql-js', (_, text, name) => {
    expect(compileOperation(schema, parse(text), name)).toBeNull();
  });

  test.each([
    ['that is missing', {}],
    ['that is null', { y: null }],
    ['of another type', { y: 'yes' }],
  ])('nothing begins with a variable %s', (_, variables) => {
    const run = compileOperation(schema, parse('query ($y: Boolean!) { item { id @skip(if: $y) } }'));
    expect(run?.({ variables, context: {} })).toBeNull();
  });

  test.each([
    ['a name that is none', { m: [['BLUE']] }],
    ['a number for a name', { m: [[1]] }],
  ])('nothing begins with %s', (_, variables) => {
    const run = compileOperation(schema, parse('query ($m: [[Colour]]) { paint(more: $m) }'));
    expect(run?.({ variables, context: {} })).toBeNull();
  });

  test('changes are made one after the other, and none after one that could not be null', async () => {
    const log: string[] = [];
    const slow = async (_: unknown, { n }: { n: number }) => {
      log.push(`begins ${n}`);
      await setImmediate();
      log.push(`ends ${n}`);
      if (n === 3) throw new Error('No.');
      return n;
    };
    resolveWith('Mutation', { add: slow, must: slow } as never);
    const text = 'mutation { a: add(n: 1) b: add(n: 2) must(n: 3) c: add(n: 4) }';
    const { data, errors } = await untilDone(schema, text, {});
    expect(data).toBeNull();
    expect(errors?.map(({ path }) => path)).toEqual([['must']]);
    expect(log).toEqual(['begins 1', 'ends 1', 'begins 2', 'ends 2', 'begins 3', 'ends 3']);
  });
});
