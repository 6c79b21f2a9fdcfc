import {
  Kind,
  visit,
  type ASTNode,
  type DirectiveNode,
  type FieldNode,
  type SelectionSetNode,
} from 'graphql';
import type { SelectedOperation } from '../operation.ts';
import { isCondition } from '../shape/conditions.ts';

const typeName: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

interface Conditioned extends ASTNodeWithDirectives {
  readonly kind: Kind.FIELD | Kind.FRAGMENT_SPREAD | Kind.INLINE_FRAGMENT;
}
interface ASTNodeWithDirectives {
  readonly directives?: readonly DirectiveNode[] | undefined;
}

/**
 * The operation as its variables leave it, without `@skip` and `@include`. The planner is told what is left out, for else it
 * wants the inputs of fields that nobody asked for. An object of which nothing is left is asked for its type.
 */
export function settleConditions(
  { operation, fragments }: SelectedOperation,
  isIncluded: (directives: readonly DirectiveNode[]) => boolean,
): SelectedOperation {
  const enter = (node: Conditioned): null | undefined =>
    isIncluded(node.directives ?? []) ? undefined : null;
  const leave = <Node extends Conditioned>(node: Node): Node | undefined =>
    node.directives?.some(isCondition)
      ? { ...node, directives: node.directives.filter((each) => !isCondition(each)) }
      : undefined;
  const settle = <Node extends ASTNode>(node: Node): Node =>
    visit(node, {
      Field: { enter, leave },
      FragmentSpread: { enter, leave },
      InlineFragment: { enter, leave },
      SelectionSet: {
        leave: (set: SelectionSetNode) =>
          set.selections.length === 0 ? { ...set, selections: [typeName] } : undefined,
      },
    }) as Node;
  return {
    operation: settle(operation),
    fragments: new Map([...fragments].map(([name, fragment]) => [name, settle(fragment)])),
  };
}
