import { Kind, type GraphQLSchema, type SelectionSetNode } from 'graphql';
import { ownOf } from './compile/generated-code.ts';
import { isOfType } from './compile/subtypes.ts';
import type { AnswerError } from './execute/run.ts';
import type { SelectedOperation } from './operation.ts';

/** Response keys, each with what is asked under it of things of which types. */
type Keys = Map<string, Branch[]>;
interface Branch {
  readonly conditions: readonly string[];
  readonly below: Keys;
}

type Path = readonly (string | number)[];

function readKeys(selected: SelectedOperation): Keys {
  const root: Keys = new Map();
  const read = (set: SelectionSetNode, keys: Keys, conditions: readonly string[]): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const branch = openBranch(keys, key, conditions);
        if (selection.selectionSet) read(selection.selectionSet, branch.below, []);
        continue;
      }
      const part =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : selected.fragments.get(selection.name.value);
      const type = part?.typeCondition?.name.value;
      if (part) read(part.selectionSet, keys, type === undefined ? conditions : [...conditions, type]);
    }
  };
  read(selected.operation.selectionSet, root, []);
  return root;
}

function openBranch(keys: Keys, key: string, conditions: readonly string[]): Branch {
  const branches = keys.get(key) ?? [];
  keys.set(key, branches);
  const known = branches.find((each) => each.conditions.join() === conditions.join());
  if (known) return known;
  const branch = { conditions, below: new Map() };
  branches.push(branch);
  return branch;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The type of a thing as far as it is known: of what an agency stands in for it may be the interface. */
function typeOf(schema: GraphQLSchema, thing: unknown): string | undefined {
  const name = isObject(thing) ? ownOf(thing, '__typename') : undefined;
  return typeof name === 'string' && schema.getType(name) ? name : undefined;
}

/** The longest part of a path that the client's operation knows, given what stands there. */
function cut(schema: GraphQLSchema, root: Keys, data: unknown, path: Path): Path {
  let [levels, value] = [[root], data];
  for (const [index, part] of path.entries()) {
    if (typeof part === 'string') {
      const type = typeOf(schema, value);
      const branches = levels
        .flatMap((keys) => keys.get(part) ?? [])
        .filter(
          ({ conditions }) => type === undefined || conditions.every((each) => isOfType(schema, type, each)),
        );
      if (branches.length === 0) return path.slice(0, index);
      levels = branches.map(({ below }) => below);
    }
    value = isObject(value) ? ownOf(value, String(part)) : undefined;
  }
  return path;
}

/**
 * Moves errors at places that only the plan knows, such as the inputs of a field or a field that was asked of things of
 * another type, up to where the client's operation knows the way; what one agency then says twice of one place is said once.
 */
export function createClientPlaces(selected: SelectedOperation, schema: GraphQLSchema) {
  let root: Keys | undefined;
  return (errors: readonly AnswerError[], data: unknown): readonly AnswerError[] => {
    const keys = (root ??= readKeys(selected));
    const moved = new Set<string>();
    return errors.flatMap((error) => {
      if (!error.path) return [error];
      const path = cut(schema, keys, data, error.path);
      if (path === error.path) return [error];
      const { message, extensions } = error;
      const told = JSON.stringify([path, message, extensions['code'], extensions['serviceName']]);
      if (moved.has(told)) return [];
      moved.add(told);
      return path.length > 0 ? [{ message, path, extensions }] : [{ message, extensions }];
    });
  };
}
