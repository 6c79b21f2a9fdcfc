import { printSchema, type Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';

interface Planner {
  readonly supergraph: Supergraph;
}
type Build = (this: Planner, operation: { toString(): string }, options?: object) => unknown;

/**
 * Lets every gateway of this process that plans the same operation over the same supergraph have the same plan: planning
 * costs ten times what everything else does. What it proves of the plans themselves is nothing; `npm run fuzz` does
 * without it. Answers how to end it.
 */
export function sharePlans(): () => void {
  const prototype = QueryPlanner.prototype as unknown as { buildQueryPlan: Build };
  const own = prototype.buildQueryPlan;
  const texts = new WeakMap<object, string>();
  const plans = new Map<string, unknown>();
  prototype.buildQueryPlan = function buildOnce(operation, options) {
    const supergraph = texts.get(this) ?? printSchema(this.supergraph.schema);
    texts.set(this, supergraph);
    const key = `${operation.toString()}\n${supergraph}`;
    const plan = plans.get(key) ?? own.call(this, operation, options);
    plans.set(key, plan);
    return plan;
  };
  return () => void (prototype.buildQueryPlan = own);
}
