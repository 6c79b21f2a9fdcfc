import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { isScalarType, parse, type GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { scalars, type FactsSource } from '#schema';
import { settleStatus } from './answer-status.ts';
import { createDataSource, type AskAgency, type FetchChecks, type GatewayContext } from './agency-source.ts';
import type { CallerTokens } from './caller-token.ts';
import { challengeFor } from './challenge.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import { readGuardedGraph, type GuardedGraph } from './engine/guarded-graph.ts';
import { noTypeNameAlias } from './engine/type-name-alias.ts';
import { readEntityKeys } from './entity-keys.ts';
import { formatGatewayError } from './errors.ts';
import { requireMarks, subgraphNamesOf } from './exposure.ts';
import { createFetchChecks } from './fetch-checks.ts';
import { logOperations } from './operation-log.ts';
import { requireOperation } from './resolved-operation.ts';
import { createStations } from './stations.ts';
import { createSubjectBudget } from './subject-budget.ts';
import { tellFirstFault } from './variable-faults.ts';

/** What access control needs from outside. */
export interface GraphAccess {
  readonly callerTokens: CallerTokens;
  /** What the register knows of a client; a rejection means only that less is refused early. */
  readonly readClient: FactsSource['readClient'];
  /** Distinct people that one client may ask about within a minute. */
  readonly budgetPerMinute: number;
  /** Milliseconds of the monotonic clock; the process's own when not given. */
  readonly clockMs?: () => number;
}

export interface GraphOptions {
  /** The supergraph SDL. */
  readonly supergraph: string;
  /** How to ask the subgraph of that name, which the supergraph places at `url`. */
  readonly askOf: (name: string, url: string) => AskAgency;
  /** Whether the supergraph's scalars are ours, and their values are checked before anybody is asked. */
  readonly ownScalars: boolean;
  readonly log: Logger;
  /** Required for a supergraph with marks; without marks it is not used. */
  readonly access?: GraphAccess;
}

const clockMs = (): number => performance.now();

/** A composed schema knows its scalars by name only; this gives them their checks. */
function attachScalars(schema: GraphQLSchema): void {
  for (const { name, parseValue, parseLiteral } of Object.values(scalars)) {
    const type = schema.getType(name);
    if (isScalarType(type)) Object.assign(type, { parseValue, parseLiteral });
  }
}

function createApolloGateway(options: GraphOptions, checks: FetchChecks | undefined): ApolloGateway {
  const { supergraph, askOf, ownScalars, log } = options;
  const keysOf = readEntityKeys(parse(supergraph, { noLocation: true }));
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    buildService: ({ name, url }) =>
      createDataSource({ agency: name, ask: askOf(name, url ?? ''), checks, keysOf: keysOf(name) }),
    logger: {
      debug: () => {},
      info: () => {},
      warn: (message?: unknown) => log.warn(String(message)),
      error: (message?: unknown) => log.error(String(message)),
    },
  });
  if (ownScalars) gateway.onSchemaLoadOrUpdate(({ apiSchema }) => attachScalars(apiSchema));
  return gateway;
}

/** Apollo's gateway between the stations that protect people: before an operation is planned, and around each fetch. */
function createGuardedEngine(options: GraphOptions, graph: GuardedGraph, access: GraphAccess): Engine {
  const clock = access.clockMs ?? clockMs;
  const budget = createSubjectBudget({ perMinute: access.budgetPerMinute, clockMs: clock });
  const checks = createFetchChecks({ graph, callerTokens: access.callerTokens, budget });
  const stations = createStations({ readClient: access.readClient, budget, clockMs: clock });
  return createEngine(createApolloGateway(options, checks), graph, stations);
}

/** A marked supergraph is never served unguarded, and ours never unmarked. */
function createGraphEngine(options: GraphOptions): Engine | ApolloGateway {
  const document = parse(options.supergraph, { noLocation: true });
  const graph = readGuardedGraph(document);
  requireMarks({ hasMarks: graph.hasMarks, subgraphNames: subgraphNamesOf(document) });
  if (!graph.hasMarks) return createApolloGateway(options, undefined);
  if (options.access) return createGuardedEngine(options, graph, options.access);
  throw new Error('The supergraph marks who may read what, and access control is not set up for it.');
}

/** What lacks a higher level tells how to get there (RFC 9470). */
const challengeForLevel: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response }) => {
      if (response.body.kind !== 'single') return;
      const { status, header } = challengeFor(response.body.singleResult);
      if (status !== undefined) response.http.status = status;
      if (header !== undefined) response.http.headers.set('www-authenticate', header);
    },
  }),
};

/** The graph behind the door: Apollo Server over the engine, started. Throws on a broken or unprotected supergraph. */
export async function startGraph(options: GraphOptions): Promise<ApolloServer<GatewayContext>> {
  const server = new ApolloServer<GatewayContext>({
    gateway: createGraphEngine(options),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    validationRules: [noTypeNameAlias],
    validationOptions: { hideSuggestions: true },
    formatError: formatGatewayError,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      requireOperation,
      tellFirstFault,
      settleStatus,
      challengeForLevel,
      logOperations(options.log, clockMs),
    ],
  });
  await server.start();
  return server;
}
