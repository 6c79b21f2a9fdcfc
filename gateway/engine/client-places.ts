import { Kind, type SelectionSetNode } from 'graphql';
import type { AnswerError } from './execute/run.ts';
import type { SelectedOperation } from './operation.ts';

/** Response keys, each with those below it. */
type Keys = Map<string, Keys>;

function readKeys(selected: SelectedOperation): Keys {
  const root: Keys = new Map();
  const read = (set: SelectionSetNode, keys: Keys): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const below: Keys = keys.get(key) ?? new Map();
        keys.set(key, below);
        if (selection.selectionSet) read(selection.selectionSet, below);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) read(selection.selectionSet, keys);
      else {
        const fragment = selected.fragments.get(selection.name.value);
        if (fragment) read(fragment.selectionSet, keys);
      }
    }
  };
  read(selected.operation.selectionSet, root);
  return root;
}

/**
 * Moves errors at places that only the plan knows, such as the inputs of a field, up to where the client's operation knows
 * the way; what one agency then says twice of one place is said once.
 */
export function createClientPlaces(selected: SelectedOperation) {
  let root: Keys | undefined;
  const cut = (path: readonly (string | number)[]): readonly (string | number)[] => {
    let keys = (root ??= readKeys(selected));
    for (const [index, part] of path.entries()) {
      if (typeof part === 'number') continue;
      const below = keys.get(part);
      if (!below) return path.slice(0, index);
      keys = below;
    }
    return path;
  };
  return (errors: readonly AnswerError[]): readonly AnswerError[] => {
    const moved = new Set<string>();
    return errors.flatMap((error) => {
      if (!error.path) return [error];
      const path = cut(error.path);
      if (path === error.path) return [error];
      const { message, extensions } = error;
      const told = JSON.stringify([path, message, extensions['code'], extensions['serviceName']]);
      if (moved.has(told)) return [];
      moved.add(told);
      return path.length > 0 ? [{ message, path, extensions }] : [{ message, extensions }];
    });
  };
}
