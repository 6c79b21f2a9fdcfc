import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { ownOf, setOwn } from './generated-code.ts';
import { isOfType } from './subtypes.ts';

type Values = Record<string, unknown>;

const onType = '... on ';

/** Objects that do not say their type are taken for every type. */
function applies(schema: GraphQLSchema, value: Values, condition: string): boolean {
  const typeName = ownOf(value, '__typename');
  return typeof typeName !== 'string' || isOfType(schema, typeName, condition);
}

function rewriteObject(value: Values, last: string, rewrite: FetchDataRewrite): void {
  if (rewrite.kind === 'ValueSetter') return setOwn(value, last, rewrite.setValueTo);
  const held = ownOf(value, last);
  if (held === undefined) return;
  delete value[last];
  setOwn(value, rewrite.renameKeyTo, held);
}

function rewriteAt(schema: GraphQLSchema, value: unknown, depth: number, rewrite: FetchDataRewrite): void {
  if (Array.isArray(value)) {
    for (const each of value) rewriteAt(schema, each, depth, rewrite);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const step = rewrite.path[depth] ?? '';
  if (depth === rewrite.path.length - 1) return rewriteObject(value as Values, step, rewrite);
  if (!step.startsWith(onType)) return rewriteAt(schema, ownOf(value, step), depth + 1, rewrite);
  if (applies(schema, value as Values, step.slice(onType.length)))
    rewriteAt(schema, value, depth + 1, rewrite);
}

/** Renames keys and sets values as a plan says; the value is changed. A `null` is renamed like any other value. */
export function applyRewrites(
  schema: GraphQLSchema,
  rewrites: readonly FetchDataRewrite[],
  value: unknown,
): void {
  for (const rewrite of rewrites) rewriteAt(schema, value, 0, rewrite);
}

type Path = readonly (string | number)[];

/** The path without the key that a plan made up, if it leads through that key. */
function renameIn(path: Path, { path: steps, ...rewrite }: FetchDataRewrite): Path {
  if (rewrite.kind !== 'KeyRenamer') return path;
  const keys = steps.filter((step) => !step.startsWith(onType));
  const places = [...path.keys()].filter((index) => typeof path[index] === 'string').slice(0, keys.length);
  const isThere = places.length === keys.length && places.every((place, nth) => path[place] === keys[nth]);
  return isThere ? path.with(places.at(-1) ?? 0, rewrite.renameKeyTo) : path;
}

/** Where in the renamed answer a path of an error leads, that begins where the rewrites do. */
export const renamePath = (path: Path, rewrites: readonly FetchDataRewrite[]): Path =>
  rewrites.reduce(renameIn, path);

/** The keys under which a field of the object itself may stand after the rewrites, which depend on its type. */
export function renameKeys(key: string, rewrites: readonly FetchDataRewrite[]): readonly string[] {
  const names = rewrites.flatMap((rewrite) => {
    const keys = rewrite.path.filter((step) => !step.startsWith(onType));
    return rewrite.kind === 'KeyRenamer' && keys.length === 1 && keys[0] === key ? [rewrite.renameKeyTo] : [];
  });
  return [key, ...names];
}
