import { desc, sql } from 'drizzle-orm';
import type { Database } from '#db';
import { createListLoader, createOneLoader, createTextLoader, openAll } from '#kit';
import { citizens, personIdentifiers, personalNumbers } from './tables.ts';

const ids = sql.placeholder('ids');

function prepareReads({ orm }: Database) {
  const citizensById = orm
    .select()
    .from(citizens)
    .where(sql`${citizens.citizenId} = any(${ids})`)
    .prepare('citizens_by_ids');
  const identifiersById = orm
    .select()
    .from(personIdentifiers)
    .where(sql`${personIdentifiers.citizenId} = any(${ids})`)
    .orderBy(desc(personIdentifiers.validFrom), personIdentifiers.type, personIdentifiers.value)
    .prepare('person_identifiers_by_ids');
  const citizenIdsByNumber = orm
    .select()
    .from(personalNumbers)
    .where(sql`${personalNumbers.value} = any(${ids})`)
    .prepare('citizen_ids_by_numbers');
  return { citizensById, identifiersById, citizenIdsByNumber };
}

/** Statements prepared once; loaders for each request. */
export function createLoaders(database: Database) {
  const reads = prepareReads(database);
  const lookUps = {
    citizen: createOneLoader((keys) => reads.citizensById.execute({ ids: keys })),
    identifiers: createListLoader((keys) => reads.identifiersById.execute({ ids: keys })),
    /** A current or former number to the id of its citizen. */
    citizenIdOfNumber: createTextLoader(
      (numbers) => reads.citizenIdsByNumber.execute({ ids: numbers }),
      (row) => [row.value, row.citizenId],
    ),
  };
  return () => openAll(lookUps);
}

export type Loaders = ReturnType<ReturnType<typeof createLoaders>>;
export type CitizenRow = typeof citizens.$inferSelect;
