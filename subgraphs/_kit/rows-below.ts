import { Column, is, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

type Columns = Readonly<Record<string, PgColumn>>;

/** A row of the columns, as drizzle selects it. */
type RowOf<Selected extends Columns> = {
  [Name in keyof Selected]: Selected[Name]['_']['notNull'] extends true
    ? Selected[Name]['_']['data']
    : Selected[Name]['_']['data'] | null;
};

type Row = Record<string, unknown>;

/** The columns whose values JSON does not hold as the agency has them: instants. */
function decodersOf(columns: Columns): readonly (readonly [string, PgColumn])[] {
  const isPlain = (column: PgColumn): boolean =>
    column.mapFromDriverValue === Column.prototype.mapFromDriverValue;
  return Object.entries(columns).filter(([, column]) => is(column, Column) && !isPlain(column));
}

/**
 * What a subquery says of each row of a statement: JSON text. Around the subquery stands another: drizzle takes the tables
 * off the columns of an outermost expression, and `citizen_id = citizen_id` holds for everybody.
 */
export const listBelow = <Row>(query: SQL, decode: (text: string) => readonly Row[]) =>
  sql`(${query})`.mapWith(decode);

/**
 * The rows below one row, as a value of it: they come in the same statement, which costs less than one of their own while
 * they are few. For texts, days, instants, truth values and small numbers.
 *
 * @param from what follows `select …`: the table, and the condition that ties it to the row above
 */
export function rowsBelow<Selected extends Columns>(columns: Selected, from: SQL, order: SQL) {
  const pairs = Object.entries(columns).flatMap(([name, column]) => [sql.raw(`'${name}'`), sql`${column}`]);
  const object = sql`json_build_object(${sql.join(pairs, sql`, `)})`;
  const decoders = decodersOf(columns);
  const decode = (text: string): readonly RowOf<Selected>[] => {
    const rows = JSON.parse(text) as Row[];
    for (const row of rows)
      for (const [name, column] of decoders)
        if (row[name] !== null) row[name] = column.mapFromDriverValue(row[name]);
    return rows as RowOf<Selected>[];
  };
  return listBelow(sql`select coalesce(json_agg(${object} order by ${order}), '[]')::text ${from}`, decode);
}
