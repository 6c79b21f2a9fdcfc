import { GraphQLError } from 'graphql';
import { agencyFailure, type AgencyAnswer } from '../../agency-call/index.ts';
import type { CompiledFetch } from '../compile/fetch.ts';
import { ownOf, setOwn } from '../compile/generated-code.ts';
import type { FetchError } from './agency.ts';
import type { Batch } from './batch.ts';
import { failAt, keysAskedFor, pathsOfEntity, type FetchPath } from './fetch-fields.ts';
import type { Run } from './run.ts';

type Values = Record<string, unknown>;

/** What can be used of an agency's answer. */
export interface Settled<T> {
  readonly data: T;
  /** At paths of the fetch. */
  readonly errors: readonly FetchError[];
}

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hasPath = ({ path }: FetchError): boolean => Array.isArray(path);
/** Of one entity: `_entities` alone says nothing of where. */
const isOfEntity = ({ path }: FetchError): boolean => Array.isArray(path) && typeof path[1] === 'number';

const errorsOf = ({ errors }: AgencyAnswer): readonly FetchError[] =>
  (errors ?? []).filter(isValues) as never;

/** An agency that failed as a whole said so once; the first of its errors goes to every place. */
function spread(
  errors: readonly FetchError[],
  isPlaced: (error: FetchError) => boolean,
  places: () => readonly FetchPath[],
): readonly FetchError[] {
  const first = errors.find((error) => !isPlaced(error));
  return first ? [...errors.filter(isPlaced), ...failAt(places(), first)] : errors;
}

/** Whether there is one entry, an object or `null`, for each entity asked for. */
function isComplete(entities: unknown, count: number): entities is (Values | null)[] {
  if (!Array.isArray(entities) || entities.length !== count) return false;
  for (const each of entities as unknown[]) if (each !== null && !isValues(each)) return false;
  return true;
}

const allPaths = (fetch: CompiledFetch, run: Run, { typeNames }: Batch): readonly FetchPath[] =>
  typeNames.flatMap((typeName, index) => pathsOfEntity(fetch, run, typeName, index));

/** Why an entity is refused: its agency could not tell who it is, or told of somebody else. */
function reasonFor(fetch: CompiledFetch, errors: readonly FetchError[], index: number): FetchError {
  const isOfKey = ({ path }: FetchError): boolean =>
    path?.[1] === index && String(path[2]).startsWith(fetch.entities?.identityPrefix ?? '');
  return errors.find(isOfKey) ?? agencyFailure('SUBGRAPH_BAD_RESPONSE', fetch.agency.name);
}

/** Another entity than the one that was meant becomes `null` with an error: never somebody else's data. */
function refuseForeign(
  fetch: CompiledFetch,
  run: Run,
  batch: Batch,
  { data, errors }: Settled<(Values | null)[]>,
): Settled<(Values | null)[]> {
  const foreign = new Set<number>();
  for (let index = 0; index < data.length; index += 1) {
    const [entity, type, first] = [data[index], batch.types[index], batch.firsts[index]];
    if (!entity || !type || !first || type.isMeant(entity, first)) continue;
    foreign.add(index);
    data[index] = null;
  }
  if (foreign.size === 0) return { data, errors };
  const kept = errors.filter((error) => !isOfEntity(error) || !foreign.has(Number(error.path?.[1])));
  const refused = [...foreign].flatMap((index) =>
    failAt(pathsOfEntity(fetch, run, batch.typeNames[index] ?? '', index), reasonFor(fetch, errors, index)),
  );
  return { data, errors: [...kept, ...refused] };
}

const nothingOf = ({ typeNames }: Batch): null[] => typeNames.map(() => null);

/** As many entities as were asked about, each the one that was meant or `null`; what is not so is told at every place. */
export function settleEntities(
  fetch: CompiledFetch,
  run: Run,
  batch: Batch,
  answer: AgencyAnswer | GraphQLError,
): Settled<(Values | null)[]> {
  if (answer instanceof GraphQLError)
    return { data: nothingOf(batch), errors: failAt(allPaths(fetch, run, batch), answer) };
  const errors = errorsOf(answer);
  const entities = isValues(answer.data) ? ownOf(answer.data, '_entities') : answer.data;
  if (isComplete(entities, batch.typeNames.length))
    return refuseForeign(fetch, run, batch, { data: entities, errors });
  if (entities == null && errors.length > 0)
    return { data: nothingOf(batch), errors: spread(errors, isOfEntity, () => allPaths(fetch, run, batch)) };
  const failure = agencyFailure('SUBGRAPH_BAD_RESPONSE', fetch.agency.name);
  return { data: nothingOf(batch), errors: failAt(allPaths(fetch, run, batch), failure) };
}

/** A fetch of root fields of which nothing can be used: `null` for each, told at each. */
function failRoot(fetch: CompiledFetch, run: Run, failure: GraphQLError): Settled<Values> {
  const keys = keysAskedFor(fetch, run, null);
  const data: Values = {};
  for (const key of keys) setOwn(data, key, null);
  const places = keys.map((key) => [key]);
  return { data, errors: failAt(places, failure) };
}

/** The root fields, or what is to be told of them. */
export function settleRoot(
  fetch: CompiledFetch,
  run: Run,
  answer: AgencyAnswer | GraphQLError,
): Settled<Values> {
  if (answer instanceof GraphQLError) return failRoot(fetch, run, answer);
  const errors = errorsOf(answer);
  if (isValues(answer.data)) return { data: answer.data, errors };
  if (answer.data == null && errors.length > 0)
    return {
      data: {},
      errors: spread(errors, hasPath, () => keysAskedFor(fetch, run, null).map((key) => [key])),
    };
  return failRoot(fetch, run, agencyFailure('SUBGRAPH_BAD_RESPONSE', fetch.agency.name));
}
