import { Kind, OperationTypeNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import type { SelectedOperation } from '../operation.ts';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Root selections with what named fragments hold written in their places. */
function writeOut(set: SelectionSetNode, fragments: Fragments): SelectionSetNode {
  const selections = set.selections.map((each) => {
    if (each.kind === Kind.INLINE_FRAGMENT)
      return { ...each, selectionSet: writeOut(each.selectionSet, fragments) };
    const fragment = each.kind === Kind.FRAGMENT_SPREAD ? fragments.get(each.name.value) : undefined;
    if (!fragment) return each;
    const { typeCondition, selectionSet } = fragment;
    return {
      kind: Kind.INLINE_FRAGMENT as const,
      typeCondition,
      directives: each.directives ?? [],
      selectionSet: writeOut(selectionSet, fragments),
    };
  });
  return { ...set, selections };
}

/**
 * A mutation whose root fields stand in the order in which they are to be executed (GraphQL, section 6.2.2): the planner puts
 * those of named fragments first. Other operations as they are.
 */
export function orderMutation(selected: SelectedOperation): SelectedOperation {
  const { operation, fragments } = selected;
  if (operation.operation !== OperationTypeNode.MUTATION) return selected;
  const selectionSet = writeOut(operation.selectionSet, fragments);
  return { operation: { ...operation, selectionSet }, fragments };
}
