import { GraphQLError } from 'graphql';
import { publicErrors } from '#schema';

export type Path = readonly (string | number)[];

/** An error as the executor or the shaper tells it. */
export interface ToldError {
  readonly message: string;
  readonly path?: Path | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

const begins = (path: Path, start: Path): boolean => start.every((part, index) => path[index] === part);

/** Whether a value is missing at the path because of this error: it is about the same place, one above or one below. */
const explains = ({ path }: ToldError, place: Path): boolean =>
  path === undefined || begins(path, place) || begins(place, path);

/** A place where the merged data do not fit the schema. */
export function unfitAt(path: Path): GraphQLError {
  const code = 'SUBGRAPH_BAD_RESPONSE';
  return new GraphQLError(publicErrors[code].message, { path: [...path], extensions: { code } });
}

/** The executor's errors, then those places that none of them explains. */
export function joinFaults(errors: readonly ToldError[], places: readonly Path[]): readonly ToldError[] {
  const unexplained = places.filter((place) => !errors.some((error) => explains(error, place)));
  return unexplained.length === 0 ? errors : [...errors, ...unexplained.map(unfitAt)];
}
