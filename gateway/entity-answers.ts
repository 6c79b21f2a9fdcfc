import type { DocumentNode } from 'graphql';
import { agencyFailure, type AgencyAnswer, type Fetch } from './agency-call/index.ts';
import type { IdentityQuestion } from './entity-identity.ts';
import { failAt, failWhole, readPlaces, representationsOf, type Places } from './fetch-places.ts';

/** A fetch as it was planned, and what it was answered. */
export interface Answered {
  readonly agency: string;
  readonly fetch: Fetch;
  readonly document: DocumentNode | undefined;
  readonly answer: AgencyAnswer;
  /** `undefined`: of root fields. */
  readonly identity: IdentityQuestion | undefined;
}

type Values = Record<string, unknown>;

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hasPath = (error: unknown): boolean => isValues(error) && Array.isArray(error['path']);
/** Of one entity: `_entities` alone says nothing of where. */
const isOfEntity = (error: unknown): boolean =>
  isValues(error) && Array.isArray(error['path']) && typeof error['path'][1] === 'number';

/** An agency that failed as a whole said so once; the first of its errors goes to every place. */
function spread(answered: Answered, isPlaced: (error: unknown) => boolean): readonly unknown[] {
  const { answer, fetch, document } = answered;
  const errors = answer.errors ?? [];
  const first = errors.find((error) => !isPlaced(error));
  if (!isValues(first)) return errors;
  const { message, extensions } = first;
  const { all } = readPlaces(fetch, document);
  return [...errors.filter(isPlaced), ...all.map((path) => ({ message, path, extensions }))];
}

const badResponse = ({ agency, fetch, document }: Answered): AgencyAnswer =>
  failWhole(fetch, document, agencyFailure('SUBGRAPH_BAD_RESPONSE', agency));

/** Whether there is one entry, an object or `null`, for each entity asked for. */
const isComplete = (entities: unknown, count: number): entities is (Values | null)[] =>
  Array.isArray(entities) &&
  entities.length === count &&
  entities.every((each) => each === null || isValues(each));

/** Another entity than the one that was meant becomes `null` with an error: never somebody else's data. */
function refuseForeign(answered: Answered, entities: readonly (Values | null)[]): AgencyAnswer {
  const { agency, fetch, document, answer, identity } = answered;
  const representations = representationsOf(fetch) ?? [];
  const foreign: number[] = [];
  const meant = entities.map((entity, index) => {
    if (!entity || !identity || identity.isMeant(entity, representations[index] ?? {})) return entity;
    foreign.push(index);
    return null;
  });
  if (foreign.length === 0) return answer;
  const places: Places = readPlaces(fetch, document);
  const failure = agencyFailure('SUBGRAPH_BAD_RESPONSE', agency);
  const isForeign = new Set(foreign);
  const kept = (answer.errors ?? []).filter(
    (error) => !isOfEntity(error) || !isForeign.has((error as { path: number[] }).path[1] ?? -1),
  );
  const errors = [...kept, ...foreign.flatMap((index) => failAt(places.of(index), failure))];
  return { ...answer, data: { _entities: meant }, errors };
}

/**
 * The answer in the one form that the engine takes: as many entities as were asked for, each the one that was meant or
 * `null`, and no error without a place. What is not so is refused, coded, at every place.
 */
export function settleAnswer(answered: Answered): AgencyAnswer {
  const { fetch, answer } = answered;
  const hasErrors = (answer.errors?.length ?? 0) > 0;
  const representations = representationsOf(fetch);
  if (!representations) {
    if (answer.data != null) return isValues(answer.data) ? answer : badResponse(answered);
    return hasErrors ? { ...answer, errors: spread(answered, hasPath) } : badResponse(answered);
  }
  const entities = isValues(answer.data) ? answer.data['_entities'] : answer.data;
  if (entities == null && hasErrors) {
    const data = { _entities: representations.map(() => null) };
    return { ...answer, data, errors: spread(answered, isOfEntity) };
  }
  return isComplete(entities, representations.length)
    ? refuseForeign(answered, entities)
    : badResponse(answered);
}
