import { composeServices } from '@apollo/composition';
import { operationFromDocument, Supergraph, type Schema } from '@apollo/federation-internals';
import { executeQueryPlan } from '@apollo/gateway/dist/executeQueryPlan.js';
import { buildOperationContext } from '@apollo/gateway/dist/operationContext.js';
import { QueryPlanner, type QueryPlan } from '@apollo/query-planner';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse, type DocumentNode, type GraphQLError } from 'graphql';
import {
  createAliasSeparation,
  repairPlan,
  repairSupergraph,
  type RequestRewrites,
} from '../../gateway/engine/repair/index.ts';

type Resolvers = Parameters<typeof buildSubgraphSchema>[0] extends infer T ? T : never;

/** A subgraph of constant data, asked in this process. */
export interface ConstantAgency {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers: object;
}

/** What an agency was asked. */
export interface AskedFetch {
  readonly agency: string;
  readonly query: string;
  readonly representations?: readonly Record<string, unknown>[];
}

export interface PlannedAnswer {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly GraphQLError[];
  readonly asked: readonly AskedFetch[];
}

type Values = Readonly<Record<string, unknown>>;

/** Apollo's planner and stock executor over a supergraph. */
export interface PlannedGraph {
  readonly supergraph: string;
  readonly rewrites: RequestRewrites | undefined;
  readonly apiSchema: ReturnType<Schema['toGraphQLJSSchema']>;
  readonly plan: (query: string, variables?: Values) => QueryPlan;
  readonly answer: (query: string, variables?: Values) => Promise<PlannedAnswer>;
}

export function composeAgencies(agencies: readonly ConstantAgency[]): string {
  const services = agencies.map(({ name, sdl }) => ({
    name,
    url: 'http://nowhere.test',
    typeDefs: parse(sdl),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

function serve({ sdl, resolvers }: ConstantAgency) {
  return buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }] as Resolvers);
}

/** Stock, or with the repair around it. `supergraph`: instead of the one composed of the agencies. */
export function planGraph(
  agencies: readonly ConstantAgency[],
  options: { readonly isRepaired: boolean; readonly supergraph?: string },
): PlannedGraph {
  const composed = options.supergraph ?? composeAgencies(agencies);
  const repaired = options.isRepaired ? repairSupergraph(composed) : undefined;
  const supergraph = repaired?.text ?? composed;
  const rewrites = repaired?.requestRewrites;
  const loaded = Supergraph.build(supergraph, { validateSupergraph: true });
  const planner = new QueryPlanner(loaded);
  const api = loaded.apiSchema();
  const apiSchema = api.toGraphQLJSSchema();
  const served = new Map(agencies.map((each) => [each.name, serve(each)]));
  const separate = rewrites ? createAliasSeparation(rewrites) : () => null;
  const planDocument = (document: DocumentNode, operationName?: string): QueryPlan => {
    const operation = operationFromDocument(api, document, { ...(operationName && { operationName }) });
    const plan = planner.buildQueryPlan(operation);
    return rewrites ? repairPlan(plan, rewrites) : plan;
  };
  return {
    supergraph,
    rewrites,
    apiSchema,
    plan: (query) => planDocument(parse(query)),
    answer: async (query, variables = {}) => {
      const asked: AskedFetch[] = [];
      const document = parse(query);
      const separated = separate(document);
      const source = (agency: string) => ({
        process: async ({ request }: { request: { query: string; variables: Values } }) => {
          const representations = request.variables['representations'] as AskedFetch['representations'];
          asked.push({ agency, query: request.query, ...(representations && { representations }) });
          const answer = await graphql({
            schema: served.get(agency)!,
            source: request.query,
            variableValues: JSON.parse(JSON.stringify(request.variables)) as Values,
          });
          return JSON.parse(JSON.stringify(answer)) as unknown;
        },
      });
      const used = separated?.document ?? document;
      const context = buildOperationContext({ schema: apiSchema, operationDocument: used } as never);
      const { data, errors = [] } = await executeQueryPlan(
        planDocument(used),
        Object.fromEntries(agencies.map(({ name }) => [name, source(name)])) as never,
        { request: { variables }, metrics: {}, context: {}, logger: console } as never,
        context,
        loaded.schema.toGraphQLJSSchema(),
        api,
      );
      const shaped = data as Record<string, unknown> | null;
      return { data: shaped && restoreKeys(shaped, separated), errors, asked };
    },
  };
}

/** The stock executor has shaped the answer by then, so a moved key only needs its old name. */
function restoreKeys(
  data: Record<string, unknown>,
  separated: ReturnType<ReturnType<typeof createAliasSeparation>>,
): Record<string, unknown> {
  if (!separated) return data;
  separated.putBack(data);
  return JSON.parse(
    JSON.stringify(data, (key, value: unknown) => (/__asked\d+$/.test(key) ? undefined : value)),
  ) as Record<string, unknown>;
}
