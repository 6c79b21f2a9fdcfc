import type { FieldNode, GraphQLField, GraphQLObjectType } from 'graphql';
import type { Execution, Place } from './execution.ts';

/** Puts a value that is there in its place. `false`: it could not be `null` and was, so what holds it is gone. */
export type Complete = (run: Execution, value: unknown, place: Place) => boolean;

/** Arguments as the resolver gets them, an object of its own each time. */
export type ReadArguments = (run: Execution) => Record<string, unknown>;

/** The written form of a value that is as stored values usually are; `undefined` for any other. */
export type LeafOf = (value: unknown) => unknown;

/** One field of one object type, as the operation asks for it. */
export interface FieldSite {
  readonly key: string;
  readonly name: string;
  readonly nodes: readonly FieldNode[];
  readonly parentType: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly readArguments: ReadArguments;
  readonly isNullable: boolean;
}

/** A field with how its values are put in their places. */
export interface FieldPlan extends FieldSite {
  readonly complete: Complete;
  /** The short way of a leaf that is a property; everything else goes by `complete`. */
  readonly leafOf: LeafOf | undefined;
}

/** What is asked below a field of an object type, found out once. */
export type PlanObject = (type: GraphQLObjectType, site: FieldSite) => ObjectPlan;

/** What is asked of one object type. */
export interface ObjectPlan {
  readonly type: GraphQLObjectType;
  /** The object as it begins: every response key in its order, `__typename` filled in. */
  readonly blank: Readonly<Record<string, unknown>>;
  readonly fields: readonly FieldPlan[];
}
