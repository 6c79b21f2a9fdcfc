import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { ToldError } from '../engine/engine.ts';
import { formatGatewayError } from '../errors.ts';

/** What of the HTTP answer the errors themselves ask for. */
export interface WantedHead {
  readonly status?: number;
  readonly headers?: ReadonlyMap<string, string>;
}

export interface ToldErrors {
  readonly errors: readonly GraphQLFormattedError[];
  /** Of each error that wants something, in their order: the last one has its way. */
  readonly heads: readonly WantedHead[];
}

function withoutHead(error: ToldError): {
  readonly plain: GraphQLFormattedError;
  readonly head?: WantedHead;
} {
  const json: GraphQLFormattedError =
    error instanceof GraphQLError
      ? error.toJSON()
      : { message: error.message, ...(error.path && { path: error.path }) };
  const { http, ...extensions } = error.extensions ?? {};
  const plain = {
    ...json,
    extensions: { ...extensions, code: extensions['code'] ?? 'INTERNAL_SERVER_ERROR' },
  };
  return typeof http === 'object' && http !== null ? { plain, head: http } : { plain };
}

/** The errors as clients are told of them, like Apollo Server does. */
export function tellErrors(given: readonly ToldError[]): ToldErrors {
  const heads: WantedHead[] = [];
  const errors = given.map((error) => {
    const { plain, head } = withoutHead(error);
    if (head) heads.push(head);
    return formatGatewayError(plain, error);
  });
  return { errors, heads };
}
