import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { Draw } from './random-graph.ts';

const pick = <T>(draw: Draw, items: readonly T[]): T => items[draw(items.length)] as T;
const chance = (draw: Draw, percent: number): boolean => draw(100) < percent;

/** Composite types that a value of the type may also be of. */
function related(schema: GraphQLSchema, type: GraphQLCompositeType): readonly GraphQLCompositeType[] {
  const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  const all = Object.values(schema.getTypeMap()).filter(
    (each) => isCompositeType(each) && !each.name.startsWith('__') && each.name !== 'Query',
  ) as GraphQLCompositeType[];
  return all.filter((each) => {
    const types = isAbstractType(each) ? schema.getPossibleTypes(each) : [each];
    return types.some((one) => possible.includes(one as never));
  });
}

const condition = (draw: Draw): string =>
  chance(draw, 85)
    ? ''
    : ` @${pick(draw, ['skip', 'include'])}(if: ${pick(draw, ['$a', '$b', 'true', 'false'])})`;

/** An alias belongs to one field of one type, so that selections can always be merged. */
const aliasOf = (draw: Draw, type: string, field: string): string =>
  chance(draw, 80) ? '' : `${type}_${field}: `;

function selectField(draw: Draw, schema: GraphQLSchema, type: GraphQLCompositeType, depth: number): string {
  if (!('getFields' in type) || chance(draw, 10)) return chance(draw, 70) ? '__typename' : 'kind: __typename';
  const field = pick(draw, Object.values(type.getFields()));
  const below = getNamedType(field.type);
  const owner = /^[ij]/.test(field.name) ? 'shared' : type.name;
  const head = `${aliasOf(draw, owner, field.name)}${field.name}${condition(draw)}`;
  return isCompositeType(below) ? `${head} ${select(draw, schema, below, depth - 1)}` : head;
}

function selectFragment(
  draw: Draw,
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  depth: number,
): string {
  const other = pick(draw, [type, ...related(schema, type)]);
  const on = other === type && chance(draw, 30) ? '' : ` on ${other.name}`;
  return `...${on}${condition(draw)} ${select(draw, schema, other, depth - 1)}`;
}

function select(draw: Draw, schema: GraphQLSchema, type: GraphQLCompositeType, depth: number): string {
  if (depth <= 0) return '{ __typename }';
  const count = 1 + draw(4);
  const selections = Array.from({ length: count }, () =>
    chance(draw, 25) && type.name !== 'Query'
      ? selectFragment(draw, schema, type, depth)
      : selectField(draw, schema, type, depth),
  );
  return `{ ${selections.join(' ')} }`;
}

/** The text of an operation; not every one is valid. */
export function drawOperation(draw: Draw, schema: GraphQLSchema): string {
  const query = schema.getQueryType();
  if (!query) throw new Error('There is no query type.');
  return `query ($a: Boolean!, $b: Boolean = true) ${select(draw, schema, query, 4)}`;
}

export interface Faults {
  /** Chance of null for each value, in percent. */
  readonly nulls: number;
  /** Chance of a value that does not fit, in percent. */
  readonly misfits: number;
}

const samples: Readonly<Record<string, readonly unknown[]>> = {
  Int: [0, -1, 7, 2147483647],
  Float: [0, 1.5, -2.25e-7, 1e21, 3],
  String: ['', 'a', 'Nguyễn "Văn" A\n', '\u2028\ud800', 'x'.repeat(60), '\\'],
  Boolean: [true, false],
  ID: ['1', 'abc'],
  Colour: ['RED', 'GREEN'],
  Anything: [1, 'text', { b: [1, null], a: '"' }, [], true],
};
const misfits: readonly unknown[] = [1, 12, 'BLUE', true, 1.5, Number.NaN];

function drawLeaf(draw: Draw, name: string, faults: Faults): unknown {
  return chance(draw, faults.misfits) ? pick(draw, misfits) : pick(draw, samples[name] ?? []);
}

function drawNullable(
  draw: Draw,
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  depth: number,
  faults: Faults,
): unknown {
  if (isListType(type))
    return Array.from({ length: draw(3) }, () => drawValue(draw, schema, type.ofType, depth - 1, faults));
  if (isNonNullType(type) || !isCompositeType(type)) return drawLeaf(draw, String(type), faults);
  const concrete = isObjectType(type) ? type : pick(draw, schema.getPossibleTypes(type));
  return drawObject(draw, schema, concrete, depth, faults);
}

function drawValue(
  draw: Draw,
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  depth: number,
  faults: Faults,
): unknown {
  if (chance(draw, faults.nulls) || depth <= 0) return null;
  return drawNullable(draw, schema, isNonNullType(type) ? type.ofType : type, depth, faults);
}

/** Every field of the type, under its name and under each key that an operation may ask for it by. */
export function drawObject(
  draw: Draw,
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  depth: number,
  faults: Faults,
): Record<string, unknown> {
  const object: Record<string, unknown> = type.name === 'Query' ? {} : { __typename: type.name };
  if (!('getFields' in type)) return object;
  for (const field of Object.values(type.getFields())) {
    const value = drawValue(draw, schema, field.type, depth - 1, faults);
    const owner = /^[ij]/.test(field.name) ? 'shared' : type.name;
    object[field.name] = value;
    object[`${owner}_${field.name}`] = value;
  }
  return object;
}
