import type postgres from 'postgres';
import { copyInto, watch } from './copy-in.ts';
import { DatabaseError } from './errors.ts';
import type { Send } from './lane.ts';
import { sendPrepared, writeTexts, type Query } from './prepared.ts';

/** A value a statement may carry. Arrays become PostgreSQL arrays; JSON goes in as text. */
export type Parameter = string | number | bigint | boolean | null | Date | Uint8Array | readonly Parameter[];

/** A statement that runs when it is awaited: rows as objects, or as arrays in select order. */
export interface Pending<T> extends PromiseLike<T[]> {
  values(): Promise<unknown[][]>;
}

/**
 * What postgres.js' `sql` looks like to drizzle and to us. Every statement has the time limit; only
 * `DatabaseError` comes out. A prepared one (`prepare: true`) is parsed once per connection.
 */
export interface Client {
  unsafe<T = Record<string, unknown>>(
    text: string,
    parameters?: readonly unknown[],
    options?: { readonly prepare?: boolean },
  ): Pending<T>;
  /** Runs `COPY … FROM STDIN` over the chunks. An error of the chunks themselves is passed on as it is. */
  copyFrom(text: string, chunks: Iterable<string>): Promise<void>;
  /** All or nothing. On a client that is already in a transaction: a savepoint. */
  begin<T>(work: (client: Client) => Promise<T>): Promise<T>;
  savepoint<T>(work: (client: Client) => Promise<T>): Promise<T>;
}

export type OnQuery = (text: string) => void;
export type Run = <T>(send: Send<T>) => Promise<T>;
export type Begin = Client['begin'];

function assertEncodable(parameters: readonly unknown[]): void {
  for (const value of parameters) {
    if (value === undefined || typeof value === 'symbol' || typeof value === 'function')
      throw new DatabaseError('DATABASE_FAILED', { reason: 'PARAMETER_NOT_ENCODABLE' });
    if (Array.isArray(value)) assertEncodable(value);
  }
}

/** Hands a statement to the driver, by the cheapest way that it can go. */
function createQuery(
  text: string,
  parameters: readonly unknown[],
  prepare: boolean,
): (sql: postgres.Sql) => Query {
  const texts = prepare ? writeTexts(parameters) : null;
  if (texts) return (sql) => sendPrepared(sql, text, texts);
  assertEncodable(parameters);
  return (sql) => sql.unsafe(text, parameters as never[], { prepare });
}

/** A client whose statements go through `run` and whose transactions through `begin`. */
export function createClient(run: Run, begin: Begin, onQuery: OnQuery): Client {
  const unsafe: Client['unsafe'] = <T>(
    text: string,
    parameters: readonly unknown[] = [],
    options: { readonly prepare?: boolean } = {},
  ): Pending<T> => {
    const start = async <R>(shape: (query: Query) => PromiseLike<R>): Promise<R> => {
      const query = createQuery(text, parameters, options.prepare === true);
      onQuery(text);
      return run((sql) => shape(query(sql)));
    };
    return {
      then: (resolve, reject) => start((query) => query as unknown as PromiseLike<T[]>).then(resolve, reject),
      values: () => start((query) => query.values() as unknown as PromiseLike<unknown[][]>),
    };
  };
  const copyFrom: Client['copyFrom'] = async (text, source) => {
    onQuery(text);
    const { chunks, failure } = watch(source);
    await run((sql) => copyInto(sql, text, chunks)).catch((error: unknown) => {
      throw failure()?.error ?? error;
    });
  };
  return { unsafe, copyFrom, begin, savepoint: begin };
}
