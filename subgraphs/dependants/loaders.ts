import { sql } from 'drizzle-orm';
import type { Database } from '#db';
import { createListLoader, openAll } from '#kit';
import { dependants, representatives } from './tables.ts';

const ids = sql.placeholder('ids');

function prepareReads({ orm }: Database) {
  const dependantsByIds = orm
    .select()
    .from(dependants)
    .where(sql`${dependants.citizenId} = any(${ids})`)
    .orderBy(dependants.bornOn, dependants.recordId)
    .prepare('dependants_by_ids');
  const representativesByIds = orm
    .select()
    .from(representatives)
    .where(sql`${representatives.citizenId} = any(${ids})`)
    .orderBy(representatives.validFrom, representatives.recordId)
    .prepare('representatives_by_ids');
  return { dependantsByIds, representativesByIds };
}

/** Statements prepared once; loaders for each request. They read every link, ended ones too. */
export function createLoaders(database: Database) {
  const reads = prepareReads(database);
  const lookUps = {
    dependants: createListLoader((keys) => reads.dependantsByIds.execute({ ids: keys })),
    representatives: createListLoader((keys) => reads.representativesByIds.execute({ ids: keys })),
  };
  return () => openAll(lookUps);
}

export type Loaders = ReturnType<ReturnType<typeof createLoaders>>;
export type DependantRow = typeof dependants.$inferSelect;
export type RepresentativeRow = typeof representatives.$inferSelect;
