import DataLoader from 'dataloader';
import { and, desc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';

/** The database of one agency, asked with the plain query builder. */
export type Orm = PostgresJsDatabase;

/** As many connections as an agency of the product has. */
export const openOrm = (url: string): Orm => drizzle(postgres(url, { max: 4, onnotice: () => {} }));

type Citizens = PgTable & { readonly citizenId: PgColumn };
interface OfCitizen {
  readonly citizenId: string;
}

/** All rows of each citizen, one statement for the citizens of a request that are asked for at once. */
export function rowsOf<Row extends OfCitizen>(
  read: (ids: readonly string[]) => Promise<readonly Row[]>,
): DataLoader<string, readonly Row[]> {
  return new DataLoader(async (ids) => {
    const rows = await read(ids);
    return ids.map((id) => rows.filter((row) => row.citizenId === id));
  });
}

/** All columns of a table by citizen. */
export function tableRowsOf<Table extends Citizens>(
  orm: Orm,
  table: Table,
  ...order: readonly (SQL | PgColumn)[]
) {
  return rowsOf(async (ids) => {
    const query = orm
      .select()
      .from(table as PgTable)
      .where(inArray(table.citizenId, [...ids]));
    return (await query.orderBy(...order)) as (Table['$inferSelect'] & OfCitizen)[];
  });
}

export interface Paged {
  readonly table: Citizens;
  readonly sort: PgColumn;
  readonly id: PgColumn;
  readonly where?: SQL;
}

/** The newest rows of one citizen, and one more that tells whether there are others. */
export async function readPage<Row>(
  orm: Orm,
  paged: Paged,
  citizenId: string,
  first: number,
): Promise<Row[]> {
  const { table, sort, id, where } = paged;
  const rows = await orm
    .select()
    .from(table as PgTable)
    .where(and(eq(table.citizenId, citizenId), where))
    .orderBy(desc(sort), desc(id))
    .limit(first + 1);
  return rows as Row[];
}

/** Rows that belong to no compartment. */
export const isInNone = (compartments: PgColumn): SQL => sql`${compartments} = '{}'`;
