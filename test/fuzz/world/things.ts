import {
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { hashOf, isAmong } from '../random.ts';
import type { WorldFacts } from './facts.ts';
import { makeLeaf } from './leaves.ts';
import type { Weather } from './weather.ts';

/** An object of a world: all its values follow from who it is. */
export interface Thing {
  readonly __typename: string;
  readonly identity: string;
  /** What the gateway sent of it, when it is looked up. */
  readonly given?: Readonly<Record<string, unknown>>;
}

/** A value to be made: the seed says where it stands. */
export interface Wanted {
  readonly type: GraphQLOutputType;
  readonly seed: string;
  /** Part of a key: always there. */
  readonly isKey: boolean;
  readonly weather: Weather;
}

const entitiesPerType = 5;
const emptyShare = 0.12;

/** Makes the values of one subgraph; equal in every subgraph that can make them. */
export function createThings(schema: GraphQLSchema, facts: WorldFacts) {
  /** Who a thing of that type can be; an interface stands for its members. */
  const poolOf = (typeName: string): readonly string[] =>
    [...(facts.members.get(typeName) ?? [typeName])].flatMap((member) =>
      Array.from({ length: entitiesPerType }, (_, index) => `${member}-${index}`),
    );
  const makeThing = (typeName: string, seed: string): Thing => {
    if (!facts.entities.has(typeName)) return { __typename: typeName, identity: seed };
    const pool = poolOf(typeName);
    return { __typename: typeName, identity: pool[hashOf(seed) % pool.length] ?? typeName };
  };
  const makeValue = (wanted: Wanted): unknown => {
    const { seed, isKey, weather } = wanted;
    if (isNonNullType(wanted.type)) {
      if (!isKey && weather.isNullAt(seed)) return null;
      return makePresent({ ...wanted, type: wanted.type.ofType });
    }
    return !isKey && isAmong(`empty ${seed}`, emptyShare) ? null : makePresent(wanted);
  };
  const makePresent = (wanted: Wanted): unknown => {
    const { type, seed, isKey } = wanted;
    if (isListType(type))
      return Array.from({ length: hashOf(`length ${seed}`) % 4 }, (_, index) =>
        makeValue({ ...wanted, type: type.ofType, seed: `${seed}/${index}` }),
      );
    if (isNonNullType(type)) return makeValue(wanted);
    if (isLeafType(type)) return makeLeaf(type, seed, isKey);
    if (isObjectType(type)) return makeThing(type.name, seed);
    const names = schema
      .getPossibleTypes(type)
      .map(({ name }) => name)
      .sort();
    const name = names[hashOf(`type ${seed}`) % names.length];
    if (name === undefined)
      throw new Error(`${isInterfaceType(type) ? 'Interface' : 'Union'} without types.`);
    return makeThing(name, seed);
  };
  return { poolOf, makeValue };
}
