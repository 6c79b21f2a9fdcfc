import type { SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { AskedFields } from './asked-fields.ts';
import type { OpenLoader } from './merged-look-up.ts';

export type Columns = Readonly<Record<string, PgColumn | SQL>>;

/** The columns that the fields of one type are told by. A field that is not named is told by the column of its name. */
export type FieldColumns<Name extends string> = Readonly<Record<string, readonly Name[]>>;

/** Which columns of a table an operation can use. */
export interface ColumnUse<Table extends Columns> {
  readonly columns: Table;
  /** What is read whatever is asked: keys, and what rows are sorted out by. */
  readonly always: readonly (keyof Table & string)[];
  /** Every type with a field that is told by rows of this table. `all`: its fields may use any column. */
  readonly types: Readonly<Record<string, FieldColumns<keyof Table & string> | 'all'>>;
}

/** Statements of one look-up, at most; operations beyond read whole rows. */
const maxStatements = 32;

/** The names of the columns that the operation can use, in the order of the table; `null`: all of them. */
function namesFor<Table extends Columns>({ columns, always, types }: ColumnUse<Table>, asked: AskedFields) {
  const needed = new Set<string>(always);
  for (const [typeName, uses] of Object.entries(types))
    for (const field of asked.get(typeName) ?? []) {
      if (field === '__typename') continue;
      const told = uses === 'all' ? undefined : (uses[field] ?? (field in columns ? [field] : undefined));
      if (!told) return null;
      for (const name of told) needed.add(name);
    }
  return Object.keys(columns).filter((name) => needed.has(name));
}

/** A copy of a row with more to it: columns that were left out throw in it, too. What is added is no column. */
export const extendRow = <Row extends object, More extends object>(row: Row, more: More): Row & More =>
  Object.assign(Object.create(Object.getPrototypeOf(row) as object) as object, row, more);

/**
 * A look-up that reads no column which the operation cannot use: operations that ask the same of a row share statements.
 * Whose fields are not known reads whole rows. To use a column of a row that was left out throws; another copy of it than
 * {@link extendRow} makes has lost that, so every field is also held against whole rows by a test (`test/subgraphs/narrow.test.ts`). `make` prepares the look-up over some columns.
 */
export function createNarrowLookUp<Table extends Columns, Key, Value>(
  use: ColumnUse<Table>,
  make: (columns: Table) => OpenLoader<Key, Value>,
): OpenLoader<Key, Value> {
  const whole = make(use.columns);
  const byNames = new Map<string, OpenLoader<Key, Value>>();
  const byOperation = new WeakMap<AskedFields, OpenLoader<Key, Value>>();
  const prepare = (names: readonly string[]): OpenLoader<Key, Value> => {
    const text = names.join();
    const known = byNames.get(text);
    if (known || byNames.size >= maxStatements) return known ?? whole;
    const made = make(Object.fromEntries(names.map((name) => [name, use.columns[name]])) as Table);
    byNames.set(text, made);
    return made;
  };
  const find = (asked: AskedFields): OpenLoader<Key, Value> => {
    const names = namesFor(use, asked);
    const found = names === null ? whole : prepare(names);
    byOperation.set(asked, found);
    return found;
  };
  return (asked) => (asked ? (byOperation.get(asked) ?? find(asked))(asked) : whole());
}
