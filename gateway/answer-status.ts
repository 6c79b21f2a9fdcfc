import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayContext } from './context.ts';
import { acceptsGraphqlResponse } from './media-type.ts';

/** Errors of the operation itself, found before or instead of an answer. */
const requestErrors: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
]);

/**
 * The status of an operation that was refused for its text or values, also when the refusal comes late: 400 for clients
 * that accept `application/graphql-response+json`, else 200, as the request itself was well formed (GraphQL over HTTP,
 * section 6.4).
 */
export const settleStatus: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ request, response }) => {
      if (response.body.kind !== 'single') return;
      const { data, errors = [] } = response.body.singleResult;
      const isRefused = errors.every(({ extensions }) => requestErrors.has(extensions?.['code']));
      if (data != null || errors.length === 0 || !isRefused) return;
      response.http.status = acceptsGraphqlResponse(request.http?.headers.get('accept')) ? 400 : 200;
    },
  }),
};
