/**
 * What Apollo's composition and planner of 2.14 get wrong, put right outside of them: the supergraph before it is loaded,
 * the operation before it is planned, the plan before it is executed. Per supergraph:
 *
 *     const { text, requestRewrites } = repairSupergraph(supergraph);  // load `text`
 *     const separate = createAliasSeparation(requestRewrites);
 *
 * per operation:
 *
 *     const separated = separate(document);                            // nearly always null
 *     const plan = planner.buildQueryPlan(separated?.document ?? document);
 *     refuse when losesFields(plan, planned) or asksUnresolvable(plan, requestRewrites)
 *     compile repairPlan(plan, requestRewrites)
 *
 * per request: `separated?.putBack(data)` before the answer is shaped by the client's own document; error paths go through
 * `publicPath(path, requestRewrites)`, then `separated.publicPath(path)`.
 */
export { createAliasSeparation, type Separated } from './aliases.ts';
export { losesFields } from './empty-plan.ts';
export { repairPlan } from './plan.ts';
export { publicPath, rewriteFetchText, type RequestRewrites } from './request-rewrites.ts';
export { repairSupergraph, type RepairedSupergraph } from './supergraph.ts';
export { asksUnresolvable } from './unresolvable.ts';
