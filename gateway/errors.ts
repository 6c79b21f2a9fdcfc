import { GraphQLError, Kind, type GraphQLFormattedError } from 'graphql';
import {
  describeInputError,
  describeRefusal,
  hasOwnWording,
  isMarkScope,
  isPublicErrorCode,
  isReason,
  publicErrors,
  type PublicErrorCode,
  type RefusalExtensions,
} from '#schema';

export { agencyFailure } from './agency-call/index.ts';

const isVariableError = (error: unknown): boolean =>
  error instanceof GraphQLError &&
  error.nodes?.some((node) => node.kind === Kind.VARIABLE_DEFINITION) === true &&
  error.message.startsWith('Variable "$');

/** Gateway and agency disagree about a key or a clock: the client can do nothing about it. */
const isOursToMend = ({ extensions }: GraphQLFormattedError): boolean =>
  extensions?.['reason'] === 'CALLER_TOKEN_INVALID';

/** The stable code of an error: one of the table, `INTERNAL_SERVER_ERROR` for everything unknown. */
export function codeOf(error: unknown, formatted: GraphQLFormattedError): PublicErrorCode {
  if (isVariableError(error)) return 'BAD_USER_INPUT';
  const code = formatted.extensions?.['code'];
  return isPublicErrorCode(code) && !isOursToMend(formatted) ? code : 'INTERNAL_SERVER_ERROR';
}

/** The refusal of a known reason, in the words of the table, whatever an agency said. */
function refusalOf(formatted: GraphQLFormattedError): ReturnType<typeof describeRefusal> | null {
  const { reason, scope } = formatted.extensions ?? {};
  if (!isReason(reason) || isOursToMend(formatted)) return null;
  return describeRefusal(reason, isMarkScope(scope) ? scope : null);
}

interface Told {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>> | RefusalExtensions;
}

/** Only the gateway itself knows when a budget is free again. */
function describeRefused(
  refusal: NonNullable<ReturnType<typeof refusalOf>>,
  formatted: GraphQLFormattedError,
): Told {
  const retryAfterSeconds = formatted.extensions?.['retryAfterSeconds'];
  const { message, extensions } = refusal;
  return {
    message,
    extensions: { ...extensions, ...(Number.isInteger(retryAfterSeconds) && { retryAfterSeconds }) },
  };
}

function describeFault(formatted: GraphQLFormattedError, error: unknown): Told {
  const code = codeOf(error, formatted);
  const { message, howTo } = publicErrors[code];
  const agency = formatted.extensions?.['serviceName'] ?? formatted.extensions?.['agency'];
  return {
    message: hasOwnWording(code) ? describeInputError(error, formatted) : message,
    extensions: { code, ...(typeof agency === 'string' && { agency }), howTo },
  };
}

/**
 * What a client is told of an error: code, words and advice of the tables, and the agency it came from. A refusal
 * carries its reason, its scope and advice in both languages instead. Text of an agency or a library passes only where
 * it names a refused argument.
 */
export function formatGatewayError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const refusal = refusalOf(formatted);
  const { message, extensions } = refusal
    ? describeRefused(refusal, formatted)
    : describeFault(formatted, error);
  return {
    message,
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
    extensions: { ...extensions },
  };
}
