import type {
  FetchDataRewrite,
  FetchNode,
  FlattenNode,
  PlanNode,
  QueryPlan,
  QueryPlanSelectionNode,
} from '@apollo/query-planner';
import {
  rewriteFetchDocument,
  rewriteFetchText,
  type RequestRewrites,
  type StandIns,
} from './request-rewrites.ts';
import { splitFetch } from './split-fetch.ts';
import { splitStandIn } from './split-stand-in.ts';
import { fetchesOf } from './unresolvable.ts';

/** Gives the inputs of a representation the agency's own names, innermost first. */
function renameInputs(
  selections: readonly QueryPlanSelectionNode[],
  { synthetics }: RequestRewrites,
): FetchDataRewrite[] {
  const renames = new Map<string, FetchDataRewrite>();
  const walk = (each: QueryPlanSelectionNode, parent: readonly string[]): void => {
    if (each.kind !== 'Field') return each.selections.forEach((inner) => walk(inner, parent));
    const path = [...parent, each.name];
    each.selections?.forEach((inner) => walk(inner, path));
    const synthetic = synthetics.get(each.name);
    if (synthetic)
      renames.set(path.join(' '), { kind: 'KeyRenamer', path, renameKeyTo: synthetic.fieldName });
  };
  selections.forEach((each) => walk(each, []));
  return [...renames.values()];
}

function rewriteFetch(fetch: FetchNode, rewrites: RequestRewrites): FetchNode {
  const { operationDocumentNode: document } = fetch;
  const renames = renameInputs(fetch.requires ?? [], rewrites);
  return {
    ...fetch,
    operation: rewriteFetchText(fetch.operation, rewrites),
    ...(document && { operationDocumentNode: rewriteFetchDocument(document, rewrites) }),
    ...(renames.length > 0 && { inputRewrites: [...(fetch.inputRewrites ?? []), ...renames] }),
  };
}

const repairFetch = (fetch: FetchNode, rewrites: RequestRewrites): readonly FetchNode[] =>
  splitStandIn(fetch, rewrites)
    .flatMap((each) => splitFetch(each, rewrites))
    .map((each) => rewriteFetch(each, rewrites));

function together(nodes: readonly PlanNode[]): PlanNode {
  const [only] = nodes;
  return nodes.length === 1 && only ? only : { kind: 'Parallel', nodes: [...nodes] };
}

function repairFlatten(node: FlattenNode, rewrites: RequestRewrites): PlanNode {
  if (node.node.kind !== 'Fetch') return { ...node, node: repairNode(node.node, rewrites) };
  return together(repairFetch(node.node, rewrites).map((fetch) => ({ ...node, node: fetch })));
}

function repairNode(node: PlanNode, rewrites: RequestRewrites): PlanNode {
  const repair = (each: PlanNode): PlanNode => repairNode(each, rewrites);
  if (node.kind === 'Fetch') return together(repairFetch(node, rewrites));
  if (node.kind === 'Flatten') return repairFlatten(node, rewrites);
  if (node.kind === 'Sequence' || node.kind === 'Parallel') return { ...node, nodes: node.nodes.map(repair) };
  if (node.kind !== 'Condition') return node;
  const { ifClause, elseClause } = node;
  return {
    ...node,
    ...(ifClause && { ifClause: repair(ifClause) }),
    ...(elseClause && { elseClause: repair(elseClause) }),
  };
}

/** Whether anything is asked of things of some types alone, or under a condition: then some may lack the inputs of others. */
const isUneven = (node: PlanNode): boolean =>
  fetchesOf(node).some(({ operation, requires }) => {
    const conditions = operation.match(/\.\.\. ?on\b|@(skip|include)\b/g)?.length ?? 0;
    return conditions > (requires ? 1 : 0);
  });

/**
 * A plan over a repaired supergraph, made ready for the agencies; once per plan. Fetch texts ask for the agency's own field
 * under the synthetic response key, so merged data and `requires` keep the plan's names; `inputRewrites` (`KeyRenamer`) give
 * representations the agency's names; a fetch whose representation would need two values under one name becomes several
 * `Flatten` nodes side by side in a `Parallel`, and so does one that things of some types lack inputs for
 * (`@interfaceObject`). Pure; the plan itself is returned when the supergraph has nothing of the kind.
 *
 * A `KeyRenamer` has to move whatever value the key has: stock leaves `0`, `false`, `""` and `null` behind.
 */
export function repairPlan(plan: QueryPlan, rewrites: RequestRewrites): QueryPlan {
  const { node } = plan;
  if (rewrites.synthetics.size + rewrites.standIns.size === 0 || !node || node.kind === 'Subscription')
    return plan;
  const standIns: StandIns = isUneven(node) ? rewrites.standIns : new Map();
  return { ...plan, node: repairNode(node, { ...rewrites, standIns }) };
}
