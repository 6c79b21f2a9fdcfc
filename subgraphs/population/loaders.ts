import { desc, getTableColumns, sql } from 'drizzle-orm';
import type { Database } from '#db';
import { createListLoader, createNarrowLookUp, createOneLoader, createTextLoader, openAll } from '#kit';
import type { AskedFields, ColumnUse, RequestClock } from '#kit';
import { citizens, personIdentifiers, personalNumbers } from './tables.ts';

const ids = sql.placeholder('ids');

const columns = getTableColumns(citizens);
type CitizenColumns = typeof columns;

const place = <Prefix extends 'birth' | 'home'>(prefix: Prefix) =>
  [
    `${prefix}Scheme`,
    `${prefix}WardCode`,
    `${prefix}WardName`,
    `${prefix}DistrictName`,
    `${prefix}ProvinceCode`,
    `${prefix}ProvinceName`,
  ] as const;

/** Nobody's religion is read for a name. */
const citizenUse = {
  columns,
  always: ['citizenId'],
  types: {
    Citizen: {
      id: [],
      identifiers: [],
      personalIdWarnings: ['personalId', 'sex', 'dateOfBirth'],
      fullName: ['surname', 'middleName', 'givenName'],
      nationality: ['nationalityCode', 'nationalityName'],
      ethnicity: ['ethnicityCode', 'ethnicityName'],
      religion: ['religionCode', 'religionName'],
      placeOfBirthRegistration: place('birth'),
      hometown: place('home'),
      family: ['fatherName', 'motherName', 'spouseName'],
      account: [
        'accountLevel',
        'accountState',
        'accountLockCause',
        'accountRegisteredOn',
        'accountPhone',
        'asOf',
        'integrationStatus',
      ],
      source: ['asOf', 'integrationStatus'],
    },
  },
} satisfies ColumnUse<CitizenColumns>;

const prepareCitizens = ({ orm }: Database, selected: CitizenColumns) =>
  orm
    .select(selected)
    .from(citizens)
    .where(sql`${citizens.citizenId} = any(${ids})`)
    .prepare('citizens_by_ids');

function prepareReads({ orm }: Database) {
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
  return { identifiersById, citizenIdsByNumber };
}

/** Statements prepared once; loaders for each request. */
export function createLoaders(database: Database) {
  const reads = prepareReads(database);
  const lookUps = {
    citizen: createNarrowLookUp(citizenUse, (selected) => {
      const statement = prepareCitizens(database, selected);
      return createOneLoader((keys) => statement.execute({ ids: keys }));
    }),
    identifiers: createListLoader((keys) => reads.identifiersById.execute({ ids: keys })),
    /** A current or former number to the id of its citizen. */
    citizenIdOfNumber: createTextLoader(
      (numbers) => reads.citizenIdsByNumber.execute({ ids: numbers }),
      (row) => [row.value, row.citizenId],
    ),
  };
  return (_?: RequestClock, asked?: AskedFields) => openAll(lookUps, asked);
}

export type Loaders = ReturnType<ReturnType<typeof createLoaders>>;
export type CitizenRow = typeof citizens.$inferSelect;
