import {
  buildASTSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { guardsOf, readMarks, type Need } from '#schema';

/** A supergraph with what its marks ask of a reader. */
export interface GuardedGraph {
  /** Of the supergraph: what clients see, and what only agencies see. */
  readonly schema: GraphQLSchema;
  /** Whether anything is marked at all, open or guarded. */
  readonly hasMarks: boolean;
  /** What a field of an object type asks: its own mark and those of the interfaces that promise it. */
  needsOf(type: GraphQLObjectType, fieldName: string): readonly Need[];
}

/** Reads schema and marks from a parsed supergraph. @throws Error for a mark with an unknown scope or level */
export function readGuardedGraph(supergraph: DocumentNode): GuardedGraph {
  const schema = buildASTSchema(supergraph, { assumeValid: true, assumeValidSDL: true });
  const marks = readMarks(supergraph);
  const guards = guardsOf(marks);
  const needsOf: GuardedGraph['needsOf'] = (type, fieldName) =>
    [type, ...type.getInterfaces()].flatMap(({ name }) => guards.get(`${name}.${fieldName}`) ?? []);
  return { schema, hasMarks: marks.size > 0, needsOf };
}

/** The object types whose values a type may have; none for scalars and enums. */
export function concreteTypesOf(
  schema: GraphQLSchema,
  type: GraphQLNamedType | null | undefined,
): readonly GraphQLObjectType[] {
  if (isObjectType(type)) return [type];
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [];
}

/** The definition of a field; `undefined` for meta-fields and fields that are not there. */
export function fieldOf(type: GraphQLNamedType | null | undefined, fieldName: string) {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined;
}
