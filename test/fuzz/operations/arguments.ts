import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedInputType,
} from 'graphql';
import type { Random } from '../random.ts';

/** Variables of one operation, as they are found to be needed. */
export interface Variables {
  readonly definitions: Map<string, string>;
  readonly values: Record<string, unknown>;
}

const words = ['', 'a', 'Nguyễn "Văn" A', '\\', 'x\ny', '$b', '😀', '}'];
const jsonTexts = ['{a: [1, {b: null}]}', '"text"', '[1, "2", 3.5, true]', '{}', 'false'];

/** A leaf both as JSON and as it is written in a document. */
function makeLeaf(type: GraphQLNamedInputType, random: Random): { json: unknown; text: string } {
  const asJson = (json: unknown) => ({ json, text: JSON.stringify(json) });
  if (isEnumType(type)) {
    const { name } = random.pick(type.getValues());
    return { json: name, text: name };
  }
  if (type.name === 'Int') return asJson(random.pick([0, 1, 2, 3, -1, 2147483647]));
  if (type.name === 'Float') return asJson(random.pick([0, 1.5, -2, 1e10]));
  if (type.name === 'Boolean') return asJson(random.chance(0.5));
  if (type.name === 'ID') return asJson(random.pick(['1', 'Product-1.id', 7, 'x"y']));
  if (type.name === 'String') return asJson(random.pick(words));
  if (type.name === 'Long') return asJson(random.pick([1, 2 ** 40, -5]));
  const json = random.pick([{ k: [1, null] }, 'text', [1, '2'], {}, 1.25]);
  return { json, text: random.pick(jsonTexts) };
}

const mayBeNull = 0.1;

/** A value as JSON, for a variable. */
function makeJson(type: GraphQLInputType, random: Random, depth: number): unknown {
  if (isNonNullType(type)) return makePresentJson(type.ofType, random, depth);
  return random.chance(mayBeNull) ? null : makePresentJson(type, random, depth);
}

function makePresentJson(type: GraphQLInputType, random: Random, depth: number): unknown {
  if (isNonNullType(type)) return makePresentJson(type.ofType, random, depth);
  if (isListType(type)) {
    if (random.chance(0.1)) return makePresentJson(type.ofType, random, depth);
    return Array.from({ length: random.below(3) }, () => makeJson(type.ofType, random, depth + 1));
  }
  if (!isInputObjectType(type)) return makeLeaf(type, random).json;
  const chosen = Object.values(type.getFields()).filter(
    (field) => isRequiredArgument(field as unknown as GraphQLArgument) || random.chance(0.5 - depth * 0.15),
  );
  return Object.fromEntries(chosen.map((field) => [field.name, makeJson(field.type, random, depth + 1)]));
}

/** Declares a variable of that type; its name. */
function declareVariable(type: GraphQLInputType, random: Random, variables: Variables): string {
  const same = [...variables.definitions].filter(([, written]) => written.split(' = ')[0] === String(type));
  const [known] = random.chance(0.4) && same.length > 0 ? random.pick(same) : [];
  if (known !== undefined) return known;
  const name = `v${variables.definitions.size}`;
  const isOptional = !isNonNullType(type);
  if (random.chance(0.3)) {
    const fallback = writeConstant(type, random);
    variables.definitions.set(name, `${isOptional ? type : random.pick([type, type.ofType])} = ${fallback}`);
    if (random.chance(0.6)) variables.values[name] = makePresentJson(type, random, 0);
    return name;
  }
  variables.definitions.set(name, String(type));
  if (isOptional && random.chance(0.2)) return name;
  variables.values[name] = makeJson(type, random, 0);
  return name;
}

interface Writing {
  readonly random: Random;
  /** `null`: constants only. */
  readonly variables: Variables | null;
  readonly depth: number;
}

function writePresent(type: GraphQLInputType, writing: Writing): string {
  const below = { ...writing, depth: writing.depth + 1 };
  const { random } = writing;
  if (isNonNullType(type)) return writePresent(type.ofType, writing);
  if (isListType(type)) {
    if (random.chance(0.1)) return writePresent(type.ofType, writing);
    const items = Array.from({ length: random.below(3) }, () => writeValue(type.ofType, below));
    return `[${items.join(', ')}]`;
  }
  if (!isInputObjectType(type)) return makeLeaf(type, random).text;
  const fields = Object.values(type.getFields())
    .filter(
      (field) =>
        isRequiredArgument(field as unknown as GraphQLArgument) || random.chance(0.5 - writing.depth * 0.15),
    )
    .map((field) => `${field.name}: ${writeValue(field.type, below)}`);
  return `{${fields.join(', ')}}`;
}

function writeValue(type: GraphQLInputType, writing: Writing): string {
  const { random, variables } = writing;
  if (variables && random.chance(0.35)) return `$${declareVariable(type, random, variables)}`;
  if (!isNonNullType(type) && random.chance(mayBeNull)) return 'null';
  return writePresent(type, writing);
}

const writeConstant = (type: GraphQLInputType, random: Random): string =>
  writePresent(type, { random, variables: null, depth: 0 });

/** The arguments of a field, in parentheses; empty when there are none. */
export function writeArguments(
  all: readonly GraphQLArgument[],
  random: Random,
  variables: Variables,
): string {
  const written = all
    .filter((each) => isRequiredArgument(each) || random.chance(0.6))
    .map((each) => `${each.name}: ${writeValue(each.type, { random, variables, depth: 0 })}`);
  return written.length > 0 ? `(${written.join(', ')})` : '';
}

/** `@skip` or `@include`, or both, or neither. */
export function writeConditions(random: Random, variables: Variables, share: number): string {
  const names = ['skip', 'include'].filter(() => random.chance(share));
  const conditions = names.map((name) => {
    if (random.chance(0.3)) return ` @${name}(if: ${random.chance(0.5)})`;
    const known = [...variables.definitions.keys()].filter((each) => each.startsWith('if'));
    if (known.length > 0 && random.chance(0.6)) return ` @${name}(if: $${random.pick(known)})`;
    const variable = `if${variables.definitions.size}`;
    const hasDefault = random.chance(0.3);
    variables.definitions.set(variable, hasDefault ? `Boolean! = ${random.chance(0.5)}` : 'Boolean!');
    if (!hasDefault || random.chance(0.5)) variables.values[variable] = random.chance(0.5);
    return ` @${name}(if: $${variable})`;
  });
  return conditions.join('');
}
