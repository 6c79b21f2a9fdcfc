import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { publicErrors } from '#schema';
import type { GatewayContext } from './context.ts';

/** Refuses a document whose operation is not clear, before anything is done for it (GraphQL, section 6.1). */
export const requireOperation: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation }) => {
      if (operation) return;
      const code = 'OPERATION_RESOLUTION_FAILURE';
      throw new GraphQLError(publicErrors[code].message, { extensions: { code, http: { status: 400 } } });
    },
  }),
};
