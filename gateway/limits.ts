import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { describeRefusal, maxSubjects, publicErrors } from '#schema';

/** The people one operation concerns, whatever its aliases and nesting. */
export interface SubjectTally {
  /** Distinct personal numbers it asks for, unknown ones included. */
  numbers: number;
  /** Ids that an agency found for those numbers: the same people, not counted again. */
  readonly named: Set<string>;
  /** Ids it came across by itself: dependants, owners, the one who signed in. */
  readonly others: Set<string>;
  /** Whose budget they are charged to; `null`: nobody's. */
  payer: string | null;
}

export const createTally = (): SubjectTally => ({
  numbers: 0,
  named: new Set(),
  others: new Set(),
  payer: null,
});

/** Notes that an agency found this id behind one of the numbers; no more ids than numbers. */
export function nameSubject(tally: SubjectTally, id: string): void {
  if (tally.named.size < tally.numbers) tally.named.add(id);
}

const none: readonly string[] = [];

/**
 * Counts the subjects of a fetch that the operation has not yet concerned. Answers them, or `null` when the operation
 * would concern more than 100 people: then nothing is counted and the fetch must not be sent.
 */
export function admitSubjects(tally: SubjectTally, ids: readonly string[]): readonly string[] | null {
  const isUnknown = (id: string): boolean => !tally.named.has(id) && !tally.others.has(id);
  if (!ids.some(isUnknown)) return none;
  const unknown = ids.filter(isUnknown);
  const fresh = unknown.length > 1 ? [...new Set(unknown)] : unknown;
  if (fresh.length > 0 && tally.numbers + tally.others.size + fresh.length > maxSubjects) return null;
  for (const id of fresh) tally.others.add(id);
  return fresh;
}

/** More than 100 people in one operation: HTTP 400 when it is known before anybody is asked. */
export function tooManySubjects(): GraphQLError {
  const { message, extensions } = describeRefusal('SUBJECT_LIMIT', null);
  return new GraphQLError(message, { extensions: { ...extensions, http: { status: 400 } } });
}

/** More people per minute than the client may ask about: HTTP 429 (RFC 6585), `retry-after` in seconds (RFC 9110). */
export function budgetSpent(retryAfterSeconds: number): GraphQLError {
  const { message, extensions } = describeRefusal('SUBJECT_BUDGET', null);
  const headers = new HeaderMap([['retry-after', String(retryAfterSeconds)]]);
  return new GraphQLError(message, {
    extensions: { ...extensions, retryAfterSeconds, http: { status: 429, headers } },
  });
}

/** A personal number in an address ends up in logs and histories: HTTP 405 (RFC 9110). */
export function personalNumberInAddress(): GraphQLError {
  const headers = new HeaderMap([['allow', 'POST']]);
  return new GraphQLError(publicErrors.BAD_REQUEST.message, {
    extensions: { code: 'BAD_REQUEST', http: { status: 405, headers } },
  });
}
