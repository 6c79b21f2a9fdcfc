import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import { DatabaseError, publicError } from '#db';
import {
  describeInputError,
  describeRefusal,
  isMarkScope,
  isReason,
  hasOwnWording,
  isPublicErrorCode,
  publicErrors,
  type PublicErrorCode,
} from '#schema';

function codeOf(formatted: GraphQLFormattedError, cause: unknown): PublicErrorCode {
  if (formatted.extensions?.['code'] !== 'INTERNAL_SERVER_ERROR') {
    const code = formatted.extensions?.['code'];
    return isPublicErrorCode(code) ? code : 'INTERNAL_SERVER_ERROR';
  }
  const database = cause instanceof DatabaseError ? cause : publicError(cause);
  return isPublicErrorCode(database.code) ? database.code : 'INTERNAL_SERVER_ERROR';
}

/** A refusal by access control: the words are those of its reason, whatever the error said. */
function formatRefusal({ locations, path, extensions }: GraphQLFormattedError): GraphQLFormattedError | null {
  const { reason, scope } = extensions ?? {};
  if (!isReason(reason)) return null;
  const refusal = describeRefusal(reason, isMarkScope(scope) ? scope : null);
  return {
    message: refusal.message,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { ...refusal.extensions },
  };
}

/**
 * What may leave the agency of an error: a code of the table, its public words, place and path. Wording of our own
 * passes only for refused input, where it names the argument; everything else is replaced.
 */
export function formatAgencyError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const refusal = formatRefusal(formatted);
  if (refusal) return refusal;
  const cause = unwrapResolverError(error);
  const code = codeOf(formatted, cause);
  const message = hasOwnWording(code) ? describeInputError(error, formatted) : publicErrors[code].message;
  const { locations, path } = formatted;
  return {
    message,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { code },
  };
}
