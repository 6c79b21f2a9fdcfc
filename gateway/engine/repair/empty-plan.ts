import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import { Kind, parse, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import type { SelectedOperation } from '../operation.ts';

/** A root field of an operation. */
interface RootField {
  readonly responseKey: string;
  readonly fieldName: string;
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function readRootFields(set: SelectionSetNode, fragments: Fragments): RootField[] {
  return set.selections.flatMap((each): RootField[] => {
    if (each.kind === Kind.FIELD)
      return [{ responseKey: (each.alias ?? each.name).value, fieldName: each.name.value }];
    const part = each.kind === Kind.INLINE_FRAGMENT ? each : fragments.get(each.name.value);
    return part ? readRootFields(part.selectionSet, fragments) : [];
  });
}

function readFetchKeys({ operation: text, outputRewrites }: FetchNode): string[] {
  const { definitions } = parse(text, { noLocation: true });
  const fragments = new Map(
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

/**
 * Whether a plan leaves out a root field of the operation, whose conditions are settled. Apollo's planner answers with such a
 * plan, and without an error, where it finds no way to an agency: a client would get `null` for data that was never asked
 * for. Introspection and `__typename` are nobody's to fetch and never count.
 */
export function losesFields({ node }: QueryPlan, { operation, fragments }: SelectedOperation): boolean {
  const asked = new Set(node?.kind === 'Subscription' ? [] : readPlanKeys(node));
  return readRootFields(operation.selectionSet, fragments).some(
    ({ responseKey, fieldName }) => !fieldName.startsWith('__') && !asked.has(responseKey),
  );
}
