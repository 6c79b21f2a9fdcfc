import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** One field of an answer's object, all its selections merged. */
export interface AnswerField {
  /** Response key. */
  readonly key: string;
  readonly name: string;
  readonly type: GraphQLOutputType;
  readonly nodes: readonly FieldNode[];
  /** Of an object, an interface or a union. */
  readonly below: AnswerFields | null;
}

/** The fields of an object as its selections ask for them; they depend on its type. */
export interface AnswerFields {
  /** Tells these fields from those of other selections of the operation. */
  readonly id: number;
  /**
   * In the order of the answer (GraphQL, section 6.3.2). Of an interface or union, which is what a type is taken for when
   * an object does not say more: the fields that all of its types have.
   */
  readonly of: (type: GraphQLCompositeType) => readonly AnswerField[];
}

export interface CollectOptions {
  /** The API schema. */
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Whether `@skip` and `@include` leave a selection in. */
  readonly isIncluded: (directives: readonly DirectiveNode[]) => boolean;
}

type Nodes = Map<string, FieldNode[]>;

function definitionOf(schema: GraphQLSchema, type: GraphQLCompositeType, name: string) {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  const fields: Record<string, GraphQLField<unknown, unknown> | undefined> =
    'getFields' in type ? type.getFields() : {};
  if (type !== schema.getQueryType()) return fields[name];
  return [SchemaMetaFieldDef, TypeMetaFieldDef].find((each) => each.name === name) ?? fields[name];
}

function createMerger({ schema, fragments, isIncluded }: CollectOptions) {
  const applies = (condition: string | undefined, type: GraphQLCompositeType): boolean => {
    if (condition === undefined || condition === type.name) return true;
    const wanted = schema.getType(condition);
    return isAbstractType(wanted) && 'getInterfaces' in type && schema.isSubType(wanted, type);
  };
  const merge = (
    set: SelectionSetNode,
    type: GraphQLCompositeType,
    nodes: Nodes,
    seen: Set<string>,
  ): void => {
    for (const selection of set.selections) {
      if (selection.directives?.length && !isIncluded(selection.directives)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const same = nodes.get(key);
        if (same) same.push(selection);
        else nodes.set(key, [selection]);
        continue;
      }
      const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
      if (isSpread && seen.has(selection.name.value)) continue;
      if (isSpread) seen.add(selection.name.value);
      const fragment = isSpread ? fragments.get(selection.name.value) : selection;
      if (fragment && applies(fragment.typeCondition?.name.value, type))
        merge(fragment.selectionSet, type, nodes, seen);
    }
  };
  return (sets: readonly SelectionSetNode[], type: GraphQLCompositeType): Nodes => {
    const nodes: Nodes = new Map();
    const seen = new Set<string>();
    for (const set of sets) merge(set, type, nodes, seen);
    return nodes;
  };
}

/** The fields of the whole operation, each part reckoned when it is first asked for, and once. */
export function collectFields(options: CollectOptions): AnswerFields {
  const { schema, operation } = options;
  const merge = createMerger(options);
  const ids = new Map<FieldNode, number>();
  const known = new Map<string, AnswerFields>();
  let count = 0;
  const idOf = (node: FieldNode): number => {
    const id = ids.get(node) ?? ids.size;
    ids.set(node, id);
    return id;
  };
  const below = (nodes: readonly FieldNode[]): AnswerFields => {
    const id = nodes.map(idOf).join();
    const fields = known.get(id) ?? fieldsOf(nodes.flatMap((node) => node.selectionSet ?? []));
    known.set(id, fields);
    return fields;
  };
  const read = (key: string, nodes: readonly FieldNode[], parent: GraphQLCompositeType): AnswerField[] => {
    const name = nodes[0]?.name.value ?? '';
    const type = definitionOf(schema, parent, name)?.type;
    if (!type) return [];
    return [{ key, name, type, nodes, below: isCompositeType(getNamedType(type)) ? below(nodes) : null }];
  };
  const fieldsOf = (sets: readonly SelectionSetNode[]): AnswerFields => {
    const byType = new Map<string, readonly AnswerField[]>();
    const of = (type: GraphQLCompositeType): readonly AnswerField[] => {
      const fields =
        byType.get(type.name) ?? [...merge(sets, type)].flatMap(([key, nodes]) => read(key, nodes, type));
      byType.set(type.name, fields);
      return fields;
    };
    count += 1;
    return { id: count, of };
  };
  return fieldsOf([operation.selectionSet]);
}
