import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import { describeRefusal, entityPathOf, type MarkScope, type Reason } from '#schema';

/** The public error of a refusal. */
export function refusalError(reason: Reason, scope: MarkScope | null): GraphQLError {
  const { message, extensions } = describeRefusal(reason, scope);
  return new GraphQLError(message, { extensions: { ...extensions } });
}

/** `_entities.0.residence` */
export function pathTextOf({ prev, key }: GraphQLResolveInfo['path']): string {
  if (!prev) return String(key);
  const isOfEntity = typeof prev.key === 'number' && prev.prev?.key === '_entities' && !prev.prev.prev;
  return isOfEntity ? entityPathOf(prev.key, String(key)) : `${pathTextOf(prev)}.${key}`;
}
