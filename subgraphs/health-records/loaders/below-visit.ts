import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '#db';
import type { LabelledTable } from '#kit';
import { isShown, prepareVisible, type VisibleLoader } from './visible.ts';

type BelowVisit = LabelledTable & { readonly citizenId: PgColumn; readonly visitId: PgColumn };

/** What a catalogue knows of the rows: its columns, and how a row finds its line. */
export interface Described<Columns extends Record<string, PgColumn>> {
  readonly catalogue: PgTable;
  readonly columns: Columns;
  readonly on: readonly [PgColumn, PgColumn];
}

type Values<Columns extends Record<string, PgColumn>> = {
  readonly [Name in keyof Columns]: Columns[Name]['_']['data'] | null;
};
interface BelowOptions<Columns extends Record<string, PgColumn>> {
  /** Name of the prepared statement. */
  readonly name: string;
  /** Order inside the visit; nothing for tables with one row a visit. */
  readonly order?: PgColumn;
  readonly described?: Described<Columns>;
}

/** Prepares the statement that reads the visible rows below many visits, and answers with what makes its loader. */
export function prepareBelow<
  Table extends BelowVisit,
  Columns extends Record<string, PgColumn> = Record<never, PgColumn>,
>(
  database: Database,
  table: Table,
  { name, order, described }: BelowOptions<Columns>,
): VisibleLoader<Table['$inferSelect'] & Values<Columns>> {
  const own = getTableColumns(table) as Record<string, PgColumn>;
  const query = database.orm
    .select({ ...own, ...described?.columns })
    .from(table as PgTable)
    .$dynamic();
  if (described) query.leftJoin(described.catalogue, eq(...described.on));
  query.where(and(isShown(table), sql`${table.visitId} = k.record_id`));
  const rows = order ? query.orderBy(order) : query.limit(1);
  return prepareVisible(database, name, rows.as('rows'));
}
