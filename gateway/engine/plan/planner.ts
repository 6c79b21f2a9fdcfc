import { ApolloGateway } from '@apollo/gateway';
import { operationFromDocument, type Schema } from '@apollo/federation-internals';
import type { QueryPlan, QueryPlanner } from '@apollo/query-planner';
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
 * Where several agencies can answer the same field, the ways to ask multiply with depth: three agencies and depth 8 make 6,561.
 * Beyond `pathsLimit` ways to one field an operation is not planned; beyond `maxEvaluatedPlans` the best so far is taken.
 */
const limits = { maxEvaluatedPlans: 1000, pathsLimit: 1000 };

const tooLarge = /^(Too many options generated|Number of non-local selections|Exceeded maximum recursive)/;

/** Whether planning ended because of what the operation is, and a smaller one would be answered. */
export const isTooLarge = (error: unknown): boolean => error instanceof Error && tooLarge.test(error.message);

/** What a loaded gateway holds beside its public face. */
interface Loaded {
  readonly queryPlanner: QueryPlanner;
  readonly apiSchema: Schema;
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const unasked = (): Promise<never> => Promise.reject(new Error('The gateway that plans asks nobody.'));

/**
 * Apollo's gateway loads the supergraph and plans; it executes nothing. Rejects when the text is no supergraph, or asks for
 * something that is not built here, such as `@policy`.
 */
export async function loadPlanner(supergraphText: string): Promise<Planner> {
  const agencies: { name: string; url: string }[] = [];
  const gateway = new ApolloGateway({
    supergraphSdl: supergraphText,
    queryPlannerConfig: { debug: limits },
    logger: silent,
    buildService: ({ name, url = '' }) => {
      agencies.push({ name, url });
      return { process: unasked };
    },
  });
  const { schema } = await gateway.load();
  const { queryPlanner: planner, apiSchema: api } = gateway as unknown as Loaded;
  return {
    apiSchema: schema,
    agencies,
    plan: (document, operationName) => {
      const named = operationName === undefined ? {} : { operationName };
      return planner.buildQueryPlan(operationFromDocument(api, document, named));
    },
  };
}
