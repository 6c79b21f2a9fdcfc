import { and, asc, desc, getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '#db';
import { createLookUp, type OpenLoader } from './merged-look-up.ts';
import type { Columns } from './narrow-look-up.ts';
import type { PageKey } from './page.ts';
import {
  isVisible,
  type LabelledTable,
  type PlainTable,
  type Shown,
  type VisibleCitizen,
} from './visible.ts';

/** One page of what a reader may see; the page is filled from those rows alone. */
export type VisiblePageKey = PageKey & VisibleCitizen;

/** How a table is paged: newest `sort` first, then `id`. An index `(citizen_id, sort, id)` serves it. */
export interface PagedTable<Table extends PgTable> {
  /** Name of the prepared statement. */
  readonly name: string;
  readonly table: Table;
  readonly citizenId: PgColumn;
  /** `date`, `timestamptz` or `YYYY-MM` text; never null. */
  readonly sort: PgColumn;
  /** A `uuid`, unique inside the citizen. */
  readonly id: PgColumn;
  /** The day filter (`from`, `to`) compares this; default `sort`. */
  readonly day?: SQL;
  /** For records that last: `from` compares this instead, so that the filter keeps those that reach into the days. */
  readonly lastDay?: SQL;
  /** What is read of a row; default: all its columns. */
  readonly columns?: Columns;
  /** Further condition on the rows. */
  readonly where?: SQL;
}

/** Reads many pages, of many citizens, in one statement. Rows of page `n` carry `page: n` (from 1). */
export type ReadPages<Row, Key extends PageKey = PageKey> = (
  keys: readonly Key[],
) => Promise<readonly { readonly page: number; readonly row: Row }[]>;

const keyColumns = [
  ['citizen_ids', 'uuid'],
  ['takes', 'int'],
  ['after_sorts', 'text'],
  ['after_ids', 'uuid'],
  ['froms', 'text'],
  ['tos', 'text'],
] as const;

const allowedColumn = ['allowed', 'text'] as const;

const arraysOf = (keys: readonly (PageKey & Partial<VisibleCitizen>)[]) => ({
  citizen_ids: keys.map((key) => key.citizenId),
  takes: keys.map((key) => key.first + 1),
  after_sorts: keys.map((key) => key.after?.sort ?? null),
  after_ids: keys.map((key) => key.after?.id ?? null),
  froms: keys.map((key) => key.from),
  tos: keys.map((key) => key.to),
  // Nothing is allowed to a key that does not say so.
  allowed: keys.map((key) => key.allowed ?? '{}'),
});

const lastId = sql.raw("'ffffffff-ffff-ffff-ffff-ffffffffffff'");

// The first page begins behind the newest record there could be: a bound that is always there is a bound that the
// index can use, so that a page of a long record reads its own rows only.
function pageCondition<Table extends PgTable>(paged: PagedTable<Table>): SQL | undefined {
  const type = sql.raw(paged.sort.getSQLType());
  const day = paged.day ?? sql`${paged.sort}`;
  const lastDay = paged.lastDay ?? day;
  const newest = sql.raw(paged.sort.getSQLType() === 'text' ? "'9999-99'" : "'infinity'");
  return and(
    sql`${paged.citizenId} = k.citizen_id`,
    sql`(${paged.sort}, ${paged.id}) < (coalesce(k.after_sort::${type}, ${newest}::${type}), coalesce(k.after_id, ${lastId}::uuid))`,
    sql`(k.from_day is null or ${lastDay} >= k.from_day::${type})`,
    sql`(k.to_day is null or ${day} <= k.to_day::${type})`,
    paged.where,
  );
}

/** The pages that are asked for, as a table `k` with one row for each. */
function keysOf(isLabelled: boolean): SQL {
  const columns = isLabelled ? [...keyColumns, allowedColumn] : keyColumns;
  const arrays = columns.map(([name, type]) => sql`${sql.placeholder(name)}::${sql.raw(type)}[]`);
  const names = `citizen_id, take, after_sort, after_id, from_day, to_day, ${isLabelled ? 'allowed, ' : ''}page`;
  return sql`unnest(${sql.join(arrays, sql`, `)}) with ordinality as k(${sql.raw(names)})`;
}

function prepare<Table extends PgTable, Key extends PageKey>(
  { orm }: Database,
  paged: PagedTable<Table>,
  compartments?: PgColumn,
): ReadPages<Table['$inferSelect'], Key> {
  const rows = orm
    .select((paged.columns ?? getTableColumns(paged.table)) as Record<string, PgColumn>)
    .from(paged.table as PgTable)
    .where(and(pageCondition(paged), compartments && isVisible(compartments)))
    .orderBy(desc(paged.sort), desc(paged.id))
    .limit(sql`k.take` as unknown as number)
    .as('rows');
  const selected = { page: sql<number>`k.page::int`, row: rows._.selectedFields as never };
  const statement = orm
    .select(selected)
    .from(keysOf(compartments !== undefined))
    .crossJoinLateral(rows)
    .orderBy(asc(sql`k.page`))
    .prepare(paged.name);
  return async (pageKeys) =>
    (await statement.execute(arraysOf(pageKeys))) as unknown as {
      page: number;
      row: Table['$inferSelect'];
    }[];
}

/** Prepares the paging statement of a table, once per process. */
export function preparePages<Table extends PlainTable>(
  database: Database,
  paged: PagedTable<Table>,
): ReadPages<Table['$inferSelect']> {
  return prepare(database, paged);
}

/** The same for rows in compartments: those that a key does not allow are left out before the page is cut. */
export function prepareVisiblePages<Table extends LabelledTable>(
  database: Database,
  paged: PagedTable<Table>,
): ReadPages<Table['$inferSelect'], VisiblePageKey> {
  return prepare(database, paged, paged.table.compartments);
}

/** One page per key: up to `first + 1` rows, newest first; feed them to `connectionOf`. */
export function createPageLoader<Row, Key extends PageKey = PageKey>(
  read: ReadPages<Row, Key>,
): OpenLoader<Key, readonly Row[]> {
  const load = async (keys: readonly Key[]): Promise<Row[][]> => {
    const pages: Row[][] = keys.map(() => []);
    for (const { page, row } of await read(keys)) pages[page - 1]?.push(row);
    return pages;
  };
  return createLookUp(load, { textOf: (key) => JSON.stringify(key) });
}

/** One page per key of the rows it may show; each row says for whom it was read. */
export function createVisiblePageLoader<Row extends object>(
  read: ReadPages<Row, VisiblePageKey>,
): OpenLoader<VisiblePageKey, readonly Shown<Row>[]> {
  return createPageLoader(async (keys) =>
    (await read(keys)).flatMap(({ page, row }) => {
      const key = keys[page - 1];
      return key ? [{ page, row: Object.assign(row, { allowed: key.allowed }) }] : [];
    }),
  );
}
