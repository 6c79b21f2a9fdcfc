import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import '../../../gateway/config.ts';
import { agencyFailure, formatGatewayError } from '../../../gateway/errors.ts';
import type { Run } from '../world/subgraph.ts';
import type { World } from '../world/world.ts';
import { askApollo } from './apollo-answer.ts';
import { startRun, type Side } from './side.ts';

type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * Apollo's gateway and server as they are, over the subgraphs of a world. Only the table that errors are told by is ours,
 * so that codes can be compared.
 */
export async function startStock(world: World): Promise<Side> {
  const gateway = new ApolloGateway({
    supergraphSdl: world.supergraph,
    logger: silent,
    buildService: ({ name }) => ({
      process: async ({ request, context }) => {
        const { query = '', variables, operationName } = request;
        const fetch = { query, variables, operationName };
        const answer = await world
          .subgraph(name)
          .ask(fetch, (context as { run: Run }).run)
          .catch(() => {
            throw agencyFailure('INTERNAL_SERVER_ERROR', name);
          });
        return answer as Answer;
      },
    }),
  });
  const server = new ApolloServer<{ run: Run }>({
    gateway,
    logger: silent,
    formatError: formatGatewayError,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
  });
  await server.start();
  return {
    ask: (operation, weather) => {
      const run = startRun(weather, false);
      return askApollo(server, operation, { run }, run);
    },
    stop: () => server.stop(),
  };
}
