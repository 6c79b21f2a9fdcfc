import {
  drizzle,
  PostgresJsDatabase,
  PostgresJsSession,
  PostgresJsTransaction,
} from 'drizzle-orm/postgres-js';
import { PgDialect, type PgPreparedQuery, type PreparedQueryConfig } from 'drizzle-orm/pg-core';
import { is, Param, Placeholder } from 'drizzle-orm';
import type { Sql } from 'postgres';
import type { Client } from './client.ts';
import type { TypeHandlers } from './connection.ts';
import { createRowReader, type NotNullable, type SelectedField } from './read-rows.ts';

type NoSchema = Record<string, never>;
type NestedTransaction = PostgresJsTransaction<NoSchema, NoSchema>;
type Run = <T>(text: string, parameters: unknown, query: () => Promise<T>) => Promise<T>;

const runUnwrapped: Run = (_text, _parameters, query) => query();

type Prepared = PgPreparedQuery<PreparedQueryConfig> & {
  readonly params: readonly unknown[];
  readonly joinsNotNullableMap?: NotNullable;
};

/** Puts given values where a statement has names for them; which those are is found out once. */
function createFill(params: readonly unknown[]) {
  const slots = params.map((param) => {
    if (is(param, Placeholder)) return { name: param.name, encode: (value: unknown) => value };
    if (!is(param, Param) || !is(param.value, Placeholder)) return null;
    const { encoder, value } = param;
    return { name: value.name, encode: (given: unknown): unknown => encoder.mapToDriverValue(given) };
  });
  return (given: Record<string, unknown>): unknown[] =>
    params.map((param, at) => {
      const slot = slots[at];
      if (!slot) return param;
      if (!(slot.name in given)) throw new TypeError(`A statement got no value for ${slot.name}.`);
      return slot.encode(given[slot.name]);
    });
}

/** Runs a named statement: prepared once per connection, its rows read by what was made for them at the first run. */
function createExecute(client: Client, text: string, prepared: Prepared, fields: readonly SelectedField[]) {
  const executePlainly = prepared.execute.bind(prepared);
  const fill = createFill(prepared.params);
  let readRow: ReturnType<typeof createRowReader> | undefined;
  return async (given: Record<string, unknown> = {}): Promise<unknown> => {
    // drizzle sets what it knows of joins after it made the statement.
    readRow ??= createRowReader(fields, prepared.joinsNotNullableMap);
    if (readRow === null) return executePlainly(given);
    const rows = await client.unsafe(text, fill(given), { prepare: true }).values();
    return rows.map(readRow);
  };
}

/** drizzle puts SQL and parameters into the text of its errors; this session lets ours through untouched. */
class Session extends PostgresJsSession<Sql, NoSchema, NoSchema> {
  override prepareQuery<T extends PreparedQueryConfig = PreparedQueryConfig>(
    ...parameters: Parameters<PostgresJsSession<Sql, NoSchema, NoSchema>['prepareQuery']>
  ): PgPreparedQuery<T> {
    const [query, fields, name, , customResultMapper] = parameters;
    const prepared = Object.assign(super.prepareQuery<T>(...parameters), { queryWithCache: runUnwrapped });
    if (name === undefined || !fields || customResultMapper) return prepared;
    const client = this.client as unknown as Client;
    const execute = createExecute(client, query.sql, prepared as unknown as Prepared, fields);
    return Object.assign(prepared, { execute }) as PgPreparedQuery<T>;
  }

  override transaction<T>(
    ...[work, config]: Parameters<PostgresJsSession<Sql, NoSchema, NoSchema>['transaction']>
  ): Promise<T> {
    const client = this.client as unknown as Client;
    return client.begin(async (inner) => {
      const transaction = createTransaction(inner);
      if (config) await transaction.setTransaction(config);
      return work(transaction) as Promise<T>;
    });
  }
}

function createSession(client: Client, dialect: PgDialect): Session {
  return new Session(client as unknown as Sql, dialect, undefined);
}

function createTransaction(client: Client): NestedTransaction {
  const dialect = new PgDialect();
  const plain = new PostgresJsTransaction<NoSchema, NoSchema>(
    dialect,
    createSession(client, dialect) as never,
    undefined,
  );
  const transaction: NestedTransaction['transaction'] = (work) =>
    client.savepoint((inner) => work(createTransaction(inner)));
  return Object.assign(plain, { transaction });
}

/** drizzle over our client, outside or inside a transaction. */
export function createOrm(client: Client): PostgresJsDatabase<NoSchema> {
  const dialect = new PgDialect();
  return new PostgresJsDatabase<NoSchema>(dialect, createSession(client, dialect) as never, undefined);
}

/** The way drizzle wants the driver to read and write types: dates and JSON pass as PostgreSQL's own text. */
export function createTypeHandlers(): TypeHandlers {
  const options: TypeHandlers = { parsers: {}, serializers: {} };
  drizzle({ options } as unknown as Sql);
  return options;
}
