import { ownOf } from '../compile/generated-code.ts';

type Values = Record<string, unknown>;

/** A key, and the lists to go through below it. */
export interface Step {
  readonly key: string;
  /** Whether every object has such a property without owning it. */
  readonly isInherited: boolean;
  readonly lists: number;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function spreadList(values: readonly object[]): object[] {
  const items: object[] = [];
  for (const value of values)
    if (Array.isArray(value)) for (const item of value) if (isObject(item)) items.push(item);
  return items;
}

/** The objects at a path, in the order of the answer. What is no object there is passed over. */
export function collectTargets(root: Values, path: readonly Step[]): readonly Values[] {
  let level: object[] = [root];
  for (const { key, isInherited, lists } of path) {
    const next: object[] = [];
    for (const value of level) {
      const below = isInherited ? ownOf(value, key) : (value as Values)[key];
      if (isObject(below)) next.push(below);
    }
    level = next;
    for (let left = lists; left > 0; left -= 1) level = spreadList(level);
  }
  return level.filter((value): value is Values => !Array.isArray(value));
}

export type Place = readonly (string | number)[];

/** The same objects, each with its place. */
export function findPlaces(
  root: Values,
  path: readonly Step[],
  visit: (target: object, place: Place) => void,
): void {
  const goThrough = (value: unknown, nth: number, lists: number, place: Place): void => {
    if (!isObject(value)) return;
    if (lists > 0) {
      if (Array.isArray(value))
        for (const [index, item] of value.entries()) goThrough(item, nth, lists - 1, [...place, index]);
      return;
    }
    const step = path[nth];
    if (!step) return visit(value, place);
    goThrough(ownOf(value, step.key), nth + 1, step.lists, [...place, step.key]);
  };
  goThrough(root, 0, 0, []);
}
