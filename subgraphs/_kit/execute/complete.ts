import {
  getNullableType,
  GraphQLError,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLLeafType,
  type GraphQLList,
  type GraphQLOutputType,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import { completeAbstract } from './abstract.ts';
import { fail, type Holder, type Place } from './execution.ts';
import type { Complete, FieldSite, PlanObject } from './plan.ts';
import { completeObject, fill } from './run.ts';

const missing = ({ parentType, name }: FieldSite): Error =>
  new Error(`Cannot return null for non-nullable field ${parentType.name}.${name}.`);

function completeLeaf(type: GraphQLLeafType): Complete {
  return (_, value, { holder, key }) => {
    const written = type.serialize(value);
    if (written == null)
      throw new Error(
        `Expected \`${inspect(type)}.serialize(${inspect(value)})\` to return non-nullable value, returned: ${inspect(written)}`,
      );
    holder[key] = written;
    return true;
  };
}

function completeList(
  type: GraphQLList<GraphQLOutputType>,
  site: FieldSite,
  planObject: PlanObject,
): Complete {
  const completeItem = completerOf(type.ofType, site, planObject);
  const isNullable = !isNonNullType(type.ofType);
  const placeOf = (holder: Holder, key: number, prev: Place): Place => ({
    prev,
    key,
    typename: undefined,
    holder,
    isNullable,
    isNulled: false,
  });
  return (run, value, place) => {
    const { parentType, name } = site;
    if (typeof value !== 'object' || typeof (value as Iterable<unknown>)[Symbol.iterator] !== 'function')
      throw new GraphQLError(
        `Expected Iterable, but did not find one for field "${parentType.name}.${name}".`,
      );
    const items = Array.isArray(value) ? value : Array.from(value as Iterable<unknown>);
    const list = new Array<unknown>(items.length);
    place.holder[place.key] = list;
    for (let index = 0; index < items.length; index += 1) {
      const itemPlace = placeOf(list as unknown as Holder, index, place);
      if (!fill(run, items[index], site, completeItem, itemPlace)) return place.isNullable;
    }
    return true;
  };
}

function completePresent(type: GraphQLOutputType, site: FieldSite, planObject: PlanObject): Complete {
  if (isLeafType(type)) return completeLeaf(type);
  if (isListType(type)) return completeList(type, site, planObject);
  if (isObjectType(type)) {
    let complete: Complete | undefined;
    return (run, value, place) => (complete ??= completeObject(planObject(type, site)))(run, value, place);
  }
  if (isAbstractType(type)) return completeAbstract(type, site, planObject);
  throw new TypeError('Every output type is a leaf, a list, an object or abstract.');
}

/** How values of a type are put in their places, `null` and errors included. */
export function completerOf(type: GraphQLOutputType, site: FieldSite, planObject: PlanObject): Complete {
  const complete = completePresent(getNullableType(type) as GraphQLOutputType, site, planObject);
  const isNullable = !isNonNullType(type);
  return (run, value, place) => {
    if (value instanceof Error) throw value;
    if (value != null) return complete(run, value, place);
    if (!isNullable) return fail(run, missing(site), site.nodes, place);
    place.holder[place.key] = null;
    return true;
  };
}
