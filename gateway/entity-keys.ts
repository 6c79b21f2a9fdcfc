import { Kind, parse, type ConstDirectiveNode, type DocumentNode, type SelectionNode } from 'graphql';

/** A key of an entity type: the fields that say which entity is meant. */
export type EntityKey = readonly SelectionNode[];

/** The keys by which one agency finds entities of a type. */
export type KeysOf = (typeName: string) => readonly EntityKey[];

function argument(directive: ConstDirectiveNode, name: string): string | boolean | undefined {
  const value = directive.arguments?.find((each) => each.name.value === name)?.value;
  if (value?.kind === Kind.STRING || value?.kind === Kind.ENUM || value?.kind === Kind.BOOLEAN)
    return value.value;
  return undefined;
}

function parseKey(fields: string): EntityKey {
  const [operation] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
}

/** Join spec v0.3: names of the graphs behind the values of `join__Graph`. */
function readGraphNames(supergraph: DocumentNode): ReadonlyMap<string, string> {
  const values = supergraph.definitions.flatMap((each) =>
    each.kind === Kind.ENUM_TYPE_DEFINITION && each.name.value === 'join__Graph' ? (each.values ?? []) : [],
  );
  return new Map(
    values.flatMap(({ name, directives }) =>
      (directives ?? []).map((each) => [name.value, String(argument(each, 'name'))] as const),
    ),
  );
}

/** Every key of a supergraph (`@join__type(graph:, key:)`) by agency and type, the resolvable ones only. */
export function readEntityKeys(supergraph: DocumentNode): (agency: string) => KeysOf {
  const names = readGraphNames(supergraph);
  const keys = new Map<string, EntityKey[]>();
  const note = (typeName: string, directive: ConstDirectiveNode): void => {
    const key = argument(directive, 'key');
    if (directive.name.value !== 'join__type' || typeof key !== 'string') return;
    if (argument(directive, 'resolvable') === false) return;
    const place = `${names.get(String(argument(directive, 'graph')))} ${typeName}`;
    keys.set(place, [...(keys.get(place) ?? []), parseKey(key)]);
  };
  for (const each of supergraph.definitions)
    if (each.kind === Kind.OBJECT_TYPE_DEFINITION || each.kind === Kind.INTERFACE_TYPE_DEFINITION)
      for (const directive of each.directives ?? []) note(each.name.value, directive);
  return (agency) => (typeName) => keys.get(`${agency} ${typeName}`) ?? [];
}
