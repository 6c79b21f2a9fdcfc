import { DrizzleQueryError } from 'drizzle-orm/errors';
import postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { DatabaseError, publicError } from '#db';

const serverError = (code: string): Error => {
  const { PostgresError } = postgres as unknown as { PostgresError: new (fields: object) => Error };
  return new PostgresError({ code, message: 'Key (number)=(099012345678) exists', table_name: 'cards' });
};

describe('publicError', () => {
  it.each([
    ['40001', 'DATABASE_CONFLICT'],
    ['40P01', 'DATABASE_CONFLICT'],
    ['23505', 'DATABASE_CONFLICT'],
    ['57014', 'DATABASE_TIMEOUT'],
    ['57P01', 'DATABASE_UNAVAILABLE'],
    ['57P03', 'DATABASE_UNAVAILABLE'],
    ['08006', 'DATABASE_UNAVAILABLE'],
    ['53300', 'DATABASE_UNAVAILABLE'],
    ['53100', 'DATABASE_UNAVAILABLE'],
    ['42501', 'DATABASE_FAILED'],
    ['23502', 'DATABASE_FAILED'],
  ])('maps SQLSTATE %s to %s', (sqlState, code) => {
    const error = publicError(serverError(sqlState));
    expect(error.code).toBe(code);
    expect(error.fault).toEqual({ reason: sqlState, table: 'cards' });
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'CONNECTION_CLOSED', 'CONNECT_TIMEOUT'])(
    'maps %s to DATABASE_UNAVAILABLE',
    (code) => {
      const error = publicError(Object.assign(new Error('connect 10.0.0.7:5432'), { code }));
      expect(error.code).toBe('DATABASE_UNAVAILABLE');
      expect(error.message).not.toContain('10.0.0.7');
    },
  );

  it('looks through wrappers and drops their text', () => {
    const error = publicError(new DrizzleQueryError('select 1', ['099012345678'], serverError('40001')));
    expect(error.code).toBe('DATABASE_CONFLICT');
    expect(`${error.message}${error.stack}`).not.toContain('099012345678');
  });

  it('passes its own kind through and never throws', () => {
    const own = new DatabaseError('DATABASE_TIMEOUT', { reason: 'TIME_LIMIT' });
    expect(publicError(new Error('outer', { cause: own }))).toBe(own);
    expect(publicError(undefined).code).toBe('DATABASE_FAILED');
    const circle = new Error('circle');
    circle.cause = circle;
    expect(publicError(circle).code).toBe('DATABASE_FAILED');
  });
});
