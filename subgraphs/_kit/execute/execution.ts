import {
  locatedError,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

/** An object or list of the answer while it is being filled. */
export type Holder = Record<string | number, unknown>;

/** Where a value of the answer goes; also the `info.path` of its resolver. */
export interface Place {
  readonly prev: Place | undefined;
  readonly key: string | number;
  /** Of the object that holds the field; `undefined` for items of lists. */
  readonly typename: string | undefined;
  readonly holder: Holder;
  readonly isNullable: boolean;
  /** An error ended here: what lies below is no longer part of the answer. */
  isNulled: boolean;
}

/** What resolvers are told of the operation, whatever the field. */
export interface OperationFacts {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
}

/** One run of one operation. */
export interface Execution extends OperationFacts {
  readonly context: unknown;
  readonly variables: Record<string, unknown>;
  /** Arguments that are the same for every object of this run. */
  readonly args: Map<object, Record<string, unknown>>;
  readonly errors: GraphQLError[];
  data: Holder | null;
  /** Some place was nulled. */
  hasNulled: boolean;
  /** Values that are still being waited for. */
  pending: number;
  /** Called when nothing is waited for any more. */
  onIdle: () => void;
}

/** Whether an error already took away the place or something around it. */
export function isGone(run: Execution, place: Place | undefined): boolean {
  if (!run.hasNulled) return false;
  if (run.data === null) return true;
  for (let each = place; each !== undefined; each = each.prev) if (each.isNulled) return true;
  return false;
}

function pathOf(place: Place): (string | number)[] {
  const path: (string | number)[] = [];
  for (let each: Place | undefined = place; each !== undefined; each = each.prev) path.push(each.key);
  return path.reverse();
}

/**
 * Records what went wrong at a place and nulls the nearest nullable place around it. Answers whether the place itself
 * could be `null`: if not, the object or list that holds it is gone.
 */
export function fail(run: Execution, raw: unknown, nodes: readonly FieldNode[], place: Place): boolean {
  let nulled: Place | undefined = place;
  while (nulled !== undefined && !nulled.isNullable) nulled = nulled.prev;
  if (isGone(run, nulled)) return place.isNullable;
  run.hasNulled = true;
  run.errors.push(locatedError(raw, nodes as FieldNode[], pathOf(place)));
  if (nulled === undefined) run.data = null;
  else {
    nulled.isNulled = true;
    nulled.holder[nulled.key] = null;
  }
  return place.isNullable;
}

/** One value less to wait for. */
export function release(run: Execution): void {
  run.pending -= 1;
  if (run.pending === 0) run.onIdle();
}
