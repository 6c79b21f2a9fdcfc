import { GraphQLError } from 'graphql';
import type { RequestContext } from '#kit';
import { describeRefusal, type Reason, type SignedInCaller } from '#schema';
import type { Actions } from '../actions/index.ts';
import type { Loaders } from '../loaders/index.ts';

export type Context = RequestContext<Loaders & { readonly actions: Actions }>;

/** A refusal of the whole field, in the words of its reason. */
export function refusalOf(reason: Reason): GraphQLError {
  const { message, extensions } = describeRefusal(reason, null);
  return new GraphQLError(message, { extensions: { ...extensions } });
}

/** Who asks. @throws GraphQLError UNAUTHENTICATED */
export function callerOf({ caller }: Context): SignedInCaller {
  if (caller.kind === 'signed-in') return caller;
  throw refusalOf('NOT_SIGNED_IN');
}

const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whose record an id names; `null` when it names none. Reads nothing for an id that none can have. */
export async function findCitizenOf(recordId: string, { loaders }: Context): Promise<string | null> {
  return idPattern.test(recordId) ? loaders.citizenIdOfRecord.load(recordId) : null;
}
