import type { GraphQLFormattedError } from 'graphql';
import { acceptsGraphqlResponse } from './media-type.ts';

/** Errors of the operation itself, found before or instead of an answer. */
const requestErrors: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
]);

/** What of a GraphQL answer decides on its status. */
export interface JudgedAnswer {
  /** Of the request; `undefined`: anything. */
  readonly accept: string | undefined;
  readonly hasData: boolean;
  readonly errors: readonly GraphQLFormattedError[];
}

/**
 * The status of an operation that was refused for its text or values, also when the refusal comes late: 400 for clients
 * that accept `application/graphql-response+json`, else 200, as the request itself was well formed (GraphQL over HTTP,
 * section 6.4). `undefined`: it was not refused for these.
 */
export function statusOfRefused({ accept, hasData, errors }: JudgedAnswer): 200 | 400 | undefined {
  const isRefused = errors.every(({ extensions }) => requestErrors.has(extensions?.['code']));
  if (hasData || errors.length === 0 || !isRefused) return undefined;
  return acceptsGraphqlResponse(accept) ? 400 : 200;
}
