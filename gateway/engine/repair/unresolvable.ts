import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import type { RequestRewrites } from './request-rewrites.ts';

/** Every fetch of a plan or of a part of it. */
export function fetchesOf(node: PlanNode | undefined): FetchNode[] {
  if (node?.kind === 'Fetch') return [node];
  if (node?.kind === 'Flatten') return fetchesOf(node.node);
  if (node?.kind === 'Condition') return [...fetchesOf(node.ifClause), ...fetchesOf(node.elseClause)];
  return node?.kind === 'Sequence' || node?.kind === 'Parallel' ? node.nodes.flatMap(fetchesOf) : [];
}

/**
 * Whether a plan goes into an agency for entities that the agency has said it does not resolve: what the planner does after
 * `@requires` where a type has none but unresolvable keys. The answer would be `null` without an error.
 */
export function asksUnresolvable({ node }: QueryPlan, { isUnresolvable }: RequestRewrites): boolean {
  const fetches = node?.kind === 'Subscription' ? [] : fetchesOf(node);
  return fetches.some(({ requires, serviceName }) =>
    requires?.some(
      (each) => each.kind === 'InlineFragment' && isUnresolvable(serviceName, each.typeCondition ?? ''),
    ),
  );
}
