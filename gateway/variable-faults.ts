import type { ApolloServerPlugin } from '@apollo/server';
import {
  getVariableValues,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { GatewayContext } from './context.ts';
import { countsMoreValues } from './document-limits/index.ts';

/** So many values can be wrong at once before only the first wrong one is told. */
const maxTold = 50;

/**
 * The first fault among many variables; `null`: there is none, or there are so few variables that every fault may be told.
 * Each fault costs a hundred times what a good value costs, in time and in the length of the answer.
 */
export function findFirstFault(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode | undefined,
  variables: Readonly<Record<string, unknown>> = {},
): GraphQLError | null {
  const definitions = operation?.variableDefinitions ?? [];
  if (definitions.length <= maxTold && !countsMoreValues(variables, maxTold)) return null;
  const [fault] = getVariableValues(schema, definitions, variables, { maxErrors: 1 }).errors ?? [];
  return fault ?? null;
}

/** Judges many variables by their first fault. */
export const tellFirstFault: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation, schema, request: { variables } }) => {
      const fault = findFirstFault(schema, operation, variables);
      if (fault) throw fault;
    },
  }),
};
