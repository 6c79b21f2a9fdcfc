import type { QueryPlanFieldNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import type { RequestRewrites } from './request-rewrites.ts';

/** A field of a representation, and the object types it is for; `undefined`: whatever the type. */
interface Input {
  readonly node: QueryPlanFieldNode;
  readonly types: readonly string[] | undefined;
}

function flatten(
  selections: readonly QueryPlanSelectionNode[],
  rewrites: RequestRewrites,
  types?: readonly string[],
): Input[] {
  return selections.flatMap((each): Input[] => {
    if (each.kind === 'Field') return [{ node: each, types }];
    const { typeCondition } = each;
    const inner = typeCondition === undefined ? types : rewrites.objectTypesOf(typeCondition);
    return flatten(each.selections, rewrites, inner);
  });
}

const overlap = (a: Input, b: Input): boolean =>
  !a.types || !b.types || a.types.some((type) => b.types?.includes(type));

/** Whether a representation of these inputs would have two different values under one of the agency's own names. */
export function collide(selections: readonly QueryPlanSelectionNode[], rewrites: RequestRewrites): boolean {
  const inputs = flatten(selections, rewrites);
  const ownName = ({ node }: Input): string => rewrites.synthetics.get(node.name)?.fieldName ?? node.name;
  const isTwice = inputs.some((a, index) =>
    inputs
      .slice(index + 1)
      .some((b) => a.node.name !== b.node.name && ownName(a) === ownName(b) && overlap(a, b)),
  );
  if (isTwice) return true;
  return [...new Set(inputs.map(({ node }) => node.name))].some((name) => {
    const inner = inputs.flatMap(({ node }) => (node.name === name ? (node.selections ?? []) : []));
    return inner.length > 0 && collide(inner, rewrites);
  });
}

/** Inputs without the synthetic ones that `keeps` says no to, and without what is empty then. */
export function restrict(
  selections: readonly QueryPlanSelectionNode[],
  { synthetics }: RequestRewrites,
  keeps: (name: string) => boolean,
): QueryPlanSelectionNode[] {
  const narrow = (each: QueryPlanSelectionNode): QueryPlanSelectionNode[] => {
    if (each.kind === 'Field' && synthetics.has(each.name) && !keeps(each.name)) return [];
    if (!each.selections) return [each];
    const inner = each.selections.flatMap(narrow);
    return inner.length > 0 ? [{ ...each, selections: inner }] : [];
  };
  return selections.flatMap(narrow);
}

/** Names of the synthetic inputs, at any depth. */
export function syntheticsIn(
  selections: readonly QueryPlanSelectionNode[],
  { synthetics }: RequestRewrites,
): ReadonlySet<string> {
  const names = new Set<string>();
  const walk = (each: QueryPlanSelectionNode): void => {
    if (each.kind === 'Field' && synthetics.has(each.name)) names.add(each.name);
    each.selections?.forEach(walk);
  };
  selections.forEach(walk);
  return names;
}
