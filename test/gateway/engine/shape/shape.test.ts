import { buildSchema, Kind, parse, validate, type FragmentDefinitionNode, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import {
  createShaper,
  type Shaper,
  type ToldError,
  type Variables,
} from '../../../../gateway/engine/shape/index.ts';

const schema = buildSchema(`
  scalar Anything
  enum Colour { RED GREEN }
  interface Node { id: ID! name: String }
  interface Named { name: String }
  type User implements Node & Named { id: ID! name: String! age: Int friend: User must: User! tags: [String!] }
  type Robot implements Node { id: ID! name: String }
  union Being = User | Robot
  type Query {
    query: Query
    user: User
    strict: User!
    node: Node
    nodes: [Node]
    being: Being
    beings: [[Being!]!]
    int: Int float: Float string: String boolean: Boolean id: ID colour: Colour any: Anything
    ints: [Int]
  }
  type Mutation { rename: User }
`);

function shaperOf(text: string, given: GraphQLSchema = schema): Shaper {
  const document = parse(text);
  expect(validate(given, document)).toEqual([]);
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('There is no operation.');
  const fragments = document.definitions.filter(
    (each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION,
  );
  return createShaper(given, operation, new Map(fragments.map((each) => [each.name.value, each])));
}

interface Shaped {
  readonly json: string;
  readonly paths: readonly string[];
}

/** Values that JSON does not know stand in no answer of an agency. */
function isWithoutEscapes(data: object): boolean {
  try {
    return !JSON.stringify(data).includes('\\');
  } catch {
    return false;
  }
}

/** The same in all ways: carefully, compiled, compiled for texts without escapes if there are none, and as a tree. */
function shape(
  text: string,
  data: object,
  variables: Variables = {},
  errors: readonly ToldError[] = [],
): Shaped {
  const shaper = shaperOf(text);
  const merged = { data: data as Variables, errors };
  const isUnescaped = isWithoutEscapes(data);
  const answers = [false, false, isUnescaped, isUnescaped].map((is) =>
    shaper.write(variables, { ...merged, isUnescaped: is }),
  );
  const tree = shaper.shape(variables, data as Variables, errors);
  const all = [...answers, { json: JSON.stringify(tree.data), errors: tree.errors }].map((each) => ({
    json: each.json,
    paths: each.errors.map(({ path = [] }) => path.join('.')),
  }));
  const [first = { json: '', paths: [] }] = all;
  for (const each of all) expect(each).toEqual(first);
  return first;
}

const json = (text: string, data: object, variables?: Variables): string => {
  const { json: written, paths } = shape(text, data, variables);
  expect(paths).toEqual([]);
  return written;
};

const user = { __typename: 'User', id: '1', name: 'An' };

describe('what an answer is', () => {
  it.each<[what: string, text: string, data: object, expected: string]>([
    [
      'asked fields only, in the order of the operation',
      '{ user { name id } int }',
      { int: 1, user: { ...user, x: 1 } },
      '{"user":{"name":"An","id":"1"},"int":1}',
    ],
    [
      'merged selections stay at their first place',
      '{ user { id } int user { name } }',
      { user, int: 1 },
      '{"user":{"id":"1","name":"An"},"int":1}',
    ],
    [
      'fragments of one type stay where they stand',
      '{ node { ...on User { id } name ...on User { age } } }',
      { node: { ...user, age: 3 } },
      '{"node":{"id":"1","name":"An","age":3}}',
    ],
    [
      'a fragment counts once',
      '{ user { ...F ...F } } fragment F on User { id }',
      { user },
      '{"user":{"id":"1"}}',
    ],
    [
      'an interface within an object type',
      '{ user { ...on Named { ...on User { name } } } }',
      { user: { name: 'An' } },
      '{"user":{"name":"An"}}',
    ],
    ['aliases', '{ a: user { b: name } }', { a: { b: 'An' } }, '{"a":{"b":"An"}}'],
    [
      'a missing field is null',
      '{ user { name age } string }',
      { user },
      '{"user":{"name":"An","age":null},"string":null}',
    ],
    [
      'the same type under the root twice',
      '{ int query { int query { string } } }',
      { int: 1, query: { int: 2, query: { string: 's' } } },
      '{"int":1,"query":{"int":2,"query":{"string":"s"}}}',
    ],
    [
      '__typename of objects, also under other names',
      '{ __typename user { t: __typename __typename } node { t: __typename } }',
      { user: { id: 1 }, node: user },
      '{"__typename":"Query","user":{"t":"User","__typename":"User"},"node":{"t":"User"}}',
    ],
    [
      'types of a union',
      '{ being { ...on Robot { name } ...on User { id } } }',
      { being: user },
      '{"being":{"id":"1"}}',
    ],
    ['nothing asked of a type', '{ being { ...on Robot { name } } }', { being: user }, '{"being":{}}'],
    [
      'lists of lists',
      '{ beings { __typename } }',
      { beings: [[user, { __typename: 'Robot' }], []] },
      '{"beings":[[{"__typename":"User"},{"__typename":"Robot"}],[]]}',
    ],
    [
      'a null in a list',
      '{ nodes { id } ints }',
      { nodes: [null, user], ints: [1, null] },
      '{"nodes":[null,{"id":"1"}],"ints":[1,null]}',
    ],
    [
      'an interface that is not told apart',
      '{ node { id ...on User { age } ...on Node { name } } }',
      { node: { id: '1', age: 2, name: 'n' } },
      '{"node":{"id":"1","name":"n"}}',
    ],
    [
      'an interface that stands for its objects',
      '{ node { id ...on User { age } } }',
      { node: { __typename: 'Node', id: '1', age: 2 } },
      '{"node":{"id":"1"}}',
    ],
  ])('%s', (_, text, data, expected) => {
    expect(json(text, data)).toBe(expected);
  });

  it('a mutation', () => {
    expect(json('mutation { rename { name } }', { rename: user })).toBe('{"rename":{"name":"An"}}');
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__defineGetter__', 'valueOf'])(
    'the response key %s',
    (key) => {
      const text = `{ ${key}: int user { ${key}: name } }`;
      const data = JSON.parse(`{ "${key}": 1, "user": { "${key}": "An" } }`) as object;
      expect(json(text, data)).toBe(`{"${key}":1,"user":{"${key}":"An"}}`);
      expect(json(`{ ${key}: int user { ${key}: age } }`, { user: {} })).toBe(
        `{"${key}":null,"user":{"${key}":null}}`,
      );
    },
  );
});

describe('leaves', () => {
  const cases: readonly [field: string, value: unknown, expected: string | null][] = [
    ['int', 1, '1'],
    ['int', -0, '0'],
    ['int', 3_000_000_000, '3000000000'],
    ['int', 1e21, null],
    ['int', 1.5, null],
    ['int', '1', null],
    ['int', true, null],
    ['int', Number.NaN, null],
    ['float', 1.5, '1.5'],
    ['float', 1e21, '1e+21'],
    ['float', -0, '0'],
    ['float', Infinity, null],
    ['float', '1', null],
    ['string', 'Nguyễn Văn "A"\n\\', '"Nguyễn Văn \\"A\\"\\n\\\\"'],
    ['string', '\ud800', '"\\ud800"'],
    ['string', 1, null],
    ['string', {}, null],
    ['boolean', false, 'false'],
    ['boolean', 0, null],
    ['id', 'a', '"a"'],
    ['id', 12, '12'],
    ['id', 1.5, null],
    ['id', true, null],
    ['colour', 'RED', '"RED"'],
    ['colour', 'BLUE', null],
    ['colour', 'constructor', null],
    ['colour', 0, null],
    ['any', { a: [1, null], __proto__: null }, '{"a":[1,null]}'],
    ['any', 'a"', '"a\\""'],
    ['any', [], '[]'],
    ['any', 1n, null],
    ['any', () => 1, null],
    ['ints', 1, null],
    ['ints', { 0: 1, length: 1 }, null],
  ];
  it.each(cases)('%s %s', (field, value, expected) => {
    const { json: written, paths } = shape(`{ ${field} }`, { [field]: value });
    expect(written).toBe(`{"${field}":${expected ?? 'null'}}`);
    expect(paths).toEqual(expected === null ? [field] : []);
  });
});

describe('what does not fit', () => {
  const far = { friend: { ...user, must: null } };
  it.each<[what: string, text: string, data: object, expected: string, paths: readonly string[]]>([
    [
      'a null that bubbles to its parent',
      '{ user { id friend { must { id } } } }',
      { user: { ...user, ...far } },
      '{"user":{"id":"1","friend":null}}',
      ['user.friend.must'],
    ],
    [
      'a null that bubbles to the top',
      '{ int strict { must { id } } }',
      { int: 1, strict: user },
      'null',
      ['strict.must'],
    ],
    [
      'a null where a type promises more than its interface',
      '{ node { name } }',
      { node: { __typename: 'User', name: null } },
      '{"node":null}',
      ['node.name'],
    ],
    [
      'a null in a list that holds none',
      '{ user { tags } }',
      { user: { tags: ['a', null, 1] } },
      '{"user":{"tags":null}}',
      ['user.tags.1', 'user.tags.2'],
    ],
    [
      'a null in a list of lists',
      '{ beings { __typename } }',
      { beings: [[user], [user, null]] },
      '{"beings":null}',
      ['beings.1.1'],
    ],
    [
      'a type that the schema does not have',
      '{ node { id } int }',
      { node: { ...user, __typename: 'Ghost' }, int: 1 },
      '{"node":null,"int":1}',
      ['node'],
    ],
    [
      'a type that is not possible there',
      '{ user { id } }',
      { user: { ...user, __typename: 'Robot' } },
      '{"user":null}',
      ['user'],
    ],
    [
      'a type that is no text',
      '{ user { id } }',
      { user: { ...user, __typename: 1 } },
      '{"user":null}',
      ['user'],
    ],
    ['a list for an object', '{ user { id age } }', { user: [user] }, '{"user":null}', ['user']],
    ['a text for an object', '{ user { age } }', { user: 'An' }, '{"user":null}', ['user']],
    [
      'a text for a list',
      '{ nodes { id } ints }',
      { nodes: 'An', ints: 'x' },
      '{"nodes":null,"ints":null}',
      ['nodes', 'ints'],
    ],
    [
      'an object for a leaf',
      '{ user { name age } }',
      { user: { name: 'An', age: {} } },
      '{"user":{"name":"An","age":null}}',
      ['user.age'],
    ],
    [
      'the name of a type that nobody told',
      '{ node { __typename } int }',
      { node: { id: '1' }, int: 1 },
      '{"node":null,"int":1}',
      ['node.__typename'],
    ],
  ])('%s', (_, text, data, expected, paths) => {
    expect(shape(text, data)).toEqual({ json: expected, paths });
  });

  it('is told in public words', () => {
    const { errors } = shaperOf('{ int }').write({}, { data: { int: 'secret' }, errors: [] });
    expect(errors[0]?.extensions).toEqual({ code: 'SUBGRAPH_BAD_RESPONSE' });
    expect(JSON.stringify(errors)).not.toContain('secret');
  });

  it.each<[what: string, path: ToldError['path'], isTold: boolean]>([
    ['there', ['user', 'must'], false],
    ['above', ['user'], false],
    ['below', ['user', 'must', 'name'], false],
    ['nowhere in particular', undefined, false],
    ['elsewhere', ['user', 'friend'], true],
    ['beside', ['user', 'musts'], true],
  ])('is not told a second time: an error %s', (_, path, isTold) => {
    const given = { message: 'Down.', path, extensions: {} };
    const { errors } = shaperOf('{ user { must { name } } }').write(
      {},
      { data: { user: { must: null } }, errors: [given] },
    );
    expect(errors[0]).toBe(given);
    expect(errors).toHaveLength(isTold ? 2 : 1);
  });

  it('data that are not there', () => {
    const error = { message: 'No.', extensions: {} };
    expect(shaperOf('{ int }').write({}, { data: null, errors: [error] })).toEqual({
      json: 'null',
      errors: [error],
    });
    expect(shaperOf('{ int }').shape({}, undefined, [])).toEqual({ data: null, errors: [] });
  });
});

describe('@skip and @include', () => {
  const text = `query ($a: Boolean!, $b: Boolean = true) {
    int @include(if: $a) string @skip(if: $a) ...F @include(if: $b) id @skip(if: true) boolean @include(if: true)
  } fragment F on Query { float @skip(if: $b) any @include(if: $b) }`;
  const data = { int: 1, string: 's', float: 1.5, any: 0, boolean: true, id: 'x' };
  it.each<[variables: Variables, expected: string]>([
    [{ a: true }, '{"int":1,"any":0,"boolean":true}'],
    [{ a: false }, '{"string":"s","any":0,"boolean":true}'],
    [{ a: true, b: true }, '{"int":1,"any":0,"boolean":true}'],
    [{ a: false, b: false }, '{"string":"s","boolean":true}'],
    [{ a: true, b: undefined }, '{"int":1,"any":0,"boolean":true}'],
  ])('%j', (variables, expected) => {
    expect(json(text, data, variables)).toBe(expected);
  });

  it('more combinations than are remembered', () => {
    const names = Array.from({ length: 7 }, (_, index) => `v${index}`);
    const shaper = shaperOf(
      `query (${names.map((name) => `$${name}: Boolean!`).join()}) { ${names.map((name) => `${name}: int @include(if: $${name})`).join(' ')} }`,
    );
    const values = Object.fromEntries(names.map((name, index) => [name, index]));
    for (let round = 0; round < 2; round++)
      for (let bits = 0; bits < 128; bits++) {
        const variables = Object.fromEntries(names.map((name, index) => [name, (bits & (1 << index)) > 0]));
        const expected = Object.fromEntries(Object.entries(values).filter(([name]) => variables[name]));
        expect(shaper.write(variables, { data: values, errors: [] }).json).toBe(JSON.stringify(expected));
      }
  });
});

describe('questions about the schema', () => {
  it('are answered beside the data, in their place', () => {
    const text =
      'query ($n: String!) { int t: __type(name: $n) { name ...K } __schema { queryType { name } } } fragment K on __Type { kind }';
    expect(json(text, { int: 1 }, { n: 'User' })).toBe(
      '{"int":1,"t":{"name":"User","kind":"OBJECT"},"__schema":{"queryType":{"name":"Query"}}}',
    );
    expect(json(text, { int: 1 }, { n: 'Ghost' })).toBe(
      '{"int":1,"t":null,"__schema":{"queryType":{"name":"Query"}}}',
    );
  });
  it('keep @include, and forget nothing of the variables', () => {
    const text = 'query ($d: Boolean = false) { __type(name: "User") { name @include(if: $d) kind } }';
    expect(json(text, {})).toBe('{"__type":{"kind":"OBJECT"}}');
    expect(json(text, {}, { d: true })).toBe('{"__type":{"name":"User","kind":"OBJECT"}}');
  });
});

it('an operation too large to be compiled is answered all the same', () => {
  const types = Array.from({ length: 60 }, (_, index) => `type T${index} implements N { id: ID n: N }`);
  const wide = buildSchema(`interface N { id: ID n: N } ${types.join('\n')} type Query { n: N }`);
  const depth = 40;
  const text = `${'{ n '.repeat(depth)}{ id }${' }'.repeat(depth)}`;
  let data: object = { __typename: 'T0', id: '1' };
  for (let level = 1; level < depth; level++) data = { __typename: `T${level}`, n: data };
  const shaper = shaperOf(text, wide);
  const answers = [1, 2, 3].map(() => shaper.write({}, { data: { n: data }, errors: [] }).json);
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toBe(`${'{"n":'.repeat(depth)}{"id":"1"}${'}'.repeat(depth)}`);
});
