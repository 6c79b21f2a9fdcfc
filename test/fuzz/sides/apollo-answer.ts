import type { ApolloServer, BaseContext } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { Operation } from '../operations/operation.ts';
import type { Run } from '../world/subgraph.ts';
import type { SideAnswer, SideError } from './side.ts';

export const readErrors = (errors: readonly GraphQLFormattedError[]): SideError[] =>
  errors.map(({ message, path, extensions }) => ({ message, path, code: String(extensions?.['code']) }));

/** Runs an operation through an Apollo Server, without HTTP. */
export async function askApollo<Context extends BaseContext>(
  server: ApolloServer<Context>,
  { text, variables, operationName }: Operation,
  contextValue: Context,
  run: Run,
): Promise<SideAnswer> {
  const request = { query: text, variables: { ...variables }, ...(operationName && { operationName }) };
  const { body } = await server.executeOperation(request, { contextValue });
  if (body.kind !== 'single') throw new Error('An answer in parts was not asked for.');
  const { data, errors = [], extensions: beside } = body.singleResult;
  const misfits = (beside?.['valueCompletion'] ?? []) as readonly { path: (string | number)[] }[];
  return {
    data: data === undefined ? undefined : JSON.stringify(data),
    errors: readErrors(errors),
    misfits: misfits.map(({ path }) => path),
    run,
  };
}
