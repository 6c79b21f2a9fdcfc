import type { CompiledFetch } from '../compile/fetch.ts';
import { renamePath } from '../compile/rewrites.ts';
import type { FetchError } from './agency.ts';
import type { Batch } from './batch.ts';
import type { Run } from './run.ts';
import { findPlaces, type Place } from './targets.ts';

/** Of which entity an error is; `undefined`: of none. */
function indexOf({ path }: FetchError): number | undefined {
  const index = path?.[0] === '_entities' ? path[1] : undefined;
  return typeof index === 'number' ? index : undefined;
}

function tell(fetch: CompiledFetch, run: Run, { message, extensions }: FetchError, path?: Place): void {
  const told = { message, extensions: { ...extensions, serviceName: fetch.agency.name } };
  run.errors.push(path ? { ...told, path } : told);
}

const below = ({ outputRewrites }: CompiledFetch, path: Place): Place =>
  outputRewrites.length > 0 ? renamePath(path, outputRewrites) : path;

/** The way to a fetch as far as it is the same for all its objects. */
function commonWay({ path }: CompiledFetch): Place {
  const firstList = path.findIndex(({ lists }) => lists > 0);
  return path.slice(0, firstList < 0 ? path.length : firstList + 1).map(({ key }) => key);
}

/** Tells the errors of a fetch of entities wherever an object stands that asked about the entity. */
export function tellEntityErrors(
  fetch: CompiledFetch,
  run: Run,
  batch: Batch,
  errors: readonly FetchError[],
): void {
  if (errors.length === 0) return;
  const indexes = new Map<object, number>(
    batch.targets.map((target, nth) => [target, batch.indexes[nth] ?? 0]),
  );
  const places: Place[][] = batch.representations.map(() => []);
  findPlaces(run.data, fetch.path, (target, place) => {
    const index = indexes.get(target);
    if (index !== undefined) places[index]?.push(place);
  });
  for (const error of errors) {
    const index = indexOf(error);
    const rest = below(fetch, error.path?.slice(2) ?? []);
    if (index !== undefined)
      for (const place of places[index] ?? []) tell(fetch, run, error, [...place, ...rest]);
    else if (error.path) tell(fetch, run, error, commonWay(fetch));
    else tell(fetch, run, error);
  }
}

/** Tells the errors of a fetch of root fields. */
export function tellRootErrors(fetch: CompiledFetch, run: Run, errors: readonly FetchError[]): void {
  if (errors.length === 0) return;
  const places: Place[] = [];
  findPlaces(run.data, fetch.path, (_, place) => places.push(place));
  for (const error of errors)
    if (!error.path) tell(fetch, run, error);
    else for (const place of places) tell(fetch, run, error, [...place, ...below(fetch, error.path)]);
}
