import {
  defaultTypeResolver,
  GraphQLError,
  isObjectType,
  type GraphQLAbstractType,
  type GraphQLSchema,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import type { Complete, FieldSite, PlanObject } from './plan.ts';
import { completeObject, fill, infoOf, isPromise } from './run.ts';

/** The object type of a value, in the words of graphql-js when there is none. */
function objectTypeOf(
  schema: GraphQLSchema,
  type: GraphQLAbstractType,
  { parentType, name, nodes }: FieldSite,
  found: unknown,
  value: unknown,
) {
  const refuse = (text: string): GraphQLError => new GraphQLError(text, { nodes });
  const where = `for field "${parentType.name}.${name}"`;
  const must = `Abstract type "${type.name}" must resolve to an Object type at runtime ${where}`;
  if (found == null)
    throw refuse(
      `${must}. Either the "${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`,
    );
  if (typeof found !== 'string')
    throw new GraphQLError(`${must} with value ${inspect(value)}, received "${inspect(found)}".`);
  const object = schema.getType(found);
  const was = `Abstract type "${type.name}" was resolved to a`;
  if (!object) throw refuse(`${was} type "${found}" that does not exist inside the schema.`);
  if (!isObjectType(object)) throw refuse(`${was} non-object type "${found}".`);
  if (!schema.isSubType(type, object))
    throw refuse(`Runtime Object type "${object.name}" is not a possible type for "${type.name}".`);
  return object;
}

/** Fills in objects of an interface or union, each with what is asked of its own type. */
export function completeAbstract(
  type: GraphQLAbstractType,
  site: FieldSite,
  planObject: PlanObject,
): Complete {
  const known = new Map<string, Complete>();
  const completeAs = (run: Parameters<Complete>[0], found: unknown, value: unknown): Complete => {
    const before = typeof found === 'string' ? known.get(found) : undefined;
    if (before) return before;
    const object = objectTypeOf(run.schema, type, site, found, value);
    const complete = completeObject(planObject(object, site));
    known.set(object.name, complete);
    return complete;
  };
  return (run, value, place) => {
    const resolveType = type.resolveType ?? defaultTypeResolver;
    const found = resolveType(value, run.context, infoOf(run, site, place), type);
    if (!isPromise(found)) return completeAs(run, found, value)(run, value, place);
    const completeFound: Complete = (_, name) => completeAs(run, name, value)(run, value, place);
    return fill(run, found, site, completeFound, place);
  };
}
