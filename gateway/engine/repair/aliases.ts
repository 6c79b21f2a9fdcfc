import {
  Kind,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { RequestRewrites } from './request-rewrites.ts';

type Data = Record<string, unknown>;

/** An operation whose aliases no longer stand where entities keep their keys and inputs. */
export interface Separated {
  /** To be planned and executed instead of the client's. */
  readonly document: DocumentNode;
  /** Gives the merged data of that operation the client's response keys, in place. Idempotent. */
  readonly putBack: (data: Data) => void;
  /** A response path of that operation with the client's response keys. */
  readonly publicPath: <T extends string | number>(path: readonly T[]) => (T | string)[];
}

/** The names in a document that a new alias must not be. */
function namesIn(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, { Name: ({ value }) => void names.add(value) });
  return names;
}

function chooseAliases(document: DocumentNode, inputNames: ReadonlySet<string>): ReadonlyMap<string, string> {
  const clashing = new Set<string>();
  visit(document, {
    Field: ({ alias, name }) => {
      if (alias && alias.value !== name.value && inputNames.has(alias.value)) clashing.add(alias.value);
    },
  });
  if (clashing.size === 0) return new Map();
  const taken = namesIn(document);
  const free = (alias: string): string => {
    let count = 1;
    while (taken.has(`${alias}__asked${count}`) || inputNames.has(`${alias}__asked${count}`)) count += 1;
    return `${alias}__asked${count}`;
  };
  return new Map([...clashing].map((alias) => [alias, free(alias)]));
}

function renameAliases(document: DocumentNode, renamed: ReadonlyMap<string, string>): DocumentNode {
  return visit(document, {
    Field: (node) => {
      const { alias, name } = node;
      const other = alias && alias.value !== name.value ? renamed.get(alias.value) : undefined;
      return other === undefined
        ? undefined
        : { ...node, alias: { ...alias, kind: Kind.NAME, value: other } };
    },
  });
}

const isObject = (value: unknown): value is Data => typeof value === 'object' && value !== null;

/** Defines, so that a client's `__proto__` is a key like any other. */
function setOwn(object: Data, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

function createPutBack(
  document: DocumentNode,
  originals: ReadonlyMap<string, string>,
  { objectTypesOf }: RequestRewrites,
): Separated['putBack'] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
    else if (each.kind === Kind.OPERATION_DEFINITION) operation ??= each;
  const isFor = (object: Data, condition: string | undefined): boolean => {
    const type = Object.hasOwn(object, '__typename') ? object['__typename'] : undefined;
    return condition === undefined || typeof type !== 'string' || objectTypesOf(condition).includes(type);
  };
  const move = (object: Data, key: string): void => {
    const original = originals.get(key);
    if (original === undefined) return;
    if (Object.hasOwn(object, key)) setOwn(object, original, object[key]);
    else delete object[original];
  };
  const walkSet = (value: unknown, set: SelectionSetNode): void => {
    if (Array.isArray(value)) return value.forEach((each) => walkSet(each, set));
    if (!isObject(value)) return;
    for (const each of set.selections) {
      if (each.kind === Kind.FIELD) {
        const key = (each.alias ?? each.name).value;
        if (each.selectionSet && Object.hasOwn(value, key)) walkSet(value[key], each.selectionSet);
        move(value, key);
        continue;
      }
      const part = each.kind === Kind.INLINE_FRAGMENT ? each : fragments.get(each.name.value);
      if (part && isFor(value, part.typeCondition?.name.value)) walkSet(value, part.selectionSet);
    }
  };
  return (data) => {
    if (operation) walkSet(data, operation.selectionSet);
  };
}

/**
 * Apollo's planner reads keys and `@requires` inputs from merged data by field name, also when a client has given that name
 * to another field: `{ id: name, visits }` would ask for the visits of the entity whose id is that name. This gives such
 * aliases another name until the answer is there.
 *
 * Answers a function from a valid document with one operation (others are ignored when values are put back) to its
 * separation; `null` when no alias clashes, which is the rule.
 */
export function createAliasSeparation(
  rewrites: RequestRewrites,
): (document: DocumentNode) => Separated | null {
  return (document) => {
    const renamed = chooseAliases(document, rewrites.inputNames);
    if (renamed.size === 0) return null;
    const separated = renameAliases(document, renamed);
    const originals = new Map([...renamed].map(([original, other]) => [other, original]));
    return {
      document: separated,
      putBack: createPutBack(separated, originals, rewrites),
      publicPath: (path) => path.map((key) => (typeof key === 'string' ? (originals.get(key) ?? key) : key)),
    };
  };
}
