import { keyOf, listSelected } from '../compile/fetch-text.ts';
import type { CompiledFetch } from '../compile/fetch.ts';
import { typeNamesOf } from '../compile/subtypes.ts';
import type { FetchError } from './agency.ts';
import type { Run } from './run.ts';

export type FetchPath = readonly (string | number)[];

const isOf = (fetch: CompiledFetch, typeName: string, conditions: readonly string[]): boolean =>
  conditions.every((condition) => typeNamesOf(fetch.schema, condition).includes(typeName));

/** The response keys that a fetch asks for, of entities of one type or of the root (`null`). */
export function keysAskedFor(fetch: CompiledFetch, run: Run, typeName: string | null): readonly string[] {
  const { text, variableNames } = fetch;
  const used = new Set(variableNames);
  const values = Object.fromEntries(Object.entries(run.variables).filter(([name]) => used.has(name)));
  const keys = listSelected(text, text.selectionSet, values)
    .filter(({ field, isIncluded }) => isIncluded && field.name.value !== '__typename')
    .filter(({ conditions }) => typeName === null || isOf(fetch, typeName, conditions))
    .map(({ field }) => keyOf(field));
  return [...new Set(keys)];
}

/** The paths in one entity's answer: of every field, or of the entity itself when no field of it is known. */
export function pathsOfEntity(
  fetch: CompiledFetch,
  run: Run,
  typeName: string,
  index: number,
): readonly FetchPath[] {
  const place = ['_entities', index];
  const keys = keysAskedFor(fetch, run, typeName);
  return keys.length > 0 ? keys.map((key) => [...place, key]) : [place];
}

/** The failure once per path. */
export const failAt = (
  paths: readonly FetchPath[],
  { message, extensions }: Omit<FetchError, 'path'>,
): readonly FetchError[] => paths.map((path) => ({ message, path, extensions }));
