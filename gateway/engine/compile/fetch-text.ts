import {
  Kind,
  parse,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { isIncluded, type VariableValues } from '../operation.ts';

/** The text of a fetch as it was planned, read. */
export interface FetchText {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** What is asked of entities, or of the root. */
  readonly selectionSet: SelectionSetNode;
}

/** A field, and the type condition closest around it. */
interface Selected {
  readonly field: FieldNode;
  readonly conditions: readonly string[];
  readonly isIncluded: boolean;
}

/** @throws when the text holds no operation */
export function readFetchText(text: string): FetchText {
  const { definitions } = parse(text, { noLocation: true });
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  const operation = definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('A fetch of the plan has no operation.');
  const entities = operation.selectionSet.selections.find(
    (each) => each.kind === Kind.FIELD && each.name.value === '_entities',
  );
  const below = entities?.kind === Kind.FIELD ? entities.selectionSet : undefined;
  return { operation, fragments, selectionSet: below ?? operation.selectionSet };
}

/** The fields of a set and of the fragments in it. */
export function listSelected(
  { fragments }: FetchText,
  set: SelectionSetNode,
  variables: VariableValues | null = null,
): readonly Selected[] {
  const list = (
    each: SelectionSetNode,
    conditions: readonly string[],
    isOuterIncluded: boolean,
  ): Selected[] =>
    each.selections.flatMap((selection) => {
      const isIn = isOuterIncluded && (variables === null || isIncluded(selection, variables));
      if (selection.kind === Kind.FIELD) return [{ field: selection, conditions, isIncluded: isIn }];
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (!fragment) return [];
      const condition = fragment.typeCondition?.name.value;
      return list(fragment.selectionSet, condition ? [...conditions, condition] : conditions, isIn);
    });
  return list(set, [], true);
}

export const keyOf = (field: FieldNode): string => (field.alias ?? field.name).value;
