import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import {
  Kind,
  parse,
  valueFromASTUntyped,
  type DirectiveNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;
type Variables = Readonly<Record<string, unknown>>;

/** An operation with the fragments it may spread. */
export interface PlannedOperation {
  readonly operation: OperationDefinitionNode;
  readonly fragments: Fragments;
}

/** A root field that no fetch of the plan asks for. */
export interface LostField {
  readonly responseKey: string;
  /** Whether the operation selects it with these variables (`@skip`, `@include`, defaults of variables). */
  readonly isSelected: (variables: Variables) => boolean;
}

interface RootField {
  readonly responseKey: string;
  readonly fieldName: string;
  /** Every directive around the field. */
  readonly directives: readonly DirectiveNode[];
}

function readRootFields(
  set: SelectionSetNode,
  fragments: Fragments,
  around: readonly DirectiveNode[] = [],
): RootField[] {
  return set.selections.flatMap((each): RootField[] => {
    const directives = [...around, ...(each.directives ?? [])];
    if (each.kind === Kind.FIELD)
      return [{ responseKey: (each.alias ?? each.name).value, fieldName: each.name.value, directives }];
    const part = each.kind === Kind.INLINE_FRAGMENT ? each : fragments[each.name.value];
    return part ? readRootFields(part.selectionSet, fragments, directives) : [];
  });
}

function readFetchKeys({ operation: text, outputRewrites }: FetchNode): string[] {
  const { definitions } = parse(text, { noLocation: true });
  const fragments = Object.fromEntries(
    definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const operation = definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  const fields = operation ? readRootFields(operation.selectionSet, fragments) : [];
  const renamed = (outputRewrites ?? []).flatMap((each) =>
    each.kind === 'KeyRenamer' && each.path.length === 1 ? [each.renameKeyTo] : [],
  );
  return [...fields.map(({ responseKey }) => responseKey), ...renamed];
}

/** Response keys that the fetches from the root ask for. */
function readPlanKeys(node: PlanNode | undefined): string[] {
  if (node?.kind === 'Fetch') return node.requires ? [] : readFetchKeys(node);
  if (node?.kind === 'Condition') return [...readPlanKeys(node.ifClause), ...readPlanKeys(node.elseClause)];
  return node?.kind === 'Sequence' || node?.kind === 'Parallel' ? node.nodes.flatMap(readPlanKeys) : [];
}

function createSelected(
  { operation }: PlannedOperation,
  directives: readonly DirectiveNode[],
): LostField['isSelected'] {
  const definitionOf = (name: string) =>
    operation.variableDefinitions?.find(({ variable }) => variable.name.value === name);
  const holds = ({ arguments: values }: DirectiveNode, variables: Variables): boolean => {
    const value = values?.find(({ name }) => name.value === 'if')?.value;
    if (value?.kind !== Kind.VARIABLE) return value?.kind === Kind.BOOLEAN && value.value;
    const name = value.name.value;
    if (Object.hasOwn(variables, name) && variables[name] !== undefined) return variables[name] === true;
    const fallback = definitionOf(name)?.defaultValue;
    return fallback !== undefined && valueFromASTUntyped(fallback) === true;
  };
  return (variables) =>
    directives.every((each) => {
      if (each.name.value === 'skip') return !holds(each, variables);
      return each.name.value !== 'include' || holds(each, variables);
    });
}

/**
 * The root fields that a plan leaves out, once per plan; nearly always none. Apollo's planner answers with such a plan, and
 * without an error, where it finds no way to an agency: a client would get `null` for data that was never asked for.
 * Introspection and `__typename` are nobody's to fetch and never count.
 */
export function readLostFields(plan: QueryPlan, planned: PlannedOperation): readonly LostField[] {
  const node = plan.node?.kind === 'Subscription' ? undefined : plan.node;
  const asked = new Set(readPlanKeys(node));
  return readRootFields(planned.operation.selectionSet, planned.fragments)
    .filter(({ responseKey, fieldName }) => !fieldName.startsWith('__') && !asked.has(responseKey))
    .map(({ responseKey, directives }) => ({
      responseKey,
      isSelected: createSelected(planned, directives),
    }));
}

/** Whether the plan leaves out a root field that the operation selects with these variables. */
export function isEmptyPlanFor(plan: QueryPlan, planned: PlannedOperation, variables: Variables): boolean {
  return readLostFields(plan, planned).some(({ isSelected }) => isSelected(variables));
}
