import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import type { Logger } from 'pino';
import type { GatewayContext } from './agency-source.ts';

/** Names are the client's to choose; one that might carry a number is not written down. */
const nameOf = (name: string | null | undefined): string | null =>
  name && !/\d{4,}/.test(name) ? name : null;

type Sent = GraphQLRequestContextWillSendResponse<GatewayContext>;

function codesOf({ response }: Sent): readonly unknown[] {
  if (response.body.kind !== 'single') return [];
  const errors = response.body.singleResult.errors ?? [];
  return [...new Set(errors.map((error) => error.extensions?.['code']))];
}

/** One JSON line per operation: what was asked of whom and how long it took. No values, no identifiers. */
export function logOperations(log: Logger, clockMs: () => number): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => {
      const startedMs = clockMs();
      return {
        willSendResponse: async (sent) => {
          const { requestId, fetches } = sent.contextValue;
          const durationMs = Math.round((clockMs() - startedMs) * 10) / 10;
          const operation = { name: nameOf(sent.operationName), type: sent.operation?.operation ?? null };
          log.info(
            { requestId, operation, durationMs, fetches: Object.fromEntries(fetches), codes: codesOf(sent) },
            'operation',
          );
        },
      };
    },
  };
}
