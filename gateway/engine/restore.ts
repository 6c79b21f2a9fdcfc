import {
  GraphQLError,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { describeRefusal } from '#schema';
import type { EarlyRefusal, EarlyRefusals } from './guarded-fields.ts';
import { isIncluded, type SelectedOperation, type VariableValues } from './operation.ts';

/** What is needed to tell the client of the fields that nobody was asked for. */
export interface Restoration {
  readonly schema: GraphQLSchema;
  /** As the client wrote it. */
  readonly selected: SelectedOperation;
  readonly variables: VariableValues;
  readonly refusals: EarlyRefusals;
  /** Of the pruned operation. */
  readonly typeKey: string;
}

/** One refused field of one object of the answer. */
export interface RestoredField extends EarlyRefusal {
  /** In the client's answer. */
  readonly path: readonly (string | number)[];
}

export interface Restored {
  readonly data: Record<string, unknown> | null;
  readonly refused: readonly RestoredField[];
}

type Data = Readonly<Record<string, unknown>>;
/** A field may be selected several times; its selections are merged. */
type Merged = ReadonlyMap<string, readonly FieldNode[]>;

/** Stands for a null that its parent may not hold: it becomes the parent's own null (GraphQL, section 6.4.4). */
const bubbling = Symbol('null that bubbles');

interface Walk extends Restoration {
  readonly merged: Map<readonly FieldNode[], Map<string, Merged>>;
  readonly refused: RestoredField[];
}

function applies(walk: Walk, condition: string | undefined, type: GraphQLObjectType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = walk.schema.getType(condition);
  return isAbstractType(wanted) && walk.schema.isSubType(wanted, type);
}

/** GraphQL, section 6.3.2: the fields of an object in the order of the answer. */
function collect(
  walk: Walk,
  type: GraphQLObjectType,
  set: SelectionSetNode,
  fields: Map<string, FieldNode[]>,
  seen: Set<string>,
): void {
  for (const selection of set.selections) {
    if (!isIncluded(selection, walk.variables)) continue;
    if (selection.kind === Kind.FIELD) {
      const key = (selection.alias ?? selection.name).value;
      const nodes = fields.get(key);
      if (nodes) nodes.push(selection);
      else fields.set(key, [selection]);
      continue;
    }
    const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
    if (isSpread && seen.has(selection.name.value)) continue;
    if (isSpread) seen.add(selection.name.value);
    const fragment = isSpread ? walk.selected.fragments.get(selection.name.value) : selection;
    if (fragment && applies(walk, fragment.typeCondition?.name.value, type))
      collect(walk, type, fragment.selectionSet, fields, seen);
  }
}

/** The selections below these fields, for one type; reckoned once for all objects of a list. */
function mergeBelow(walk: Walk, nodes: readonly FieldNode[], type: GraphQLObjectType): Merged {
  const byType = walk.merged.get(nodes) ?? new Map<string, Merged>();
  walk.merged.set(nodes, byType);
  const known = byType.get(type.name);
  if (known) return known;
  const fields = new Map<string, FieldNode[]>();
  const seen = new Set<string>();
  for (const { selectionSet } of nodes) if (selectionSet) collect(walk, type, selectionSet, fields, seen);
  byType.set(type.name, fields);
  return fields;
}

type Path = (string | number)[];

function concreteType(walk: Walk, type: GraphQLOutputType, data: Data): GraphQLObjectType {
  const named = getNamedType(type);
  const concrete = isObjectType(named) ? named : walk.schema.getType(String(data[walk.typeKey]));
  if (isObjectType(concrete)) return concrete;
  throw new Error('An object of the answer does not say of what type it is.');
}

function restoreNullable(
  walk: Walk,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  value: unknown,
  path: Path,
): unknown {
  if (value === null || value === undefined) return null;
  if (isListType(type)) {
    const items: unknown[] = [];
    for (const [index, item] of (value as readonly unknown[]).entries()) {
      path.push(index);
      const restored = restoreValue(walk, type.ofType, nodes, item, path);
      path.pop();
      if (restored === bubbling) return null;
      items.push(restored);
    }
    return items;
  }
  if (!isCompositeType(type)) return value;
  const concrete = concreteType(walk, type, value as Data);
  return restoreObject(walk, concrete, mergeBelow(walk, nodes, concrete), value as Data, path);
}

function restoreValue(
  walk: Walk,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  value: unknown,
  path: Path,
): unknown {
  if (!isNonNullType(type)) return restoreNullable(walk, type, nodes, value, path);
  return restoreNullable(walk, type.ofType, nodes, value, path) ?? bubbling;
}

function restoreField(
  walk: Walk,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  value: unknown,
  path: Path,
): unknown {
  const name = nodes[0]?.name.value ?? '';
  const definition = type.getFields()[name];
  if (!definition) return value ?? null;
  const refusal = walk.refusals.get(`${type.name}.${name}`);
  if (!refusal) return restoreValue(walk, definition.type, nodes, value, path);
  walk.refused.push({ ...refusal, path: [...path] });
  return isNonNullType(definition.type) ? bubbling : null;
}

/** The object with its refused fields as `null`, in the client's order; `null` when one of them may not be null. */
function restoreObject(
  walk: Walk,
  type: GraphQLObjectType,
  fields: Merged,
  data: Data,
  path: Path,
): Record<string, unknown> | null {
  const restored = Object.create(null) as Record<string, unknown>;
  for (const [key, nodes] of fields) {
    path.push(key);
    const value = restoreField(walk, type, nodes, Object.hasOwn(data, key) ? data[key] : null, path);
    path.pop();
    if (value === bubbling) return null;
    restored[key] = value;
  }
  return restored;
}

/**
 * The answer to the operation as the client wrote it, from that to the pruned one: refused fields are `null` under their
 * response keys, in the order of the selection, once per object that is there. Null where it may not be bubbles.
 */
export function restore(restoration: Restoration, data: Data | null): Restored {
  const { schema, selected } = restoration;
  const walk: Walk = { ...restoration, merged: new Map(), refused: [] };
  const root = schema.getRootType(selected.operation.operation);
  if (!root || data === null) return { data: null, refused: [] };
  const fields = new Map<string, FieldNode[]>();
  collect(walk, root, selected.operation.selectionSet, fields, new Set());
  return { data: restoreObject(walk, root, fields, data, []), refused: walk.refused };
}

/** The public error of a field that was refused before anybody was asked. */
export function refusalError({ reason, scope, path }: RestoredField): GraphQLError {
  const { message, extensions } = describeRefusal(reason, scope);
  return new GraphQLError(message, { path, extensions: { ...extensions } });
}
