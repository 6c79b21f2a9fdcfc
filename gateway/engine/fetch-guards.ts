import {
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  Kind,
  parse,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type SelectionSetNode,
} from 'graphql';
import type { Need } from '#schema';
import { concreteTypesOf, type GuardedGraph } from './guarded-graph.ts';

/** A field of a fetch on the way to guarded values, for one object type. */
export interface Branch {
  readonly typeName: string;
  /** Response key. */
  readonly key: string;
  /** Empty: not guarded itself. */
  readonly needs: readonly Need[];
  /** A list in which each element stands for its own personal number, with a decision of its own. */
  readonly isPerElement: boolean;
  /** The type of the objects below; `null`: they say so themselves. */
  readonly typeBelow: string | null;
  readonly branches: readonly Branch[];
}

interface Compilation {
  readonly graph: GuardedGraph;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly root: GraphQLObjectType;
}

function isListOfNumbers(field: GraphQLField<unknown, unknown>): boolean {
  return field.args.some(
    ({ type }) => isListType(getNullableType(type)) && getNamedType(type).name === 'PersonalId',
  );
}

/** `_entities` is no field of the supergraph: below it may be any object type. */
function compileEntities(field: FieldNode, compilation: Compilation): Branch[] {
  const every = Object.values(compilation.graph.schema.getTypeMap()).filter(isObjectType);
  const branches = field.selectionSet ? compileSet(field.selectionSet, every, compilation) : [];
  const key = (field.alias ?? field.name).value;
  const typeName = compilation.root.name;
  return [{ typeName, key, needs: [], isPerElement: false, typeBelow: null, branches }];
}

function compileField(field: FieldNode, type: GraphQLObjectType, compilation: Compilation): Branch[] {
  const { graph, root } = compilation;
  if (type === root && field.name.value === '_entities') return compileEntities(field, compilation);
  const definition = type.getFields()[field.name.value];
  if (!definition) return [];
  const below = concreteTypesOf(graph.schema, getNamedType(definition.type));
  const needs = graph.needsOf(type, field.name.value);
  const branches = field.selectionSet ? compileSet(field.selectionSet, below, compilation) : [];
  if (needs.length === 0 && branches.length === 0) return [];
  return [
    {
      typeName: type.name,
      key: (field.alias ?? field.name).value,
      needs,
      isPerElement:
        type === root && isListType(getNullableType(definition.type)) && isListOfNumbers(definition),
      typeBelow: below.length === 1 ? (below[0]?.name ?? null) : null,
      branches,
    },
  ];
}

function compileSet(
  set: SelectionSetNode,
  types: readonly GraphQLObjectType[],
  compilation: Compilation,
): Branch[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD)
      return types.flatMap((type) => compileField(selection, type, compilation));
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : compilation.fragments.get(selection.name.value);
    if (!fragment) return [];
    const { schema } = compilation.graph;
    const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
    const narrowed = condition ? concreteTypesOf(schema, condition) : types;
    return compileSet(
      fragment.selectionSet,
      types.filter((type) => narrowed.includes(type)),
      compilation,
    );
  });
}

function compile(document: DocumentNode, graph: GuardedGraph): readonly Branch[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  return document.definitions.flatMap((each) => {
    if (each.kind !== Kind.OPERATION_DEFINITION) return [];
    const root = graph.schema.getRootType(each.operation);
    return root ? compileSet(each.selectionSet, [root], { graph, fragments, root }) : [];
  });
}

/** Where guarded values may be in the answer to a fetch of this text. */
export const compileGuards = (graph: GuardedGraph, text: string): readonly Branch[] =>
  compile(parse(text, { noLocation: true }), graph);
