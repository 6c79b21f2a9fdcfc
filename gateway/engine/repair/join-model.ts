import {
  Kind,
  parse,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';

/** A type of the supergraph that has fields of its own. */
export type FieldsType = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** What the repair reads from a supergraph (join spec v0.2 to v0.5). Graphs go by their value of `join__Graph`. */
export interface JoinModel {
  readonly types: ReadonlyMap<string, FieldsType>;
  /** Name of the subgraph behind a value of `join__Graph`. */
  readonly nameOf: (graph: string) => string;
  /** Object types a value of the type may have; the type itself for an object type. */
  readonly objectTypesOf: (typeName: string) => readonly string[];
}

/** The value of a text, enum or boolean argument; `undefined` when it is not given or of another kind. */
export function argumentOf(directive: ConstDirectiveNode, name: string): string | boolean | undefined {
  const value = directive.arguments?.find((each) => each.name.value === name)?.value;
  if (value?.kind === Kind.STRING || value?.kind === Kind.ENUM || value?.kind === Kind.BOOLEAN)
    return value.value;
  return undefined;
}

export const directivesOf = (
  node: { readonly directives?: readonly ConstDirectiveNode[] | undefined },
  name: string,
): readonly ConstDirectiveNode[] => (node.directives ?? []).filter((each) => each.name.value === name);

/** @throws GraphQLError when the text is no selection */
export function parseFieldSet(fields: string): SelectionSetNode {
  const [operation] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  if (operation?.kind === Kind.OPERATION_DEFINITION) return operation.selectionSet;
  throw new Error('The supergraph has a field set that is no selection.');
}

export function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type);
}

/** The named type of a field as one subgraph has it: `@join__field(type:)` where it differs from the supergraph's. */
export function fieldTypeIn(field: FieldDefinitionNode, graph: string): string {
  const own = directivesOf(field, 'join__field').find((each) => argumentOf(each, 'graph') === graph);
  const type = own && argumentOf(own, 'type');
  return typeof type === 'string' ? type.replace(/[[\]!\s]/g, '') : namedTypeOf(field.type);
}

export const hasFields = (node: { readonly kind: Kind }): node is FieldsType =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;

function readGraphNames(supergraph: DocumentNode): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const each of supergraph.definitions)
    if (each.kind === Kind.ENUM_TYPE_DEFINITION && each.name.value === 'join__Graph')
      for (const value of each.values ?? [])
        for (const directive of directivesOf(value, 'join__graph'))
          names.set(value.name.value, String(argumentOf(directive, 'name')));
  return names;
}

function readPossibleTypes(supergraph: DocumentNode): ReadonlyMap<string, readonly string[]> {
  const possible = new Map<string, string[]>();
  const note = (abstract: string, object: string): void =>
    void possible.set(abstract, [...(possible.get(abstract) ?? []), object]);
  for (const each of supergraph.definitions) {
    if (each.kind === Kind.OBJECT_TYPE_DEFINITION)
      for (const { name } of each.interfaces ?? []) note(name.value, each.name.value);
    if (each.kind === Kind.UNION_TYPE_DEFINITION)
      for (const { name } of each.types ?? []) note(each.name.value, name.value);
  }
  return possible;
}

export function readJoinModel(supergraph: DocumentNode): JoinModel {
  const types = new Map(supergraph.definitions.filter(hasFields).map((each) => [each.name.value, each]));
  const names = readGraphNames(supergraph);
  const possible = readPossibleTypes(supergraph);
  return {
    types,
    nameOf: (graph) => names.get(graph) ?? graph,
    objectTypesOf: (name) =>
      types.get(name)?.kind === Kind.OBJECT_TYPE_DEFINITION ? [name] : (possible.get(name) ?? []),
  };
}
