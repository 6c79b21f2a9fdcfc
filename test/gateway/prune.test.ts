import fc from 'fast-check';
import {
  buildSchema,
  executeSync,
  GraphQLError,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  parse,
  print,
  specifiedRules,
  validate,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLOutputType,
  getNamedType,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { describeRefusal } from '#schema';
import type { EarlyRefusals } from '../../gateway/engine/guarded-fields.ts';
import { selectOperation } from '../../gateway/engine/operation.ts';
import { prune } from '../../gateway/engine/prune.ts';
import { refusalError, restore } from '../../gateway/engine/restore.ts';

const schema = buildSchema(`
  type Query { person: Person people: [Person] me: Citizen strict: [Citizen!]! things: [Thing!] open: String }
  type Mutation { one: Citizen two: Citizen three: String }
  interface Person { id: ID! name: String friend: Person }
  type Citizen implements Person {
    id: ID! name: String friend: Person residence: Home vehicles: [Car!]! grid: [[Car]] secret: String! partner: Citizen!
  }
  type Officer implements Person { id: ID! name: String friend: Person badge: String }
  type Home { line: String owner: Citizen }
  type Car { id: ID! plate: String keeper: Citizen }
  union Thing = Citizen | Car
`);

/** The same number for the same text, whoever asks. */
function hashOf(text: string): number {
  let hash = 2166136261;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 16777619);
  return hash >>> 0;
}

const pathOf = (path: Parameters<GraphQLFieldResolver<unknown, unknown>>[3]['path']): (string | number)[] =>
  path.prev ? [...pathOf(path.prev), path.key] : [path.key];

function makeUp(type: GraphQLOutputType, at: string): unknown {
  if (isNonNullType(type))
    return makeUp(type.ofType, at) ?? makeUp(type.ofType, `${at}!`) ?? fallback(type.ofType, at);
  const hash = hashOf(at);
  if (hash % 7 === 0) return null;
  if (isListType(type))
    return Array.from({ length: hash % 3 }, (_, index) => makeUp(type.ofType, `${at}/${index}`));
  return fallback(type, at);
}

function fallback(type: GraphQLOutputType, at: string): unknown {
  if (isListType(type)) return [];
  if (isScalarType(type)) return `value ${hashOf(at)}`;
  const named = getNamedType(type);
  if (isObjectType(named)) return { __typename: named.name };
  const possible = schema.getPossibleTypes(named as Parameters<typeof schema.getPossibleTypes>[0]);
  return { __typename: possible[hashOf(at) % possible.length]?.name };
}

type Refused = ReadonlySet<string>;

/** Values made up from their place in the answer; some fail; the refused ones answer what the gateway would say. */
function run(text: string, variables: Record<string, unknown>, refused: Refused, failing: boolean) {
  const asked = new Set<string>();
  const fieldResolver: GraphQLFieldResolver<unknown, unknown> = (_, __, ___, info) => {
    const at = pathOf(info.path).join('.');
    const coordinate = `${info.parentType.name}.${info.fieldName}`;
    asked.add(coordinate);
    if (refused.has(coordinate)) throw new GraphQLError(`refused ${coordinate}`);
    if (failing && hashOf(`fails ${at}`) % 11 === 0 && !isNonNullType(info.returnType))
      throw new GraphQLError('failed');
    return makeUp(info.returnType, at);
  };
  const typeResolver = (value: unknown) => (value as { __typename: string }).__typename;
  const answer = executeSync({
    schema,
    document: parse(text),
    variableValues: variables,
    fieldResolver,
    typeResolver,
  });
  return { answer, asked };
}

const reasonOf = { reason: 'FIELD_NOT_IN_PURPOSE', scope: 'ANY' } as const;
const toRefusals = (refused: Refused): EarlyRefusals =>
  new Map([...refused].map((coordinate) => [coordinate, reasonOf]));

/** Prunes, runs what is left without any refusal, and restores. */
function runPruned(text: string, variables: Record<string, unknown>, refused: Refused, failing = false) {
  const selected = selectOperation(parse(text), undefined);
  if (!selected) throw new Error('No operation.');
  const pruned = prune(schema, selected, refused);
  const left = print(pruned.document);
  const partial = pruned.isEmpty
    ? { answer: { data: {} }, asked: new Set<string>() }
    : run(left, variables, new Set(), failing);
  const { schema: _, ...rest } = { schema, selected, variables: withDefaults(variables) };
  const restoration = { schema, ...rest, refusals: toRefusals(refused), typeKey: pruned.typeKey };
  const data = (partial.answer.data ?? null) as Record<string, unknown> | null;
  const restored = restore(restoration, data);
  return { left, pruned, asked: partial.asked, restored, errors: partial.answer.errors ?? [] };
}

const withDefaults = (variables: Record<string, unknown>) => ({ yes: true, no: false, ...variables });

const header = 'query Q($given: Boolean!, $yes: Boolean! = true, $no: Boolean! = false)';
const conditions = [
  '',
  '',
  '',
  '@skip(if: $given)',
  '@include(if: $given)',
  '@skip(if: $no)',
  '@include(if: $no)',
];
const more = ['@include(if: false)', '@skip(if: true)', '@include(if: $yes) @skip(if: $given)'];

/** A number below `count`. */
type Draw = (count: number) => number;

function drawFrom(seed: number): Draw {
  let step = 0;
  return (count) => hashOf(`${seed}/${(step += 1)}`) % count;
}
const pick = <T>(draw: Draw, items: readonly T[]): T => items[draw(items.length)] as T;

function overlapping(type: GraphQLNamedType): readonly string[] {
  if (type.name === 'Person') return ['Person', 'Citizen', 'Officer', 'Thing'];
  if (type.name === 'Thing') return ['Thing', 'Citizen', 'Car', 'Person'];
  if (type.name === 'Citizen') return ['Citizen', 'Person', 'Thing'];
  return [type.name];
}

const fragmentTypes = ['Person', 'Citizen', 'Thing'] as const;

/** A selection set in text: fields, aliases, directives, inline fragments, spreads of later fragments. */
function drawSet(draw: Draw, typeName: string, depth: number, firstFragment: number): string {
  const type = schema.getType(typeName);
  if (!type) throw new Error(typeName);
  const fields = 'getFields' in type ? Object.values((type as { getFields(): object }).getFields()) : [];
  const selections = Array.from({ length: 1 + draw(4) }, () => {
    const directive = pick(draw, [...conditions, ...more]);
    const kind = draw(10);
    const spreadable = fragmentTypes
      .map((name, index) => ({ name, index }))
      .filter(({ name, index }) => index >= firstFragment && overlapping(type).includes(name));
    if (kind === 0 && spreadable.length > 0) return `...F${pick(draw, spreadable).index} ${directive}`;
    if (kind <= 2 && depth > 0) {
      const on = pick(draw, overlapping(type));
      return `... on ${on} ${directive} { ${drawSet(draw, on, depth - 1, firstFragment)} }`;
    }
    if (kind === 3 || fields.length === 0)
      return pick(draw, ['__typename', 'kind: __typename']) + ` ${directive}`;
    const usable = fields.filter(
      (field: { type: GraphQLOutputType }) => depth > 0 || isScalarType(getNamedType(field.type)),
    ) as { name: string; type: GraphQLOutputType }[];
    if (usable.length === 0) return '__typename';
    const field = pick(draw, usable);
    const alias = pick(draw, ['', '', `a_${field.name}: `, `__proto__${field.name}: `]);
    const below = isScalarType(getNamedType(field.type))
      ? ''
      : `{ ${drawSet(draw, getNamedType(field.type).name, depth - 1, firstFragment)} }`;
    return `${alias}${field.name} ${directive} ${below}`;
  });
  return selections.join('\n');
}

function drawDocument(draw: Draw): string {
  const fragments = fragmentTypes.map(
    (name, index) => `fragment F${index} on ${name} { ${drawSet(draw, name, 2, index + 1)} }`,
  );
  const schemaField = pick(draw, ['', '', '__schema { queryType { ...N } }']);
  const named = schemaField ? 'fragment N on __Type { name }' : '';
  return `${header} { ${drawSet(draw, 'Query', 4, 0)} ${schemaField} }\n${fragments.join('\n')}\n${named}`;
}

const lenient = specifiedRules.filter(({ name }) => !/^NoUnused/.test(name));
const isValid = (text: string): boolean => validate(schema, parse(text), lenient).length === 0;

function coordinates(accepts: (type: GraphQLOutputType) => boolean): string[] {
  return ['Query', 'Citizen', 'Officer', 'Home', 'Car'].flatMap((name) => {
    const type = schema.getType(name);
    if (!isObjectType(type)) return [];
    return Object.values(type.getFields()).flatMap((field) =>
      accepts(field.type) ? [`${name}.${field.name}`] : [],
    );
  });
}
const nullable = coordinates((type) => !isNonNullType(type));
const every = coordinates(() => true);

const errorTexts = (
  errors: readonly { message: string; path?: readonly unknown[] | undefined }[],
): string[] => errors.map(({ message, path }) => `${(path ?? []).join('.')}: ${message}`).sort();

function refusalTexts(
  { restored, errors }: ReturnType<typeof runPruned>,
  coordinateOf: (text: string) => string,
): string[] {
  const told = restored.refused.map(refusalError);
  for (const error of told)
    expect(error.message).toBe(describeRefusal('FIELD_NOT_IN_PURPOSE', 'ANY').message);
  return [...errorTexts(errors), ...told.map(({ path }) => coordinateOf((path ?? []).join('.')))].sort();
}

const runs = { numRuns: 150, seed: 20_261_101, endOnFailure: true } as const;
const seeds = fc.integer({ min: 0 });

describe('prune and restore against the whole operation, the refused resolvers answering errors', () => {
  test('same data, same errors, nobody refused is asked', () => {
    let pruned = 0;
    fc.assert(
      fc.property(seeds, fc.boolean(), fc.subarray(nullable), (seed, given, coordinates) => {
        const text = drawDocument(drawFrom(seed));
        fc.pre(isValid(text));
        const refused = new Set(coordinates);
        const whole = run(text, { given }, refused, true);
        const result = runPruned(text, { given }, refused, true);
        expect(result.pruned.isEmpty || isValid(result.left)).toBe(true);
        expect(JSON.stringify(result.restored.data)).toBe(JSON.stringify(whole.answer.data));
        const expected = errorTexts(whole.answer.errors ?? []).map((each) =>
          each.replace(/: refused .*/, ': refused'),
        );
        expect(refusalTexts(result, (path) => `${path}: refused`)).toEqual(expected.sort());
        for (const coordinate of result.asked) expect(refused.has(coordinate)).toBe(false);
        pruned += result.restored.refused.length > 0 ? 1 : 0;
      }),
      runs,
    );
    expect(pruned).toBeGreaterThan(20);
  });

  test('a refused field that may not be null takes its parents with it', () => {
    fc.assert(
      fc.property(seeds, fc.boolean(), fc.subarray(every), (seed, given, coordinates) => {
        const text = drawDocument(drawFrom(seed));
        fc.pre(isValid(text));
        const refused = new Set(coordinates);
        const whole = run(text, { given }, refused, false);
        const result = runPruned(text, { given }, refused);
        expect(JSON.stringify(result.restored.data)).toBe(JSON.stringify(whole.answer.data));
        expect(result.restored.refused.map(({ path }) => path.join('.'))).toEqual(
          (whole.answer.errors ?? []).map(({ path }) => (path ?? []).join('.')),
        );
      }),
      runs,
    );
  });
});

const leftOf = (text: string, ...refused: string[]): string =>
  runPruned(text, { given: true }, new Set(refused)).left.replaceAll(/\s+/g, ' ').trim();

describe('what is left', () => {
  test.each([
    ['a field', '{ me { name residence { line } } }', ['Citizen.residence'], '{ me { name } }'],
    ['an alias', '{ me { name r: residence { line } } }', ['Citizen.residence'], '{ me { name } }'],
    [
      'all of an object: it is still asked whether it is there',
      '{ me { name } }',
      ['Citizen.name'],
      '{ me { typeOfObject: __typename } }',
    ],
    ['a root field, another stays', '{ me { name } open }', ['Query.me'], '{ open }'],
    [
      'a fragment that has nothing left, with the variable that only it used',
      'query Q($no: Boolean!) { open ...A } fragment A on Query { me @skip(if: $no) { name } }',
      ['Query.me'],
      'query Q { open }',
    ],
    [
      'the fragment below a refused field',
      'query Q($no: Boolean!) { me { name residence { ...H } } } fragment H on Home { line @skip(if: $no) }',
      ['Citizen.residence'],
      'query Q { me { name } }',
    ],
    [
      'a field that one possible type refuses',
      '{ person { name } }',
      ['Citizen.name'],
      '{ person { typeOfObject: __typename ... on Officer { name } } }',
    ],
    [
      'another operation of the document and its fragments are not asked for',
      'query Q { open me { name } } fragment A on Citizen { name }',
      ['Query.me'],
      'query Q { open }',
    ],
    [
      'mutations, the others in their order',
      'mutation { three one { name } again: three two { name } }',
      ['Mutation.one'],
      'mutation { three again: three two { name } }',
    ],
  ])('without %s', (_, text, refused, left) => {
    expect(leftOf(text, ...refused)).toBe(left);
  });

  test('the key for types is one that the operation does not use', () => {
    const text = '{ person { typeOfObject: name ... on Citizen { typeOfObject_: name } } }';
    expect(leftOf(text, 'Officer.name')).toContain('typeOfObject__: __typename');
  });

  test('of several operations the named one', () => {
    const document = parse(
      'query A { me { name } } query B { open me { ...F } } fragment F on Citizen { residence { line } }',
    );
    const selected = selectOperation(document, 'B');
    expect(selected && print(prune(schema, selected, new Set(['Citizen.residence'])).document)).toMatch(
      /^query B \{\s+open\s+me \{\s+typeOfObject: __typename\s+\}\s+\}$/,
    );
    expect(selectOperation(document, undefined)).toBeNull();
  });

  test('work grows with the text, not with what its fragments stand for', () => {
    const count = 60;
    const spreads = Array.from(
      { length: count },
      (_, index) =>
        `fragment F${index} on Citizen { ${index === count - 1 ? 'name' : `...F${index + 1} ...F${index + 1}`} }`,
    );
    const result = runPruned(`{ open me { ...F0 } }\n${spreads.join('\n')}`, {}, new Set(['Citizen.name']));
    expect(result.left.replaceAll(/\s+/g, ' ')).toBe('{ open me { typeOfObject: __typename } }');
  });
});

describe('what comes back', () => {
  test('a field that is skipped is not refused', () => {
    const text = 'query Q($given: Boolean!) { me { name residence @skip(if: $given) { line } } }';
    const refused = new Set(['Citizen.residence']);
    expect(runPruned(text, { given: true }, refused).restored.refused).toEqual([]);
    expect(runPruned(text, { given: false }, refused).restored.refused).toHaveLength(1);
  });

  test.each([
    ['an object', '{ me { name secret } open }', '{"me":null,"open":1}'],
    [
      'a list whose items may not be null',
      '{ things { __typename ... on Citizen { secret } } open }',
      '{"things":null,"open":1}',
    ],
    [
      'a list whose items may',
      '{ people { name ... on Citizen { secret } } open }',
      '{"people":[null,{"name":"C"}],"open":1}',
    ],
    ['everything', '{ strict { secret } open }', 'null'],
  ])('null where it may not be takes %s with it', (_, text, told) => {
    const selected = selectOperation(parse(text), undefined);
    if (!selected) throw new Error('No operation.');
    const refusals = toRefusals(new Set(['Citizen.secret']));
    const restoration = { schema, selected, variables: {}, refusals, typeKey: 't' };
    const of = { t: 'Citizen', __typename: 'Citizen', name: 'A' };
    const other = { t: 'Officer', name: 'C' };
    const { data, refused } = restore(restoration, {
      me: of,
      things: [of],
      people: [of, other],
      strict: [of],
      open: 1,
    });
    expect(JSON.stringify(data)).toBe(told);
    expect(refused).toHaveLength(1);
  });

  test('a field selected twice is refused once', () => {
    const text = '{ me { residence { line } ...A } } fragment A on Citizen { residence { owner { id } } }';
    const { restored } = runPruned(text, {}, new Set(['Citizen.residence']));
    expect(restored.data).toEqual({ me: { residence: null } });
    expect(restored.refused.map(({ path }) => path)).toEqual([['me', 'residence']]);
  });

  test('reserved names are names like others', () => {
    const text = '{ constructor: open __proto__: me { name } }';
    const { restored } = runPruned(text, {}, new Set(['Query.me']));
    expect(JSON.stringify(restored.data)).toMatch(/^\{"constructor":"value \d+","__proto__":null\}$/);
  });
});
