import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import { describeRefusal, type MarkScope, type Reason } from '#schema';

/** The public error of a refusal. */
export function refusalError(reason: Reason, scope: MarkScope | null): GraphQLError {
  const { message, extensions } = describeRefusal(reason, scope);
  return new GraphQLError(message, { extensions: { ...extensions } });
}

/** `_entities.0.residence` */
export function pathTextOf(path: GraphQLResolveInfo['path']): string {
  return path.prev ? `${pathTextOf(path.prev)}.${path.key}` : String(path.key);
}
