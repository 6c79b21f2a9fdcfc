import { GraphQLError, Kind, type GraphQLFormattedError } from 'graphql';
import {
  describeInputError,
  hasOwnWording,
  isPublicErrorCode,
  publicErrors,
  type PublicErrorCode,
} from '#schema';

const isVariableError = (error: unknown): boolean =>
  error instanceof GraphQLError &&
  error.nodes?.some((node) => node.kind === Kind.VARIABLE_DEFINITION) === true &&
  error.message.startsWith('Variable "$');

/** The stable code of an error: one of the table, `INTERNAL_SERVER_ERROR` for everything unknown. */
export function codeOf(error: unknown, formatted: GraphQLFormattedError): PublicErrorCode {
  if (isVariableError(error)) return 'BAD_USER_INPUT';
  const code = formatted.extensions?.['code'];
  return isPublicErrorCode(code) ? code : 'INTERNAL_SERVER_ERROR';
}

/**
 * What a client is told of an error: code, words and advice of the table, and the agency it came from. Text of an
 * agency or a library passes only where it names a refused argument.
 */
export function formatGatewayError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const code = codeOf(error, formatted);
  const { message, howTo } = publicErrors[code];
  const agency = formatted.extensions?.['serviceName'] ?? formatted.extensions?.['agency'];
  return {
    message: hasOwnWording(code) ? describeInputError(error, formatted) : message,
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
    extensions: { code, ...(typeof agency === 'string' && { agency }), howTo },
  };
}
