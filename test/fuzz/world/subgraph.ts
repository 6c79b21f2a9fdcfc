import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  getNamedType,
  GraphQLError,
  isCompositeType,
  isInterfaceType,
  Kind,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import type { AgencyAnswer } from '../../../gateway/agency-source.ts';
import { isAmong } from '../random.ts';
import type { SubgraphText, WorldFacts } from './facts.ts';
import { createThings, type Thing } from './things.ts';
import type { Weather } from './weather.ts';

/** One execution of one operation. */
export interface Run {
  readonly weather: Weather;
  /** Mutation fields as they were executed, in order. */
  readonly effects: string[];
  /** Whether fetches are held against the schema of the subgraph. */
  readonly isChecked: boolean;
  /** Calls, by subgraph. */
  readonly calls: Map<string, number>;
}

export interface SubgraphFetch {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
}

/** An executable subgraph. */
export interface Subgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly things: ReturnType<typeof createThings>;
  /** Rejects as a subgraph does that cannot be reached. */
  ask(fetch: SubgraphFetch, run: Run): Promise<AgencyAnswer>;
}

type Values = Readonly<Record<string, unknown>>;
const isValues = (value: unknown): value is Values => typeof value === 'object' && value !== null;

/** What a field requires of what was given; a value that was not given is an error of the gateway's. */
export function project(given: unknown, set: SelectionSetNode): unknown {
  if (Array.isArray(given)) return given.map((each) => project(each, set));
  if (!isValues(given)) return given;
  const parts = set.selections.flatMap((each): (readonly [string, unknown])[] => {
    if (each.kind === Kind.FRAGMENT_SPREAD) return [];
    if (each.kind === Kind.INLINE_FRAGMENT) {
      const isOther = each.typeCondition && each.typeCondition.name.value !== given['__typename'];
      return isOther ? [] : Object.entries(project(given, each.selectionSet) as Values);
    }
    const name = each.name.value;
    if (!Object.hasOwn(given, name))
      throw new GraphQLError('What is required was not given.', { extensions: { code: 'NOT_GIVEN' } });
    return [[name, each.selectionSet ? project(given[name], each.selectionSet) : given[name]]];
  });
  return Object.fromEntries(parts);
}

const faultCodes = ['DATABASE_TIMEOUT', 'BAD_USER_INPUT', 'OUT_OF_TABLE'];

function createResolver(name: string, facts: WorldFacts, things: ReturnType<typeof createThings>) {
  const resolve: GraphQLFieldResolver<Thing | undefined, Run> = (parent, args, run, info) => {
    const typeName = info.parentType.name;
    const field = info.fieldName;
    const isRoot = parent?.identity === undefined || typeName === 'Query';
    const coordinate = `${isRoot ? typeName : parent.identity}.${field}`;
    const isKey = facts.keyFields.has(`${typeName}.${field}`);
    if (info.operation.operation === 'mutation' && isRoot && typeName === info.schema.getMutationType()?.name)
      run.effects.push(`${name}.${field}(${JSON.stringify(args)})`);
    const required = facts.requiredBy(name, typeName, field);
    const given = required && JSON.stringify(project(parent?.given ?? {}, required));
    const argued = Object.keys(args).length > 0 ? `(${JSON.stringify(args)})` : '';
    const seed = `${coordinate}${argued}${given ?? ''}`;
    if (!isKey && run.weather.failsAt(seed)) {
      const code = faultCodes.find((_, index) => isAmong(`${index} ${seed}`, 0.5)) ?? 'BAD_REQUEST';
      throw new GraphQLError(`Fault at ${seed}`, { extensions: { code } });
    }
    return things.makeValue({ type: info.returnType, seed, isKey, weather: run.weather });
  };
  return resolve;
}

/** Looks an entity up by what a representation says of its keys. */
function createLookup(
  facts: WorldFacts,
  things: ReturnType<typeof createThings>,
  typeOf: (typeName: string, field: string) => GraphQLOutputType | undefined,
  calm: Weather,
  isInterface: (typeName: string) => boolean,
) {
  const isMeant = (identity: string, typeName: string, given: Values): boolean =>
    Object.entries(given).every(([field, value]) => {
      const type = typeOf(typeName, field);
      if (!type || !facts.keyFields.has(`${typeName}.${field}`)) return true;
      const own = things.makeValue({ type, seed: `${identity}.${field}`, isKey: true, weather: calm });
      if (!isCompositeType(getNamedType(type))) return String(own) === String(value);
      if (!isValues(own) || !isValues(value)) return own === value;
      if (Array.isArray(own) || Array.isArray(value)) return true;
      return isMeant((own as unknown as Thing).identity, (own as unknown as Thing).__typename, value);
    });
  return (given: Values, run: Run): Thing | null | Promise<never> => {
    const typeName = String(given['__typename']);
    const identity = things.poolOf(typeName).find((each) => isMeant(each, typeName, given));
    if (identity === undefined || run.weather.isMissing(identity)) return null;
    if (run.weather.isUnreadable(identity))
      return Promise.reject(new GraphQLError('Gone.', { extensions: { code: 'DATABASE_UNAVAILABLE' } }));
    const member = identity.slice(0, identity.lastIndexOf('-'));
    return { __typename: isInterface(typeName) ? member : typeName, identity, given };
  };
}

const wildLeaves: readonly unknown[] = [null, 42, {}, [], true];

/** Leaves that tell where they come from, in forms that their types do not have. */
function makeWild(value: unknown, weather: Weather): unknown {
  if (typeof value === 'string' && value.startsWith('~') && weather.isWild(value))
    return structuredClone(wildLeaves[value.length % wildLeaves.length]);
  if (Array.isArray(value)) return value.map((each) => makeWild(each, weather));
  if (!isValues(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, makeWild(each, weather)]));
}

export interface SubgraphOptions {
  readonly text: SubgraphText;
  readonly facts: WorldFacts;
  readonly calm: Weather;
}

/** Builds a subgraph that answers every field with values that follow from who is asked. */
export function createSubgraph({ text, facts, calm }: SubgraphOptions): Subgraph {
  const schema = buildSubgraphSchema(parse(text.sdl));
  const things = createThings(schema, facts);
  const typeOf = (typeName: string, field: string): GraphQLOutputType | undefined => {
    const type = schema.getType(typeName);
    return type && 'getFields' in type ? (type.getFields()[field]?.type as GraphQLOutputType) : undefined;
  };
  const isInterface = (typeName: string): boolean => isInterfaceType(schema.getType(typeName));
  const lookUp = createLookup(facts, things, typeOf, calm, isInterface);
  for (const typeName of facts.entities) {
    const type = schema.getType(typeName);
    if (type) type.extensions = { apollo: { subgraph: { resolveReference: lookUp } } };
  }
  const resolve = createResolver(text.name, facts, things);
  const known = new Map<string, DocumentNode | GraphQLError>();
  const read = (query: string, isChecked: boolean): DocumentNode | GraphQLError => {
    const document = parse(query, { noLocation: true });
    const [fault] = isChecked ? validate(schema, document, specifiedRules) : [];
    return fault ? new GraphQLError(fault.message, { extensions: { code: 'FETCH_NOT_VALID' } }) : document;
  };
  const ask: Subgraph['ask'] = async (fetch, run) => {
    run.calls.set(text.name, (run.calls.get(text.name) ?? 0) + 1);
    const outage = run.weather.outageOf(text.name);
    if (outage === 'unreachable') throw new Error('Nobody listens.');
    const refusal = { message: 'Not now.', extensions: { code: 'DATABASE_UNAVAILABLE' } };
    if (outage === 'refusing') return { data: null, errors: [refusal] };
    const document = known.get(fetch.query) ?? read(fetch.query, run.isChecked);
    known.set(fetch.query, document);
    if (document instanceof GraphQLError) return { data: null, errors: [document.toJSON()] };
    const result = await execute({
      schema,
      document,
      contextValue: run,
      variableValues: { ...fetch.variables },
      operationName: fetch.operationName ?? null,
      fieldResolver: (parent: Thing, args, context: Run, info) => resolve(parent, args, context, info),
      typeResolver: (thing: Thing) => thing.__typename,
    });
    const errors = result.errors?.map((each) => each.toJSON());
    const data = run.weather.name.startsWith('wild') ? makeWild(result.data, run.weather) : result.data;
    return { data, ...(errors && { errors }) };
  };
  return { name: text.name, schema, things, ask };
}
