import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner, type QueryPlan } from '@apollo/query-planner';
import type { DocumentNode, GraphQLSchema } from 'graphql';

/** Plans operations over one supergraph. */
export interface Planner {
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  /** The subgraphs, and where the supergraph places them. */
  readonly agencies: readonly { readonly name: string; readonly url: string }[];
  /** The fetches that answer an operation. Synchronous: nobody else plans meanwhile. @throws when it cannot be planned */
  plan(document: DocumentNode, operationName: string | undefined): QueryPlan;
}

/**
 * Where several agencies can answer the same field, the ways to ask multiply with depth. Beyond these numbers the planner
 * takes the best of what it has seen instead of looking further.
 */
const limits = { maxEvaluatedPlans: 1000, pathsLimit: 100 };

/**
 * Loads a supergraph as Apollo's gateway does, and plans with its planner; nothing of the gateway that executes or reports
 * is there. Rejects when the text is no supergraph, or asks for something that is not built here, such as `@policy`.
 */
export async function loadPlanner(supergraphText: string): Promise<Planner> {
  const supergraph = Supergraph.build(supergraphText);
  const api = supergraph.apiSchema();
  const planner = new QueryPlanner(supergraph, { debug: limits });
  return {
    apiSchema: api.toGraphQLJSSchema(),
    agencies: supergraph.subgraphsMetadata(),
    plan: (document, operationName) => {
      const named = operationName === undefined ? {} : { operationName };
      return planner.buildQueryPlan(operationFromDocument(api, document, named));
    },
  };
}
