import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { publicErrors } from '#schema';
import type { GatewayContext } from '../context.ts';
import type { Engine, ToldError } from './engine.ts';

type ApolloGatewayFace = ApolloServerOptionsWithGateway<GatewayContext>['gateway'];
type Executor = NonNullable<Awaited<ReturnType<ApolloGatewayFace['load']>>['executor']>;

function toGraphqlError(error: ToldError): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const { message, path, extensions } = error;
  return new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null });
}

const unclear = (): GraphQLError => {
  const code = 'OPERATION_RESOLUTION_FAILURE';
  return new GraphQLError(publicErrors[code].message, { extensions: { code } });
};

const executorOf =
  (engine: Engine): Executor =>
  async ({ document, queryHash, source, request, context }) => {
    const { operationName, variables = {}, http } = request;
    const prepared = engine.prepare({ document, operationName, queryHash, source });
    if (!prepared) return { errors: [unclear()] };
    const method = http?.method;
    const { data, errors } = await prepared.answer({ variables, context: context as GatewayContext, method });
    return {
      ...(data !== undefined && { data }),
      ...(errors.length > 0 && { errors: errors.map(toGraphqlError) }),
    };
  };

/** The engine as Apollo Server wants a gateway. `supergraph`: its SDL. */
export function toApolloGateway(engine: Engine, supergraph: string): ApolloGatewayFace {
  const listeners = new Set<Parameters<ApolloGatewayFace['onSchemaLoadOrUpdate']>[0]>();
  return {
    onSchemaLoadOrUpdate: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    load: async () => {
      for (const listener of listeners)
        listener({ apiSchema: engine.apiSchema, coreSupergraphSdl: supergraph });
      return { executor: executorOf(engine) };
    },
    stop: async () => {},
  };
}
