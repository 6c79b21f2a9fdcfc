import {
  Kind,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type TypeNode,
} from 'graphql';

/** A type of an SDL that can lead to a value: its definition and its extensions as one. */
export interface SdlType {
  readonly name: string;
  readonly kind: 'object' | 'interface' | 'union';
  readonly fields: readonly FieldDefinitionNode[];
  readonly directives: readonly ConstDirectiveNode[];
  readonly interfaces: readonly string[];
  /** Of a union. */
  readonly members: readonly string[];
}

export type SdlTypes = ReadonlyMap<string, SdlType>;

/** The one entity of the graph, and its key: what agencies meet by. */
export const entityName = 'Citizen';
export const entityKey = 'id';

const rootNames: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

/** Whether a type holds the fields where operations begin. */
export function isRoot(name: string): boolean {
  return rootNames.has(name);
}

/** Whether the fields of a type carry marks of their own: the entity and the roots. All other types hold values. */
export function isMarkOwner(name: string): boolean {
  return name === entityName || isRoot(name);
}

/** `Citizen.id`, and what a federation adds to the root: nobody's data. */
export function isKeyOrMachinery(type: string, field: string): boolean {
  return type === entityName ? field === entityKey : type === 'Query' && field.startsWith('_');
}

/** Name of the type inside lists and non-nulls. */
export function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type);
}

const kinds: Readonly<Partial<Record<Kind, SdlType['kind']>>> = {
  [Kind.OBJECT_TYPE_DEFINITION]: 'object',
  [Kind.OBJECT_TYPE_EXTENSION]: 'object',
  [Kind.INTERFACE_TYPE_DEFINITION]: 'interface',
  [Kind.INTERFACE_TYPE_EXTENSION]: 'interface',
  [Kind.UNION_TYPE_DEFINITION]: 'union',
  [Kind.UNION_TYPE_EXTENSION]: 'union',
};

const namesOf = (nodes: readonly { readonly name: { readonly value: string } }[] = []): string[] =>
  nodes.map(({ name }) => name.value);

function readType(node: DefinitionNode): SdlType | null {
  const kind = kinds[node.kind];
  if (!kind || !('name' in node) || !node.name) return null;
  return {
    name: node.name.value,
    kind,
    fields: 'fields' in node ? ((node.fields ?? []) as readonly FieldDefinitionNode[]) : [],
    directives: 'directives' in node ? ((node.directives ?? []) as readonly ConstDirectiveNode[]) : [],
    interfaces: 'interfaces' in node ? namesOf(node.interfaces) : [],
    members: 'types' in node ? namesOf(node.types) : [],
  };
}

const join = (one: SdlType, other: SdlType): SdlType => ({
  ...one,
  fields: [...one.fields, ...other.fields],
  directives: [...one.directives, ...other.directives],
  interfaces: [...one.interfaces, ...other.interfaces],
  members: [...one.members, ...other.members],
});

/** The objects, interfaces and unions of a document by name. */
export function readTypes(document: DocumentNode): SdlTypes {
  const types = new Map<string, SdlType>();
  for (const node of document.definitions) {
    const type = readType(node);
    if (!type) continue;
    const known = types.get(type.name);
    types.set(type.name, known ? join(known, type) : type);
  }
  return types;
}

/** What a value of the type can be: itself, the members of a union, what implements an interface. */
export function possibleTypesOf(type: SdlType, types: SdlTypes): readonly SdlType[] {
  if (type.kind === 'object') return [type];
  const implementers = [...types.values()].filter(({ interfaces }) => interfaces.includes(type.name));
  const members = type.members.flatMap((name) => types.get(name) ?? []);
  return type.kind === 'union' ? members : implementers;
}
