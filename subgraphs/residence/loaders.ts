import { desc, getTableColumns, sql } from 'drizzle-orm';
import type { Database } from '#db';
import {
  createListLoader,
  createLookUpPer,
  createNarrowLookUp,
  createOneLoader,
  createPageLoader,
} from '#kit';
import { openAll, preparePages, type AskedFields, type ColumnUse, type RequestClock } from '#kit';
import {
  residenceFiles as files,
  residenceRegistrations as registrations,
  stayNotifications as stays,
} from './tables.ts';

const ids = sql.placeholder('ids');
const today = sql`${sql.placeholder('today')}::date`;

const columns = getTableColumns(registrations);
type RegistrationColumns = typeof columns;

const ward = ['wardCode', 'wardName'] as const;
const province = ['provinceCode', 'provinceName'] as const;
const newUnits = ['newWardCode', 'newWardName', 'newProvinceCode', 'newProvinceName'] as const;

const registrationUse = {
  columns,
  always: ['citizenId', 'id', 'type', 'registeredFrom', 'registeredTo', 'validUntil'],
  types: {
    ResidenceRegistration: {
      address: [],
      household: ['isInHousehold'],
      relationToHead: ['isInHousehold'],
      status: [],
      source: ['asOf', 'integrationStatus'],
    },
    ResidenceAddress: {
      ward,
      province,
      text: ['line', 'wardName', 'districtName', 'provinceName'],
      asOf: [],
      normalised: ['line', 'scheme', ...ward, 'districtName', ...province, 'mappingStatus', ...newUnits],
    },
    ResidenceConfirmation: 'all',
  },
} satisfies ColumnUse<RegistrationColumns>;

const prepareRegistrations = ({ orm }: Database, selected: RegistrationColumns) =>
  orm
    .select(selected)
    .from(registrations)
    .where(sql`${registrations.citizenId} = any(${ids})`)
    .orderBy(desc(registrations.registeredFrom), desc(registrations.id))
    .prepare('residence_registrations_by_ids');

function prepareReads({ orm }: Database) {
  return {
    files: orm
      .select()
      .from(files)
      .where(sql`${files.citizenId} = any(${ids})`)
      .prepare('residence_files_by_ids'),
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
    registrations: createNarrowLookUp(registrationUse, (selected) => {
      const statement = prepareRegistrations(database, selected);
      return createListLoader((keys) => statement.execute({ ids: keys }));
    }),
    history: createPageLoader(pages.history),
    stays: createPageLoader(pages.stays),
  };
  /** Stays that go on that day. */
  const staysOn = createLookUpPer((day: string) =>
    createListLoader((keys) => reads.currentStays.execute({ ids: keys, today: day })),
  );
  return (clock: RequestClock, asked?: AskedFields) =>
    Object.assign(openAll(lookUps, asked), { currentStays: staysOn(clock.today)() });
}

export type Loaders = ReturnType<ReturnType<typeof createLoaders>>;
