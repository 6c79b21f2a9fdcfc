import { and, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { isVisible, type VisibleKey } from '#kit';

/** The citizens asked for, each with what the reader may see: a table `k` with one row for each key. */
export const citizens: SQL = sql`unnest(${sql.placeholder('citizenIds')}::uuid[], ${sql.placeholder('allowed')}::text[]) with ordinality as k(citizen_id, allowed, ordinal)`;

/** The records asked for, each with what the reader may see. */
export const records: SQL = sql`unnest(${sql.placeholder('citizenIds')}::uuid[], ${sql.placeholder('recordIds')}::uuid[], ${sql.placeholder('allowed')}::text[]) with ordinality as k(citizen_id, record_id, allowed, ordinal)`;

/** Place of the key, from 1, that a row answers. */
export const ordinal = sql<number>`k.ordinal::int`;

/** The row answers the key, and the reader may see all compartments it belongs to. */
export function isShown(
  { citizenId, compartments }: { readonly citizenId: PgColumn; readonly compartments: PgColumn },
  recordId?: PgColumn,
): SQL | undefined {
  return and(
    sql`${citizenId} = k.citizen_id`,
    recordId && sql`${recordId} = k.record_id`,
    isVisible(compartments),
  );
}

/** The keys as the arrays that `citizens` and `records` are made of. */
export const arraysOf = (keys: readonly VisibleKey[]) => ({
  citizenIds: keys.map(({ citizenId }) => citizenId),
  recordIds: keys.map(({ recordId }) => recordId ?? null),
  allowed: keys.map(({ allowed }) => allowed),
});
