import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isEnumType,
  type GraphQLLeafType,
} from 'graphql';
import type { LeafOf } from './plan.ts';

const textOf: LeafOf = (value) => (typeof value === 'string' ? value : undefined);
const isInt = (value: unknown): value is number => typeof value === 'number' && (value | 0) === value;

/** How the built-in types write what already has their form: as it is. */
const builtIn = new Map<GraphQLLeafType, LeafOf>([
  [GraphQLString, textOf],
  [GraphQLID, textOf],
  [GraphQLInt, (value) => (isInt(value) ? value : undefined)],
  [GraphQLFloat, (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined)],
  [GraphQLBoolean, (value) => (typeof value === 'boolean' ? value : undefined)],
]);

/** Names that stand for themselves. A type may write any of its values; what it writes is asked once. */
function enumLeafOf(type: GraphQLLeafType): LeafOf {
  const names = new Map<unknown, unknown>();
  if (isEnumType(type)) for (const { value } of type.getValues()) names.set(value, type.serialize(value));
  return (value) => (typeof value === 'string' ? names.get(value) : undefined);
}

/** Written without the type being asked; never for values that it might refuse or write otherwise. */
export function leafOfType(type: GraphQLLeafType): LeafOf | undefined {
  return builtIn.get(type) ?? (isEnumType(type) ? enumLeafOf(type) : undefined);
}
