import { Kind, parse, type ConstDirectiveNode, type SelectionSetNode } from 'graphql';

/** One subgraph of a world, in its own words. */
export interface SubgraphText {
  readonly name: string;
  readonly sdl: string;
}

type Definition = ReturnType<typeof parse>['definitions'][number];

/** What the SDL of all subgraphs together says about things. */
export interface WorldFacts {
  /** Types with a key anywhere. */
  readonly entities: ReadonlySet<string>;
  /** `Type.field` that are part of a key anywhere: never missing, never faulty. */
  readonly keyFields: ReadonlySet<string>;
  /** Object types by the interface they implement anywhere. */
  readonly members: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether the subgraph itself has the field, neither as a mere reference nor given away. */
  isOwned(subgraph: string, typeName: string, field: string): boolean;
  /** Of one subgraph: what the field of a type requires. */
  requiredBy(subgraph: string, typeName: string, field: string): SelectionSetNode | undefined;
}

export const parseSelection = (fields: string): SelectionSetNode => {
  const [operation] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`Not a selection: ${fields}`);
  return operation.selectionSet;
};

const textsOf = (
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
  taken: string,
): string[] =>
  (directives ?? [])
    .filter((each) => each.name.value === name)
    .flatMap(({ arguments: values }) => values ?? [])
    .flatMap(({ name: argument, value }) =>
      argument.value === taken && value.kind === Kind.STRING ? [value.value] : [],
    );

const isComposite = (node: Definition) =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION ||
  node.kind === Kind.OBJECT_TYPE_EXTENSION ||
  node.kind === Kind.INTERFACE_TYPE_DEFINITION;

/** Reads keys, interfaces and requirements of a world. Federation's directives must have their own names. */
export function readFacts(subgraphs: readonly SubgraphText[]): WorldFacts {
  const entities = new Set<string>();
  const keyFields = new Set<string>();
  const members = new Map<string, Set<string>>();
  const required = new Map<string, SelectionSetNode>();
  const owned = new Set<string>();
  const taken = new Set<string>();
  const typeOfField = new Map<string, string>();
  const keys: (readonly [typeName: string, set: SelectionSetNode])[] = [];
  for (const { name, sdl } of subgraphs)
    for (const node of parse(sdl, { noLocation: true }).definitions) {
      if (!isComposite(node)) continue;
      const typeName = node.name.value;
      for (const fields of textsOf(node.directives, 'key', 'fields')) {
        entities.add(typeName);
        keys.push([typeName, parseSelection(fields)]);
      }
      if (node.kind !== Kind.INTERFACE_TYPE_DEFINITION)
        for (const { name: parent } of node.interfaces ?? [])
          members.set(parent.value, (members.get(parent.value) ?? new Set()).add(typeName));
      for (const { name: field, type, directives } of node.fields ?? []) {
        let named = type;
        while (named.kind !== Kind.NAMED_TYPE) named = named.type;
        const place = `${typeName}.${field.value}`;
        if (!directives?.some((each) => each.name.value === 'external')) owned.add(`${name} ${place}`);
        for (const from of textsOf(directives, 'override', 'from')) taken.add(`${from} ${place}`);
        typeOfField.set(`${typeName}.${field.value}`, named.name.value);
        for (const fields of textsOf(directives, 'requires', 'fields'))
          required.set(`${name} ${typeName}.${field.value}`, parseSelection(fields));
      }
    }
  const noteKey = (typeName: string, set: SelectionSetNode): void => {
    for (const each of set.selections) {
      if (each.kind !== Kind.FIELD) continue;
      for (const owner of [typeName, ...(members.get(typeName) ?? [])])
        keyFields.add(`${owner}.${each.name.value}`);
      const below = typeOfField.get(`${typeName}.${each.name.value}`);
      if (below !== undefined && each.selectionSet) noteKey(below, each.selectionSet);
    }
  };
  for (const [typeName, set] of keys) noteKey(typeName, set);
  return {
    entities,
    keyFields,
    members,
    isOwned: (subgraph, typeName, field) => {
      const place = `${subgraph} ${typeName}.${field}`;
      return owned.has(place) && !taken.has(place);
    },
    requiredBy: (subgraph, typeName, field) => required.get(`${subgraph} ${typeName}.${field}`),
  };
}
