import { isEnumType, type GraphQLEnumType, type GraphQLScalarType } from 'graphql';
import { hashOf } from '../random.ts';

/** What JSON writes in a way of its own. */
const spices = ['', 'é', '"q"', '\\', '\n\t', 'Nguyễn', '😀', '\u2028', '\u0000', '</x>', '$&', '__proto__'];

const numbers = [0, -1, 7, 2147483647, -2147483648];
const fractions = [0.5, -3.25, 1e21, 1e-7, 4, 0];

const pick = <T>(list: readonly T[], hash: number): T => list[hash % list.length] as T;

/** A value of a custom scalar: any JSON. A new one at each call. */
function makeJson(seed: string): unknown {
  const hash = hashOf(seed);
  const made: readonly (() => unknown)[] = [
    () => `~${hash}`,
    () => hash,
    () => ({ b: [1, { c: null }], a: `~${hash}`, __typename: 'Nobody' }),
    () => [[], [`~${hash}`, null]],
    () => JSON.parse('{"__proto__":{"isPolluted":true},"constructor":1,"0":"first"}') as unknown,
    () => hash % 2 === 0,
  ];
  return pick(made, hash)();
}

/** Strings and numbers that tell where they come from; those of keys are plain and never equal. */
export function makeLeaf(type: GraphQLScalarType | GraphQLEnumType, seed: string, isKey: boolean): unknown {
  const hash = hashOf(seed);
  if (isEnumType(type)) return pick(type.getValues(), hash).value;
  if (type.name === 'Int') return isKey ? hash & 0xfffffff : pick([hash & 0xffff, ...numbers], hash >>> 8);
  if (type.name === 'Float') return isKey ? hash : pick([hash / 7, ...fractions], hash >>> 8);
  if (type.name === 'Boolean') return hash % 2 === 0;
  if (isKey || type.name === 'ID') return seed;
  if (type.name === 'String') return `~${pick(spices, hash >>> 8)}${hash.toString(36)}`;
  if (type.name === 'DateTime') return `2025-01-${String((hash % 28) + 1).padStart(2, '0')}T00:00:00Z`;
  return makeJson(seed);
}
