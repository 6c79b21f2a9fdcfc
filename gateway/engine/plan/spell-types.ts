import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  Kind,
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLUnionType,
  type NamedTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { SelectedOperation } from '../operation.ts';

type Parent = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType;

interface Part {
  readonly typeCondition: NamedTypeNode | undefined;
  readonly directives: readonly DirectiveNode[];
  readonly selectionSet: SelectionSetNode;
}

/** Spelt out an operation can be longer than it was; beyond so many selections it is left alone. */
const maxSelections = 5000;

class TooLongError extends Error {}

const typeName: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

const isParent = (type: GraphQLNamedType | undefined): type is Parent =>
  isObjectType(type) || isAbstractType(type);

function partOf(
  node: Exclude<SelectionNode, FieldNode>,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Part | undefined {
  const part = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
  return part && { ...part, typeCondition: part.typeCondition, directives: node.directives ?? [] };
}

const fragmentOn = (name: string | undefined, { directives }: Part, selectionSet: SelectionSetNode) => ({
  kind: Kind.INLINE_FRAGMENT as const,
  ...(name !== undefined && {
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } } as const,
  }),
  directives,
  selectionSet,
});

/** Whether everything of the type has the fields of the other one, and the type itself has them. */
const includes = (schema: GraphQLSchema, wanted: GraphQLNamedType, type: Parent): boolean =>
  wanted === type || (isInterfaceType(wanted) && !isUnionType(type) && schema.isSubType(wanted, type));

function createSpeller(schema: GraphQLSchema, fragments: SelectedOperation['fragments']) {
  let count = 0;
  const objectsOf = (type: Parent): readonly GraphQLObjectType[] =>
    isObjectType(type) ? [type] : schema.getPossibleTypes(type);
  const spellField = (node: FieldNode, parent: Parent): FieldNode => {
    if ((count += 1) > maxSelections) throw new TooLongError();
    const field = 'getFields' in parent ? parent.getFields()[node.name.value] : undefined;
    const type = field && getNamedType(field.type);
    return node.selectionSet && isParent(type)
      ? { ...node, selectionSet: spell(node.selectionSet, type) }
      : node;
  };
  const spellPart = (part: Part, parent: Parent): readonly SelectionNode[] => {
    const wanted = part.typeCondition ? schema.getType(part.typeCondition.name.value) : parent;
    if (!isParent(wanted)) return [];
    const objects = objectsOf(wanted).filter((each) => objectsOf(parent).includes(each));
    if (objects.length > 0 && (isObjectType(parent) || includes(schema, wanted, parent))) {
      const within = spell(part.selectionSet, parent);
      return part.directives.length === 0 ? within.selections : [fragmentOn(undefined, part, within)];
    }
    return objects.map((each) => fragmentOn(each.name, part, spell(part.selectionSet, each)));
  };
  const spell = (set: SelectionSetNode, parent: Parent): SelectionSetNode => {
    const selections = set.selections.flatMap((each): readonly SelectionNode[] => {
      if (each.kind === Kind.FIELD) return [spellField(each, parent)];
      const part = partOf(each, fragments);
      return part ? spellPart(part, parent) : [];
    });
    return { ...set, selections: selections.length > 0 ? selections : [typeName] };
  };
  return spell;
}

/**
 * The same operation without named fragments and without fragments on interfaces and unions: what is asked through one is
 * asked of the type that is there, or of each object type that it can be. Apollo's planner finds no way from what a
 * standing-in agency (`@interfaceObject`) found through an interface above it or a union. `null`: it would be too long.
 */
export function spellTypes(selected: SelectedOperation, schema: GraphQLSchema): SelectedOperation | null {
  const { operation, fragments } = selected;
  const root = schema.getRootType(operation.operation);
  if (!root) return null;
  try {
    const selectionSet = createSpeller(schema, fragments)(operation.selectionSet, root);
    return { operation: { ...operation, selectionSet }, fragments: new Map() };
  } catch (error) {
    if (error instanceof TooLongError) return null;
    throw error;
  }
}
