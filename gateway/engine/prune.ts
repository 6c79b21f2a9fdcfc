import {
  getNamedType,
  isAbstractType,
  Kind,
  visit,
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { concreteTypesOf, fieldOf } from './guarded-graph.ts';
import type { SelectedOperation } from './operation.ts';

/** An operation without its refused fields. */
export interface Pruned {
  /** The operation and its fragments alone. */
  readonly document: DocumentNode;
  /** Nothing is left to ask anybody. */
  readonly isEmpty: boolean;
  /** Under this key, which the operation does not use itself, objects say of what type they are. */
  readonly typeKey: string;
}

interface Pruning {
  readonly schema: GraphQLSchema;
  readonly fragments: SelectedOperation['fragments'];
  /** Coordinates of object types. */
  readonly refused: ReadonlySet<string>;
  readonly typeKey: string;
  /** Fragments met so far; `null`: nothing is left of it. */
  readonly met: Map<string, FragmentDefinitionNode | null>;
}

type Type = GraphQLNamedType | null | undefined;

const nameNode = (value: string) => ({ kind: Kind.NAME, value }) as const;
const setOf = (selections: readonly SelectionNode[]): SelectionSetNode => ({
  kind: Kind.SELECTION_SET,
  selections,
});
const askType = (typeKey: string): FieldNode => ({
  kind: Kind.FIELD,
  alias: nameNode(typeKey),
  name: nameNode('__typename'),
});
const onType = (typeName: string, field: FieldNode): InlineFragmentNode => ({
  kind: Kind.INLINE_FRAGMENT,
  typeCondition: { kind: Kind.NAMED_TYPE, name: nameNode(typeName) },
  selectionSet: setOf([field]),
});

/** Below a kept field: an object asks for its type when that is open, or when nothing else is left. */
function pruneBelow(field: FieldNode, parent: Type, pruning: Pruning): FieldNode {
  if (!field.selectionSet) return field;
  const type = getNamedType(fieldOf(parent, field.name.value)?.type);
  const left = pruneSelections(field.selectionSet, type, pruning);
  const asksType = isAbstractType(type) || left.length === 0;
  return { ...field, selectionSet: setOf(asksType ? [askType(pruning.typeKey), ...left] : left) };
}

/** A field that only some of the possible types refuse stays for the others. */
function pruneField(field: FieldNode, parent: Type, pruning: Pruning): readonly SelectionNode[] {
  const types = concreteTypesOf(pruning.schema, parent);
  const allowed = types.filter(({ name }) => !pruning.refused.has(`${name}.${field.name.value}`));
  if (types.length > 0 && allowed.length === 0) return [];
  const kept = pruneBelow(field, parent, pruning);
  return allowed.length === types.length ? [kept] : allowed.map(({ name }) => onType(name, kept));
}

function pruneFragment(name: string, pruning: Pruning): FragmentDefinitionNode | null {
  const met = pruning.met.get(name);
  if (met !== undefined) return met;
  const fragment = pruning.fragments.get(name);
  if (!fragment) return null;
  const type = pruning.schema.getType(fragment.typeCondition.name.value);
  const left = pruneSelections(fragment.selectionSet, type, pruning);
  const pruned = left.length > 0 ? { ...fragment, selectionSet: setOf(left) } : null;
  pruning.met.set(name, pruned);
  return pruned;
}

function pruneInline(fragment: InlineFragmentNode, parent: Type, pruning: Pruning): readonly SelectionNode[] {
  const { typeCondition, selectionSet } = fragment;
  const type = typeCondition ? pruning.schema.getType(typeCondition.name.value) : parent;
  const left = pruneSelections(selectionSet, type, pruning);
  return left.length > 0 ? [{ ...fragment, selectionSet: setOf(left) }] : [];
}

function pruneSelections(set: SelectionSetNode, parent: Type, pruning: Pruning): readonly SelectionNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return pruneField(selection, parent, pruning);
    if (selection.kind === Kind.INLINE_FRAGMENT) return pruneInline(selection, parent, pruning);
    return pruneFragment(selection.name.value, pruning) ? [selection] : [];
  });
}

/** A key that no field of the operation answers under. */
function freeKey({ operation, fragments }: SelectedOperation): string {
  const names = new Set<string>();
  const note = (node: FieldNode): void => void names.add((node.alias ?? node.name).value);
  for (const node of [operation, ...fragments.values()]) visit(node, { Field: note });
  let key = 'typeOfObject';
  while (names.has(key)) key += '_';
  return key;
}

/** Variables that only refused fields used are gone with them. */
function dropUnusedVariables(
  operation: OperationDefinitionNode,
  fragments: readonly DefinitionNode[],
): OperationDefinitionNode {
  const used = new Set<string>();
  const note = { Variable: ({ name }: { name: { value: string } }) => void used.add(name.value) };
  const { variableDefinitions = [], ...rest } = operation;
  for (const node of [rest as OperationDefinitionNode, ...fragments]) visit(node, note);
  const left = variableDefinitions.filter(({ variable }) => used.has(variable.name.value));
  return { ...operation, variableDefinitions: left };
}

/**
 * The operation without its refused fields, so that nobody is asked for them. Valid when the given one is; fragments are
 * pruned once each, so the work is that of the document's length. `refused`: coordinates of object types.
 */
export function prune(
  schema: GraphQLSchema,
  selected: SelectedOperation,
  refused: ReadonlySet<string>,
): Pruned {
  const typeKey = freeKey(selected);
  const pruning: Pruning = { schema, fragments: selected.fragments, refused, typeKey, met: new Map() };
  const { operation } = selected;
  const root = schema.getRootType(operation.operation);
  const left = pruneSelections(operation.selectionSet, root, pruning);
  const fragments = [...pruning.met.values()].filter((fragment) => fragment !== null);
  const kept = dropUnusedVariables({ ...operation, selectionSet: setOf(left) }, fragments);
  return {
    document: { kind: Kind.DOCUMENT, definitions: [kept, ...fragments] },
    isEmpty: left.length === 0,
    typeKey,
  };
}
