import { sql } from 'drizzle-orm';
import type { Database } from '#db';
import { createListLoader, createOneLoader, createTextLoader, openAll } from '#kit';
import { recordSubjects, representations, subjectNumbers, subjects } from '../tables/index.ts';

const ids = sql.placeholder('ids');

interface Pointer {
  readonly value: string;
  readonly citizenId: string;
}

/** Looks a text up, each once; `null` when it leads to nobody. */
const createPointers = (read: (values: readonly string[]) => Promise<readonly Pointer[]>) =>
  createTextLoader(read, ({ value, citizenId }) => [value, citizenId]);

function prepareReads({ orm }: Database) {
  const byNumbers = orm
    .select()
    .from(subjectNumbers)
    .where(sql`${subjectNumbers.value} = any(${ids})`)
    .prepare('subjects_by_numbers');
  const byRecords = orm
    .select()
    .from(recordSubjects)
    .where(sql`${recordSubjects.value} = any(${ids})`)
    .prepare('subjects_by_records');
  const subjectsByIds = orm
    .select({ citizenId: subjects.citizenId, bornOn: subjects.bornOn })
    .from(subjects)
    .where(sql`${subjects.citizenId} = any(${ids})`)
    .prepare('births_by_ids');
  const linksByIds = orm
    .select()
    .from(representations)
    .where(sql`${representations.citizenId} = any(${ids})`)
    .prepare('links_by_ids');
  const byRepresentatives = orm
    .selectDistinct({ citizenId: representations.representativeId, representedId: representations.citizenId })
    .from(representations)
    .where(sql`${representations.representativeId} = any(${ids})`)
    .prepare('represented_by_representatives');
  return { byNumbers, byRecords, subjectsByIds, linksByIds, byRepresentatives };
}

/** Who is meant, and who stands beside them. */
export function preparePeople(database: Database) {
  const reads = prepareReads(database);
  const lookUps = {
    /** A current or former personal number to its citizen. */
    citizenIdOfNumber: createPointers((keys) => reads.byNumbers.execute({ ids: keys })),
    /** The id of a request, grant or emergency access to its citizen. */
    citizenIdOfRecord: createPointers((keys) => reads.byRecords.execute({ ids: keys })),
    birth: createOneLoader((keys) => reads.subjectsByIds.execute({ ids: keys })),
    links: createListLoader((keys) => reads.linksByIds.execute({ ids: keys })),
    /** Whom somebody represents or ever represented. */
    represented: createListLoader((keys) => reads.byRepresentatives.execute({ ids: keys })),
  };
  return () => openAll(lookUps);
}
