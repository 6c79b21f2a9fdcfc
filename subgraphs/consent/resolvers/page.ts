import {
  badArgument,
  connectionOf,
  pageKeyOf,
  type Connection,
  type PageArguments,
  type PageKey,
} from '#kit';
import type { ReadOwnPage } from '../loaders/index.ts';
import { callerOf, type Context } from './context.ts';
import { listOwnPeople } from './people.ts';

/** Checks the arguments of a list that is sorted by instants. */
export function instantPageOf(citizenId: string, page: PageArguments): PageKey {
  const key = pageKeyOf(citizenId, page);
  const { sort } = key.after ?? {};
  if (sort !== undefined && (Number.isNaN(Date.parse(sort)) || new Date(sort).toISOString() !== sort))
    throw badArgument('after', 'the endCursor of an earlier page, unchanged');
  return key;
}

/** One page of what concerns the caller and everybody they represent, newest first. */
export async function pageOwn<Row>(
  read: ReadOwnPage<Row>,
  at: (row: Row) => { readonly sort: Date; readonly id: string },
  page: PageArguments,
  context: Context,
): Promise<Connection<Row>> {
  const key = instantPageOf(callerOf(context).sub, page);
  const rows = await read(await listOwnPeople(context), key);
  return connectionOf(rows, key, (row) => {
    const { sort, id } = at(row);
    return { sort: sort.toISOString(), id };
  });
}
