import type DataLoader from 'dataloader';
import { eq, getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '#db';
import { createChildLoader, type RecordKey } from '#kit';

type BelowVisit = PgTable & { readonly citizenId: PgColumn; readonly visitId: PgColumn };

/** What a catalogue knows of the rows: its columns, and how a row finds its line. */
export interface Described<Columns extends Record<string, PgColumn>> {
  readonly catalogue: PgTable;
  readonly columns: Columns;
  readonly on: readonly [PgColumn, PgColumn];
}

type Values<Columns extends Record<string, PgColumn>> = {
  readonly [Name in keyof Columns]: Columns[Name]['_']['data'] | null;
};
type Loaded<Row> = () => DataLoader<RecordKey, readonly Row[], string>;

interface BelowOptions<Columns extends Record<string, PgColumn>> {
  /** Name of the prepared statement. */
  readonly name: string;
  /** Order inside the visit; nothing for tables with one row a visit. */
  readonly order?: PgColumn;
  readonly described?: Described<Columns>;
}

const keysOf = (table: BelowVisit): SQL =>
  sql`(${table.citizenId}, ${table.visitId}) in (select * from unnest(${sql.placeholder('citizenIds')}::uuid[], ${sql.placeholder('visitIds')}::uuid[]))`;

/** Prepares the statement that reads the rows below many visits, and answers with what makes its loader. */
export function prepareBelow<
  Table extends BelowVisit,
  Columns extends Record<string, PgColumn> = Record<never, PgColumn>,
>(
  { orm }: Database,
  table: Table,
  { name, order, described }: BelowOptions<Columns>,
): Loaded<Table['$inferSelect'] & Values<Columns> & RecordKey> {
  const own = getTableColumns(table) as Record<string, PgColumn>;
  const query = orm
    .select({ ...own, ...described?.columns, recordId: table.visitId })
    .from(table as PgTable)
    .$dynamic();
  if (described) query.leftJoin(described.catalogue, eq(...described.on));
  const statement = query
    .where(keysOf(table))
    .orderBy(table.citizenId, table.visitId, ...(order ? [order] : []))
    .prepare(name);
  return () =>
    createChildLoader(async (citizenIds, visitIds) => {
      const rows: unknown = await statement.execute({ citizenIds, visitIds });
      return rows as (Table['$inferSelect'] & Values<Columns> & RecordKey)[];
    });
}
