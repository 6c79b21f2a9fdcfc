import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { isScalarType, type GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { scalars } from '#schema';
import { createDataSource, type AskAgency, type GatewayContext } from './agency-source.ts';
import { formatGatewayError } from './errors.ts';
import { logOperations } from './operation-log.ts';

export interface GraphOptions {
  /** The supergraph SDL. */
  readonly supergraph: string;
  /** How to ask the subgraph of that name, which the supergraph places at `url`. */
  readonly askOf: (name: string, url: string) => AskAgency;
  /** Whether the supergraph's scalars are ours, and their values are checked before anybody is asked. */
  readonly ownScalars: boolean;
  readonly log: Logger;
}

/** A composed schema knows its scalars by name only; this gives them their checks. */
function attachScalars(schema: GraphQLSchema): void {
  for (const { name, parseValue, parseLiteral } of Object.values(scalars)) {
    const type = schema.getType(name);
    if (isScalarType(type)) Object.assign(type, { parseValue, parseLiteral });
  }
}

function createApolloGateway({ supergraph, askOf, ownScalars, log }: GraphOptions): ApolloGateway {
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    buildService: ({ name, url }) => createDataSource(name, askOf(name, url ?? '')),
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

const clientCodes: ReadonlySet<unknown> = new Set(['BAD_USER_INPUT']);

/** A request refused as a whole for its values is the client's error, also when the refusal comes late. */
const answerClientErrors: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response }) => {
      if (response.body.kind !== 'single') return;
      const { data, errors } = response.body.singleResult;
      const isRefused = data == null && errors?.every((error) => clientCodes.has(error.extensions?.['code']));
      if (isRefused) response.http.status = 400;
    },
  }),
};

/** The graph behind the door: Apollo Server over Apollo's gateway, started. Throws on a broken supergraph. */
export async function startGraph(options: GraphOptions): Promise<ApolloServer<GatewayContext>> {
  const server = new ApolloServer<GatewayContext>({
    gateway: createApolloGateway(options),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    formatError: formatGatewayError,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      answerClientErrors,
      logOperations(options.log, () => performance.now()),
    ],
  });
  await server.start();
  return server;
}
