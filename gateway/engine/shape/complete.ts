import {
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isAbstractType,
  isObjectType,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { AnswerField, AnswerFields } from './collect.ts';
import type { Path } from './faults.ts';
import { isGoodLeaf } from './leaf.ts';

export interface Completion {
  readonly schema: GraphQLSchema;
  /** Answers a field of the root that asks about the schema. */
  readonly introspect: (field: AnswerField) => unknown;
}

export interface Completed {
  readonly data: Readonly<Record<string, unknown>> | null;
  /** Where the merged data do not fit the schema, one place for each null that they caused. */
  readonly places: readonly Path[];
}

interface Walk extends Completion {
  readonly places: Path[];
  readonly path: (string | number)[];
}

type Values = Readonly<Record<string, unknown>>;

/** A null whose reason has been told. */
const failed = Symbol('null that is told of');
/** A null that its parent may not hold. */
const bubbling = Symbol('null that bubbles');

function fail(walk: Walk): typeof failed {
  walk.places.push([...walk.path]);
  return failed;
}

const ownOf = (values: Values, key: string): unknown =>
  Object.hasOwn(values, key) ? values[key] : undefined;

/** What the object is: what it says, when that is possible here, else what the schema says. `null`: impossible. */
function typeOf(walk: Walk, expected: GraphQLCompositeType, values: Values): GraphQLCompositeType | null {
  const name = ownOf(values, '__typename');
  if (!name || name === expected.name) return expected;
  const type = typeof name === 'string' ? walk.schema.getType(name) : undefined;
  const isPossible =
    isAbstractType(expected) && type && 'getInterfaces' in type && walk.schema.isSubType(expected, type);
  return isPossible ? type : null;
}

/** Of an object that only an interface is known of, another key may still tell. */
function completeTypeName(walk: Walk, type: GraphQLCompositeType, value: unknown): unknown {
  if (isObjectType(type)) return type.name;
  const told = typeof value === 'string' ? walk.schema.getType(value) : undefined;
  if (isObjectType(told)) return told.name;
  fail(walk);
  return bubbling;
}

function completeField(walk: Walk, type: GraphQLCompositeType, field: AnswerField, values: Values): unknown {
  if (field.name === '__typename') return completeTypeName(walk, type, ownOf(values, field.key));
  if (field.name === '__schema' || field.name === '__type') return walk.introspect(field);
  return complete(walk, field.type, field.below, ownOf(values, field.key));
}

function completeFields(
  walk: Walk,
  type: GraphQLCompositeType,
  below: AnswerFields,
  values: Values,
): unknown {
  const completed = Object.create(null) as Record<string, unknown>;
  for (const field of below.of(type)) {
    walk.path.push(field.key);
    const value = completeField(walk, type, field, values);
    walk.path.pop();
    if (value === bubbling) return failed;
    completed[field.key] = value === failed ? null : value;
  }
  return completed;
}

function completeObject(
  walk: Walk,
  expected: GraphQLCompositeType,
  below: AnswerFields,
  value: unknown,
): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail(walk);
  const type = typeOf(walk, expected, value as Values);
  return type ? completeFields(walk, type, below, value as Values) : fail(walk);
}

/** Every element is looked at, so that each place is told. */
function completeList(
  walk: Walk,
  type: GraphQLOutputType,
  below: AnswerFields | null,
  value: unknown,
): unknown {
  if (!Array.isArray(value)) return fail(walk);
  let isWhole = true;
  const items = (value as readonly unknown[]).map((item, index) => {
    walk.path.push(index);
    const completed = complete(walk, type, below, item);
    walk.path.pop();
    if (completed === bubbling) isWhole = false;
    return completed === failed ? null : completed;
  });
  return isWhole ? items : failed;
}

/** The value as it goes into the answer, {@link failed} or {@link bubbling}. */
function complete(walk: Walk, type: GraphQLOutputType, below: AnswerFields | null, value: unknown): unknown {
  if (isNonNullType(type)) {
    const completed = complete(walk, type.ofType, below, value);
    if (completed === null) fail(walk);
    return completed === null || completed === failed ? bubbling : completed;
  }
  if (value === null || value === undefined) return null;
  if (isListType(type)) return completeList(walk, type.ofType, below, value);
  if (isCompositeType(type) && below) return completeObject(walk, type, below, value);
  return isLeafType(type) && isGoodLeaf(type, value) ? value : fail(walk);
}

/**
 * The answer's data from the merged data: asked fields only, in the client's order, null where the schema asks for it
 * (GraphQL, section 6.4.4). Takes whatever agencies send. Leaves are shared with what was given.
 */
export function completeData(
  completion: Completion,
  root: GraphQLObjectType,
  fields: AnswerFields,
  data: Values,
): Completed {
  const walk: Walk = { ...completion, places: [], path: [] };
  const completed = completeFields(walk, root, fields, data);
  return { data: completed === failed ? null : (completed as Completed['data']), places: walk.places };
}
