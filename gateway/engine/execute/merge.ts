import { ownOf, setOwn } from '../compile/generated-code.ts';

type Values = Record<string, unknown>;

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy that shares nothing with the original. `value`: as JSON has them. */
export function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy);
  const copied: Values = {};
  for (const key of Object.keys(value)) setOwn(copied, key, copy((value as Values)[key]));
  return copied;
}

/**
 * What two agencies answered for one field. Objects are merged, and lists of equal length element by element; otherwise
 * the later answer stands.
 */
export function join(held: unknown, value: unknown): unknown {
  if (isObject(held) && isObject(value)) {
    mergeInto(held, value);
    return held;
  }
  if (!Array.isArray(held) || !Array.isArray(value) || held.length !== value.length) return value;
  for (const [index, item] of (value as readonly unknown[]).entries()) held[index] = join(held[index], item);
  return held;
}

/** Merges everything of the source into the target, which is changed and may hold parts of the source from then on. */
export function mergeInto(target: Values, source: Values): void {
  for (const key of Object.keys(source)) {
    const value = source[key];
    if (value === undefined) continue;
    const held = ownOf(target, key);
    setOwn(target, key, held === undefined ? value : join(held, value));
  }
}
