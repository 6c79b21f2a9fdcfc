import { isEnumType, isSpecifiedScalarType, type GraphQLLeafType } from 'graphql';

/** How a leaf's values are judged: by a built-in scalar's rule, as an enum's names, or not at all. */
export type LeafKind = 'Int' | 'Float' | 'String' | 'Boolean' | 'ID' | 'enum' | 'custom';

export function leafKindOf(type: GraphQLLeafType): LeafKind {
  if (isEnumType(type)) return 'enum';
  return isSpecifiedScalarType(type) ? (type.name as LeafKind) : 'custom';
}

/** What JSON writes without an exponent and without a fraction. */
export const isWholeNumber = (value: unknown): boolean =>
  Number.isInteger(value) && Math.abs(value as number) < 1e21;

const isWritable = (value: unknown): boolean => {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
};

/**
 * Whether an agency's value, which is not null, may stand in an answer as it is. Agencies have coerced it already, so a
 * whole number serves as ID, and nothing is changed here.
 */
export function isGoodLeaf(type: GraphQLLeafType, value: unknown): boolean {
  const kind = leafKindOf(type);
  if (kind === 'custom') return isWritable(value);
  if (kind === 'enum') return typeof value === 'string' && isEnumType(type) && !!type.getValue(value);
  if (kind === 'Boolean') return typeof value === 'boolean';
  if (kind === 'String') return typeof value === 'string';
  if (kind === 'Float') return Number.isFinite(value);
  return isWholeNumber(value) || (kind === 'ID' && typeof value === 'string');
}
