import { GraphQLError } from 'graphql';
import { publicErrors, type PublicErrorCode } from '#schema';

/** A fault of an agency, at its response path when it is of one field. Nothing of what the agency said is in it. */
export function agencyFailure(
  code: PublicErrorCode,
  agency: string,
  path?: readonly (string | number)[],
): GraphQLError {
  const extensions = { code, agency };
  return new GraphQLError(publicErrors[code].message, { extensions, path: path ?? null });
}
