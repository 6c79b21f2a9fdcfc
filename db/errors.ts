import postgres from 'postgres';

/**
 * What went wrong with the database, as far as a caller may know it:
 * `DATABASE_UNAVAILABLE` no connection, or it was lost (after a lost commit the outcome is unknown);
 * `DATABASE_TIMEOUT` no answer within the time limit; `DATABASE_CONFLICT` another change was in the way;
 * `DATABASE_FAILED` the statement itself was refused.
 */
export type DatabaseErrorCode =
  'DATABASE_UNAVAILABLE' | 'DATABASE_TIMEOUT' | 'DATABASE_CONFLICT' | 'DATABASE_FAILED';

const messages: Readonly<Record<DatabaseErrorCode, string>> = {
  DATABASE_UNAVAILABLE: 'The database cannot be reached at the moment. Try again in a few seconds.',
  DATABASE_TIMEOUT: 'The database did not answer in time. Try again, or ask for less at once.',
  DATABASE_CONFLICT: 'Another change was made at the same time. Read again and retry.',
  DATABASE_FAILED: 'The database refused the request. Report it to the operator with the time.',
};

/** What an operator may read in a log: names from our own schema and standard codes, never a value. */
export interface DatabaseFault {
  /** SQLSTATE (PostgreSQL manual, appendix A) or the system's code, such as `ECONNREFUSED`. */
  readonly reason: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
}

/**
 * The only error that leaves this layer. Message and properties are free of SQL, parameters and hosts. The
 * driver's own error is deliberately not kept as `cause`: its text and properties carry submitted values.
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: DatabaseErrorCode;
  readonly fault: DatabaseFault;

  constructor(code: DatabaseErrorCode, fault: DatabaseFault, message: string = messages[code]) {
    super(message);
    this.code = code;
    this.fault = fault;
  }
}

const conflicts = new Set(['40001', '40P01', '55P03', '23505', '23P01']);

function codeOfSqlState(sqlState: string): DatabaseErrorCode {
  if (sqlState === '57014') return 'DATABASE_TIMEOUT';
  if (conflicts.has(sqlState)) return 'DATABASE_CONFLICT';
  const isServerTrouble =
    sqlState.startsWith('57P') || sqlState.startsWith('08') || sqlState.startsWith('53');
  return isServerTrouble ? 'DATABASE_UNAVAILABLE' : 'DATABASE_FAILED';
}

function fromServer(error: postgres.PostgresError): DatabaseError {
  const { code, table_name: table, column_name: column, constraint_name: constraint } = error;
  return new DatabaseError(codeOfSqlState(code), {
    reason: code,
    ...(table && { table }),
    ...(column && { column }),
    ...(constraint && { constraint }),
  });
}

const connectionFault =
  /^(E(CONN|PIPE|NOENT|NOTFOUND|TIMEDOUT|HOST|NET|ADDR|AI_|MFILE|NFILE)|ERR_STREAM|ERR_SOCKET|CONNECT)/;

/**
 * The `DatabaseError` inside any error that came out of a database call, whatever wrapped it (drizzle puts SQL
 * and parameters into its own messages, so theirs are dropped). Never throws.
 */
export function publicError(error: unknown): DatabaseError {
  for (let each = error, depth = 0; each instanceof Error && depth < 8; each = each.cause, depth += 1) {
    if (each instanceof DatabaseError) return each;
    if (each instanceof postgres.PostgresError) return fromServer(each);
    const reason = 'code' in each && typeof each.code === 'string' ? each.code : '';
    if (connectionFault.test(reason)) return new DatabaseError('DATABASE_UNAVAILABLE', { reason });
  }
  return new DatabaseError('DATABASE_FAILED', { reason: 'UNKNOWN' });
}

/** Whether a connection that answered with this error can still be used. */
export function leavesConnectionUsable(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.severity === 'ERROR';
}
