import { foreignKey, uuid, type PgColumn } from 'drizzle-orm/pg-core';
import { citizenId } from '#db';
import { compartments } from './compartments.ts';
import { visits } from './visits.ts';

/** The first columns of every row below a visit; the label is the visit's. */
export const ofVisit = () => ({
  citizenId: citizenId(),
  visitId: uuid('visit_id').notNull(),
  compartments: compartments(),
});

/** Ties a row to its visit, inside the citizen. */
export function belongsToVisit(table: { readonly citizenId: PgColumn; readonly visitId: PgColumn }) {
  return foreignKey({
    columns: [table.citizenId, table.visitId],
    foreignColumns: [visits.citizenId, visits.visitId],
  });
}
