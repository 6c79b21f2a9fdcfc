import {
  executeSync,
  getArgumentValues,
  isObjectType,
  Kind,
  parse,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import type { Operation } from '../operations/operation.ts';
import type { WorldFacts } from './facts.ts';
import type { Subgraph } from './subgraph.ts';
import type { Thing } from './things.ts';
import type { Weather } from './weather.ts';

export interface TruthOptions {
  readonly api: GraphQLSchema;
  readonly subgraphs: readonly Subgraph[];
  readonly facts: WorldFacts;
  readonly calm: Weather;
}

/** What is true of an operation. */
export interface Truth {
  /** `data`, as it is sent, when all is well. */
  readonly data: string | undefined;
  /** Mutation fields in the order in which they are to be executed. */
  readonly effects: readonly string[];
}

interface Owner {
  readonly subgraph: Subgraph;
  /** The type under which the subgraph knows the thing. */
  readonly typeName: string;
}

const isThing = (value: unknown): value is Thing =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'identity');

/** Who has the field: the subgraph of the type itself, or one that stands for an interface of it. */
function findOwner({ subgraphs, facts }: TruthOptions, typeName: string, field: string): Owner {
  const parents = [...facts.members].filter(([, members]) => members.has(typeName)).map(([parent]) => parent);
  for (const name of [typeName, ...parents])
    for (const subgraph of subgraphs) {
      const type = subgraph.schema.getType(name);
      const hasField = isObjectType(type) && Object.hasOwn(type.getFields(), field);
      if (hasField && facts.isOwned(subgraph.name, name, field)) return { subgraph, typeName: name };
    }
  throw new Error(`Nobody has ${typeName}.${field}.`);
}

function createReader(options: TruthOptions) {
  const { facts, calm } = options;
  /** Subgraphs that stand for an interface do not know what a thing is; who it is tells. */
  const settle = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(settle);
    if (!isThing(value) || !facts.members.has(value.__typename)) return value;
    return { ...value, __typename: value.identity.slice(0, value.identity.lastIndexOf('-')) };
  };
  const gather = (value: unknown, set: SelectionSetNode): unknown => {
    if (Array.isArray(value)) return value.map((each) => gather(each, set));
    if (!isThing(value)) return value;
    const parts = set.selections.flatMap((each): (readonly [string, unknown])[] => {
      if (each.kind !== Kind.FIELD) return [];
      const { subgraph, typeName } = findOwner(options, value.__typename, each.name.value);
      const type = subgraph.schema.getType(typeName);
      const field = isObjectType(type) ? type.getFields()[each.name.value] : undefined;
      const own = read(value, value.__typename, each.name.value, field ? getArgumentValues(field, each) : {});
      return [[each.name.value, each.selectionSet ? gather(own, each.selectionSet) : own]];
    });
    return Object.fromEntries(parts);
  };
  const read = (
    parent: Thing | undefined,
    parentType: string,
    field: string,
    args: Readonly<Record<string, unknown>>,
  ): unknown => {
    const { subgraph, typeName } = findOwner(options, parentType, field);
    const type = subgraph.schema.getType(typeName);
    const returnType = isObjectType(type) ? type.getFields()[field]?.type : undefined;
    if (!returnType) throw new Error(`No type for ${typeName}.${field}.`);
    const isRoot = parent?.identity === undefined || parentType === 'Query';
    const required = facts.requiredBy(subgraph.name, typeName, field);
    const given = required && parent ? JSON.stringify(gather(parent, required)) : '';
    const argued = Object.keys(args).length > 0 ? `(${JSON.stringify(args)})` : '';
    const seed = `${isRoot ? parentType : parent.identity}.${field}${argued}${given}`;
    const isKey = facts.keyFields.has(`${typeName}.${field}`);
    return settle(subgraph.things.makeValue({ type: returnType, seed, isKey, weather: calm }));
  };
  return read;
}

/**
 * Answers operations without any federation: graphql-js runs them over the API schema, and every value follows from who a
 * thing is. So it is known who is right when gateways differ.
 */
export function createTruth(options: TruthOptions): (operation: Operation) => Truth {
  const read = createReader(options);
  const mutation = options.api.getMutationType();
  const fieldResolver: GraphQLFieldResolver<Thing | undefined, string[]> = (parent, args, effects, info) => {
    if (info.parentType === mutation) effects.push(`${info.fieldName}(${JSON.stringify(args)})`);
    return read(parent, info.parentType.name, info.fieldName, args);
  };
  return ({ text, variables, operationName }) => {
    const effects: string[] = [];
    const { data } = executeSync({
      schema: options.api,
      document: parse(text, { noLocation: true }),
      contextValue: effects,
      variableValues: { ...variables },
      operationName: operationName ?? null,
      fieldResolver,
      typeResolver: (thing: Thing) => thing.__typename,
    });
    return { data: data === undefined ? undefined : JSON.stringify(data), effects };
  };
}
