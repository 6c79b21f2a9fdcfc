import type DataLoader from 'dataloader';
import { eq, getTableColumns } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '#db';
import { createVisibleLoader, type LabelledTable, type Shown, type VisibleKey } from '#kit';
import { arraysOf, isShown, ordinal, records } from './visible.ts';

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
type Loaded<Row> = () => DataLoader<VisibleKey, readonly Shown<Row>[], string>;
type Row<Table extends PgTable, Columns extends Record<string, PgColumn>> = Table['$inferSelect'] &
  Values<Columns> & { readonly ordinal: number };

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
  { orm }: Database,
  table: Table,
  { name, order, described }: BelowOptions<Columns>,
): Loaded<Row<Table, Columns>> {
  const own = getTableColumns(table) as Record<string, PgColumn>;
  const query = orm
    .select({ ...own, ...described?.columns, ordinal })
    .from(table as PgTable)
    .innerJoin(records, isShown(table, table.visitId))
    .$dynamic();
  if (described) query.leftJoin(described.catalogue, eq(...described.on));
  const statement = query.orderBy(ordinal, ...(order ? [order] : [])).prepare(name);
  return () =>
    createVisibleLoader(async (keys) => {
      const rows: unknown = await statement.execute(arraysOf(keys));
      return rows as Row<Table, Columns>[];
    });
}
