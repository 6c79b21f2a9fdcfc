import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { isScalarType, parse, type GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { scalars, type FactsSource } from '#schema';
import type { AskAgency, GatewayContext } from './agency-source.ts';
import type { CallerTokens } from './caller-token.ts';
import { createEnding, endWithApollo, type EndOperation } from './ending.ts';
import { toApolloGateway } from './engine/apollo-gateway.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import type { Agency, FetchChecks } from './engine/execute/agency.ts';
import { readGuardedGraph, type GuardedGraph } from './engine/guarded-graph.ts';
import { createOperationPlanner } from './engine/plan/operation-plan.ts';
import { loadPlanner, type Planner } from './engine/plan/planner.ts';
import { repairSupergraph } from './engine/repair/index.ts';
import { noTypeNameAlias } from './engine/type-name-alias.ts';
import { readEntityKeys } from './entity-keys.ts';
import { formatGatewayError } from './errors.ts';
import { requireMarks, subgraphNamesOf } from './exposure.ts';
import { createFetchChecks } from './fetch-checks.ts';
import { requireOperation } from './resolved-operation.ts';
import type { HotOperation } from './hot-operations.ts';
import { createKnownOperations, noteKnown, type KnownOperations } from './short-way/known-operations.ts';
import { createStations } from './stations.ts';
import { createSubjectBudget } from './subject-budget.ts';
import { tellFirstFault } from './variable-faults.ts';
import { createWarm } from './warm-up.ts';

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

/** Each agency of the supergraph by name, as the engine asks it. */
function openAgencies(
  { supergraph, askOf }: GraphOptions,
  agencies: Planner['agencies'],
  checks: FetchChecks | undefined,
): (name: string) => Agency {
  const keysOf = readEntityKeys(parse(supergraph, { noLocation: true }));
  const opened = new Map<string, Agency>(
    agencies.map(({ name, url }) => [name, { name, ask: askOf(name, url), keysOf: keysOf(name), checks }]),
  );
  return (name) => {
    const agency = opened.get(name);
    if (agency) return agency;
    throw new Error(`The supergraph has no subgraph ${name}.`);
  };
}

/** What protects people: stations before an operation is planned, and around each fetch. */
function createProtection(graph: GuardedGraph, access: GraphAccess) {
  const clock = access.clockMs ?? clockMs;
  const budget = createSubjectBudget({ perMinute: access.budgetPerMinute, clockMs: clock });
  const checks = createFetchChecks({ graph, callerTokens: access.callerTokens, budget });
  return { checks, stations: createStations({ readClient: access.readClient, budget, clockMs: clock }) };
}

/** A marked supergraph is never served unguarded, and ours never unmarked. */
function requireProtection({ access }: GraphOptions, graph: GuardedGraph) {
  if (!graph.hasMarks) return { checks: undefined, stations: undefined };
  if (access) return createProtection(graph, access);
  throw new Error('The supergraph marks who may read what, and access control is not set up for it.');
}

/** The engine over a supergraph. Rejects for a broken or unprotected one. */
export async function createGraphEngine(options: GraphOptions): Promise<Engine> {
  const { supergraph, ownScalars, log } = options;
  const document = parse(supergraph, { noLocation: true });
  const graph = readGuardedGraph(document);
  requireMarks({ hasMarks: graph.hasMarks, subgraphNames: subgraphNamesOf(document) });
  const { checks, stations } = requireProtection(options, graph);
  const { text, requestRewrites } = repairSupergraph(supergraph);
  const planner = await loadPlanner(text);
  const { apiSchema } = planner;
  if (ownScalars) attachScalars(apiSchema);
  const surroundings = {
    schema: graph.schema,
    agencyOf: openAgencies(options, planner.agencies, checks),
    plan: createOperationPlanner(planner, requestRewrites),
    onUnplannable: (error: unknown) =>
      log.error(
        { kind: error instanceof Error ? error.name : typeof error },
        'An operation cannot be planned.',
      ),
  };
  return createEngine({ apiSchema, graph, surroundings, stations });
}

/** The graph behind the door. */
export interface Graph {
  /** Answers any operation. */
  readonly apollo: ApolloServer<GatewayContext>;
  /** Operations that Apollo Server has found valid. */
  readonly known: KnownOperations;
  /** What is done with every answer before it goes out. */
  readonly end: EndOperation;
  readonly clockMs: () => number;
  /** Makes it ready for an operation before it is asked. `false`: not valid here. */
  readonly warm: (operation: HotOperation) => boolean;
  readonly stop: () => Promise<void>;
}

function createApollo(
  { supergraph }: GraphOptions,
  engine: Engine,
  plugins: readonly ApolloServerPlugin<GatewayContext>[],
): ApolloServer<GatewayContext> {
  return new ApolloServer<GatewayContext>({
    gateway: toApolloGateway(engine, supergraph),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    validationRules: [noTypeNameAlias],
    validationOptions: { hideSuggestions: true },
    formatError: formatGatewayError,
    plugins: [ApolloServerPluginLandingPageDisabled(), requireOperation, tellFirstFault, ...plugins],
  });
}

/** The graph behind the door: Apollo Server over the engine, started. Throws on a broken or unprotected supergraph. */
export async function startGraph(options: GraphOptions): Promise<Graph> {
  const engine = await createGraphEngine(options);
  const engineOf = (): Engine => engine;
  const known = createKnownOperations(engineOf);
  const end = createEnding(options.log);
  const plugins = [noteKnown(known, engineOf), endWithApollo(end, clockMs)];
  const apollo = createApollo(options, engine, plugins);
  await apollo.start();
  return { apollo, known, end, clockMs, warm: createWarm(engine, known), stop: () => apollo.stop() };
}
