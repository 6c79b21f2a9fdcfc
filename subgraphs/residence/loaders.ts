import { desc, sql } from 'drizzle-orm';
import type { Database } from '#db';
import { createListLoader, createLookUpPer, createOneLoader, createPageLoader } from '#kit';
import { openAll, preparePages, type RequestClock } from '#kit';
import {
  residenceFiles as files,
  residenceRegistrations as registrations,
  stayNotifications as stays,
} from './tables.ts';

const ids = sql.placeholder('ids');
const today = sql`${sql.placeholder('today')}::date`;

function prepareReads({ orm }: Database) {
  return {
    files: orm
      .select()
      .from(files)
      .where(sql`${files.citizenId} = any(${ids})`)
      .prepare('residence_files_by_ids'),
    registrations: orm
      .select()
      .from(registrations)
      .where(sql`${registrations.citizenId} = any(${ids})`)
      .orderBy(desc(registrations.registeredFrom), desc(registrations.id))
      .prepare('residence_registrations_by_ids'),
    currentStays: orm
      .select()
      .from(stays)
      .where(
        sql`${stays.citizenId} = any(${ids}) and ${stays.stayFrom} <= ${today} and (${stays.stayTo} is null or ${stays.stayTo} >= ${today})`,
      )
      .orderBy(desc(stays.stayFrom), desc(stays.id))
      .prepare('current_stays_by_ids'),
  };
}

function preparePaging(database: Database) {
  return {
    history: preparePages(database, {
      name: 'residence_history_pages',
      table: registrations,
      citizenId: registrations.citizenId,
      sort: registrations.registeredFrom,
      id: registrations.id,
    }),
    stays: preparePages(database, {
      name: 'stay_pages',
      table: stays,
      citizenId: stays.citizenId,
      sort: stays.stayFrom,
      id: stays.id,
    }),
  };
}

/** Statements prepared once; loaders for each request, one statement per loader. */
export function createLoaders(database: Database) {
  const reads = prepareReads(database);
  const pages = preparePaging(database);
  const lookUps = {
    file: createOneLoader((keys) => reads.files.execute({ ids: keys })),
    /** Every registration of a citizen, newest first; stays are not among them. */
    registrations: createListLoader((keys) => reads.registrations.execute({ ids: keys })),
    history: createPageLoader(pages.history),
    stays: createPageLoader(pages.stays),
  };
  /** Stays that go on that day. */
  const staysOn = createLookUpPer((day: string) =>
    createListLoader((keys) => reads.currentStays.execute({ ids: keys, today: day })),
  );
  return (clock: RequestClock) => ({ ...openAll(lookUps), currentStays: staysOn(clock.today)() });
}

export type Loaders = ReturnType<ReturnType<typeof createLoaders>>;
