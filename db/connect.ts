import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { createClient, type Client, type OnQuery, type Parameter } from './client.ts';
import type { DatabaseError } from './errors.ts';
import { openLane } from './lane.ts';
import { createLanes } from './lanes.ts';
import { createOrm, createTypeHandlers } from './orm.ts';
import { runTransaction } from './transaction.ts';

type Row = Record<string, unknown>;

/**
 * Plain SQL beside drizzle. As a tagged template each `${value}` becomes a parameter and the statement is
 * prepared on the server; `unsafe` takes text and `$1` parameters; `copyFrom` feeds `COPY … FROM STDIN`.
 * Times, dates and JSON columns: dates arrive as PostgreSQL's text, JSON parsed.
 */
export interface Statements {
  <T = Row>(text: TemplateStringsArray, ...parameters: readonly Parameter[]): Promise<T[]>;
  unsafe<T = Row>(text: string, parameters?: readonly Parameter[]): Promise<T[]>;
  copyFrom(text: string, chunks: Iterable<string>): Promise<void>;
}

/** drizzle and plain SQL over the same connection, inside one transaction. */
export interface Transaction {
  readonly orm: PostgresJsDatabase;
  readonly sql: Statements;
}

/** One agency's own database. Survives the death and return of the server; fails only with `DatabaseError`. */
export interface Database extends Transaction {
  /**
   * All or nothing: commits when `work` resolves, rolls back when it rejects, and passes its error on. Each
   * statement has `queryTimeoutMs` (default: the database's own limit), the whole has none.
   */
  begin<T>(
    work: (transaction: Transaction) => Promise<T>,
    options?: { readonly queryTimeoutMs?: number },
  ): Promise<T>;
  /** Resolves when the database answers; rejects with `DatabaseError` within the time limit. */
  ping(): Promise<void>;
  /** Lets running statements finish within the time limit, then disconnects. Later calls are refused. */
  close(): Promise<void>;
}

export interface ConnectOptions {
  readonly url: string;
  /** Connections at most, default 4; 4 to 10 measure best. */
  readonly poolSize?: number;
  /** Time limit of one statement, waiting for a connection included, in milliseconds; default 1500. */
  readonly queryTimeoutMs?: number;
  readonly applicationName?: string;
  /**
   * For a process whose statements look rows up by key: a prepared statement is planned once per connection, for
   * whatever parameters, instead of each time it runs, which costs PostgreSQL as much as running it. Default `false`:
   * PostgreSQL chooses (`plan_cache_mode`).
   */
  readonly planOnce?: boolean;
  /** Called with the text of every statement sent, never with its parameters. */
  readonly onQuery?: OnQuery;
  /** Called when a connection was lost and thrown away. */
  readonly onFault?: (fault: DatabaseError) => void;
}

function createStatements(client: Client): Statements {
  const all = async <T>(text: string, parameters: readonly unknown[], prepare: boolean): Promise<T[]> =>
    client.unsafe<T>(text, parameters, { prepare });
  const tagged = <T>(text: TemplateStringsArray, ...parameters: readonly Parameter[]): Promise<T[]> =>
    all<T>(
      text.reduce((head, tail, index) => `${head}$${index}${tail}`),
      parameters,
      true,
    );
  const unsafe = <T>(text: string, parameters: readonly Parameter[] = []): Promise<T[]> =>
    all<T>(text, parameters, false);
  return Object.assign(tagged, { unsafe, copyFrom: client.copyFrom });
}

function createScope(client: Client): Transaction {
  return { orm: createOrm(client), sql: createStatements(client) };
}

/** Connects on first use. Promise, limits and failures: see {@link Database}. */
export function connectDatabase(options: ConnectOptions): Database {
  const {
    queryTimeoutMs: limitMs = 1500,
    poolSize: size = 4,
    applicationName = 'citizen-data-graph',
  } = options;
  const { onQuery = () => {}, onFault = () => {} } = options;
  const { url, planOnce = false } = options;
  const settings = { url, limitMs, applicationName, planOnce, types: createTypeHandlers() };
  const open = (onBroken: () => void) =>
    openLane(settings, (fault) => {
      onBroken();
      onFault(fault);
    });
  const lanes = createLanes(open, { size, limitMs });
  const beginPlain: Client['begin'] = (work) =>
    runTransaction(lanes, onQuery, { limitMs, open: 'begin' }, work);
  const scope = createScope(createClient(lanes.run, beginPlain, onQuery));
  const begin: Database['begin'] = (work, { queryTimeoutMs = limitMs } = {}) => {
    const head = `begin; set local statement_timeout = ${Math.ceil(queryTimeoutMs * 0.9)}`;
    const transaction = {
      limitMs: queryTimeoutMs,
      open: queryTimeoutMs === limitMs ? 'begin' : head,
    };
    return runTransaction(lanes, onQuery, transaction, (client) => work(createScope(client)));
  };
  const ping = async (): Promise<void> => void (await scope.sql.unsafe('select 1'));
  return { ...scope, begin, ping, close: lanes.close };
}
