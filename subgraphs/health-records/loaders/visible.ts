import { and, asc, sql, type SQL, type Subquery } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Database } from '#db';
import { createVisibleLoader, isVisible } from '#kit';
import type { LabelledTable, OpenLoader, Shown, VisibleKey } from '#kit';

type Keyed = LabelledTable & { readonly citizenId: PgColumn };
type ShownRow<Row> = Shown<Row & { readonly ordinal: number }>;

/** What `prepareVisible` makes. */
export type VisibleLoader<Row> = OpenLoader<VisibleKey, readonly ShownRow<Row>[]>;

/** The row is of the citizen of the key, and the reader may see all compartments it belongs to. */
export const isShown = ({ citizenId, compartments }: Keyed): SQL | undefined =>
  and(sql`${citizenId} = k.citizen_id`, isVisible(compartments));

const keys: SQL = sql`unnest(${sql.placeholder('citizenIds')}::uuid[], ${sql.placeholder('recordIds')}::uuid[], ${sql.placeholder('allowed')}::text[]) with ordinality as k(citizen_id, record_id, allowed, ordinal)`;

const arraysOf = (asked: readonly VisibleKey[]) => ({
  citizenIds: asked.map(({ citizenId }) => citizenId),
  recordIds: asked.map(({ recordId }) => recordId ?? null),
  allowed: asked.map(({ allowed }) => allowed),
});

/**
 * Prepares the statement that reads the rows of many keys, each with what its reader may see. `rows` reads those of one
 * key `k`, ordered or limited: so every key is looked up in the index, however many there are.
 */
export function prepareVisible<Row>({ orm }: Database, name: string, rows: Subquery): VisibleLoader<Row> {
  const row = rows._.selectedFields as Record<string, PgColumn>;
  const statement = orm
    .select({ ordinal: sql<number>`k.ordinal::int`, row })
    .from(keys)
    .crossJoinLateral(rows)
    .orderBy(asc(sql`k.ordinal`))
    .prepare(name);
  return createVisibleLoader(async (asked) => {
    const found = (await statement.execute(arraysOf(asked))) as { ordinal: number; row: Row & object }[];
    return found.map(({ ordinal, row }) => Object.assign(row, { ordinal }));
  });
}
