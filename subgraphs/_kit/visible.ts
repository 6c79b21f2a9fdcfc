import { sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { healthCompartments } from '#schema';
import type { Access } from './consent/access.ts';

declare const fromAccess: unique symbol;

/** The compartments a reader may see of one citizen, as the text of a PostgreSQL array. Only `visibleTo` makes one. */
export type AllowedCompartments = string & { readonly [fromAccess]: true };

/** A citizen as one reader sees them: what the loaders of labelled rows take for a key. */
export interface VisibleCitizen {
  readonly citizenId: string;
  readonly allowed: AllowedCompartments;
}

/** A table whose rows name the compartments they belong to; none of them is read without a `VisibleCitizen`. */
export type LabelledTable = PgTable & { readonly compartments: PgColumn };
/** A table that anybody may read who may read the field. */
export type PlainTable = PgTable & { readonly compartments?: never };

/** Rows as they were shown, with what rows below them are asked for by. */
export type Shown<Row> = Row & Pick<VisibleCitizen, 'allowed'>;

/** What the caller may see of this citizen, decided now. Never rejects: what cannot be decided is not allowed. */
export async function visibleTo(
  access: Pick<Access, 'compartmentsOf'>,
  citizenId: string,
): Promise<VisibleCitizen> {
  const found = new Set(await access.compartmentsOf(citizenId));
  const names = healthCompartments.filter((name) => found.has(name)).sort();
  return { citizenId, allowed: `{${names.join(',')}}` as AllowedCompartments };
}

/** Rows whose compartments are all among those that the key `k` of the statement allows. */
export const isVisible = (compartments: PgColumn): SQL => sql`${compartments} <@ k.allowed::text[]`;
