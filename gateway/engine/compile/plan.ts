import type { PlanNode, QueryPlan, ResponsePath } from '@apollo/query-planner';
import { compileFetch, type CompiledFetch, type FetchSurroundings } from './fetch.ts';

/** A plan, ready to be run any number of times. */
export type CompiledNode =
  | CompiledFetch
  | { readonly kind: 'sequence' | 'parallel'; readonly nodes: readonly CompiledNode[] }
  | {
      readonly kind: 'condition';
      /** Name of a boolean variable. */
      readonly variable: string;
      readonly ifTrue: CompiledNode | null;
      readonly ifFalse: CompiledNode | null;
    };

function compileNode(node: PlanNode, path: ResponsePath, surroundings: FetchSurroundings): CompiledNode {
  const compileBelow = (each: PlanNode): CompiledNode => compileNode(each, path, surroundings);
  switch (node.kind) {
    case 'Fetch':
      return compileFetch(node, path, surroundings);
    case 'Flatten':
      return compileNode(node.node, [...path, ...node.path], surroundings);
    case 'Sequence':
      return { kind: 'sequence', nodes: node.nodes.map(compileBelow) };
    case 'Parallel':
      return { kind: 'parallel', nodes: node.nodes.map(compileBelow) };
    case 'Condition': {
      const ifTrue = node.ifClause ? compileBelow(node.ifClause) : null;
      const ifFalse = node.elseClause ? compileBelow(node.elseClause) : null;
      return { kind: 'condition', variable: node.condition, ifTrue, ifFalse };
    }
    case 'Defer':
      throw new Error('Answers in several parts (@defer) are not given here.');
  }
}

/** `null`: nobody is asked. @throws for plans that are not run here: subscriptions, answers in several parts */
export function compilePlan({ node }: QueryPlan, surroundings: FetchSurroundings): CompiledNode | null {
  if (!node) return null;
  if (node.kind === 'Subscription') throw new Error('Subscriptions are not answered here.');
  return compileNode(node, [], surroundings);
}
