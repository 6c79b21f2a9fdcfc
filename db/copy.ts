import { getTableColumns, getTableName, SQL, type InferInsertModel } from 'drizzle-orm';
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import type { Statements } from './connect.ts';

type Encode = (value: unknown) => string;

const special = /[\\\t\n\r]/;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escapeText(text: string): string {
  return special.test(text) ? text.replace(/[\\\t\n\r]/g, (found) => escapes[found] ?? found) : text;
}

function encodeDriverValue(value: unknown): string {
  if (typeof value === 'string') return escapeText(value);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value);
  throw new TypeError('copyRows: a value has a type that COPY text cannot carry.');
}

function defaultOf(column: PgColumn): unknown {
  if (column.defaultFn) return column.defaultFn();
  if (column.default instanceof SQL)
    throw new TypeError(`copyRows: give ${column.name} a value; its default is computed by the database.`);
  return column.default;
}

function createEncoder(column: PgColumn): Encode {
  return (value) => {
    const given = value === undefined ? defaultOf(column) : value;
    return given === undefined || given === null ? '\\N' : encodeDriverValue(column.mapToDriverValue(given));
  };
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

interface TableEncoder {
  readonly statement: string;
  readonly encodeRow: (row: object) => string;
}

const encoders = new WeakMap<PgTable, TableEncoder>();

function createTableEncoder(table: PgTable): TableEncoder {
  const columns = Object.entries(getTableColumns(table)).filter(([, column]) => !column.generated);
  const { schema } = getTableConfig(table);
  const target = (schema ? `${quote(schema)}.` : '') + quote(getTableName(table));
  const names = columns.map(([, column]) => quote(column.name)).join(', ');
  const fields = columns.map(([key, column]) => ({ key, encode: createEncoder(column) }));
  const encodeRow = (row: object): string =>
    fields.map(({ key, encode }) => encode((row as Record<string, unknown>)[key])).join('\t');
  return { statement: `copy ${target} (${names}) from stdin`, encodeRow };
}

function encoderOf(table: PgTable): TableEncoder {
  const known = encoders.get(table) ?? createTableEncoder(table);
  encoders.set(table, known);
  return known;
}

const chunkCharacters = 65_536;

function* toChunks(rows: Iterable<object>, encodeRow: (row: object) => string, onRow: () => void) {
  let chunk = '';
  for (const row of rows) {
    chunk += `${encodeRow(row)}\n`;
    onRow();
    if (chunk.length < chunkCharacters) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/**
 * Streams rows (drizzle property names) into a table with `COPY`, in constant memory, and answers how many were
 * written. A missing property takes the column's default if drizzle knows its value, else null. Takes the `sql` of
 * a database or of a transaction; inside `database.begin` several tables are written all or nothing.
 * @throws DatabaseError when the database refuses; `TypeError` for a value that cannot be written; whatever the
 * iteration of `rows` throws.
 */
export async function copyRows<T extends PgTable>(
  sql: Statements,
  table: T,
  rows: Iterable<InferInsertModel<T>>,
): Promise<number> {
  const { statement, encodeRow } = encoderOf(table);
  let count = 0;
  const onRow = (): void => void (count += 1);
  await sql.copyFrom(statement, toChunks(rows, encodeRow, onRow));
  return count;
}
