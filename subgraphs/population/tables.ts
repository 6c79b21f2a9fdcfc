import {
  bigint,
  date,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { citizenId, provenance } from '#db';

const place = (prefix: string) => ({
  scheme: text(`${prefix}_scheme`),
  wardCode: text(`${prefix}_ward_code`),
  wardName: text(`${prefix}_ward_name`),
  districtName: text(`${prefix}_district_name`),
  provinceCode: text(`${prefix}_province_code`),
  provinceName: text(`${prefix}_province_name`),
});
const birth = place('birth');
const home = place('home');

/** The core record of each person, one row. */
export const citizens = pgTable('citizens', {
  citizenId: citizenId().primaryKey(),
  personalId: text('personal_id').notNull(),
  surname: text('surname').notNull(),
  middleName: text('middle_name'),
  givenName: text('given_name').notNull(),
  otherNames: text('other_names').array().notNull(),
  dateOfBirth: text('date_of_birth').notNull(),
  dateOfDeath: date('date_of_death', { mode: 'string' }),
  sex: text('sex').notNull(),
  nationalityCode: text('nationality_code').notNull(),
  nationalityName: text('nationality_name').notNull(),
  ethnicityCode: text('ethnicity_code').notNull(),
  ethnicityName: text('ethnicity_name').notNull(),
  religionCode: text('religion_code'),
  religionName: text('religion_name'),
  bloodType: text('blood_type'),
  birthScheme: birth.scheme,
  birthWardCode: birth.wardCode,
  birthWardName: birth.wardName,
  birthDistrictName: birth.districtName,
  birthProvinceCode: birth.provinceCode,
  birthProvinceName: birth.provinceName,
  homeScheme: home.scheme,
  homeWardCode: home.wardCode,
  homeWardName: home.wardName,
  homeDistrictName: home.districtName,
  homeProvinceCode: home.provinceCode,
  homeProvinceName: home.provinceName,
  maritalStatus: text('marital_status').notNull(),
  lifeStatus: text('life_status').notNull(),
  fatherName: text('father_name'),
  motherName: text('mother_name'),
  spouseName: text('spouse_name'),
  accountLevel: smallint('account_level'),
  accountState: text('account_state'),
  accountLockCause: text('account_lock_cause'),
  accountRegisteredOn: date('account_registered_on', { mode: 'string' }),
  accountPhone: text('account_phone'),
  /** Raised by a trigger with every change that the register must know of. 0: as the population was loaded. */
  version: bigint('version', { mode: 'number' }).notNull().default(0),
  ...provenance(),
});

/** Every number a person is or was known by. */
export const personIdentifiers = pgTable(
  'person_identifiers',
  {
    citizenId: citizenId(),
    type: text('type').notNull(),
    value: text('value').notNull(),
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    validTo: date('valid_to', { mode: 'string' }),
    ...provenance(),
  },
  (table) => [primaryKey({ columns: [table.citizenId, table.type, table.value] })],
);

/** Look-up: number → citizen. Sharded by the number; the only table that is not keyed by citizen. */
export const personalNumbers = pgTable('personal_numbers', {
  value: text('value').primaryKey(),
  citizenId: uuid('citizen_id').notNull(),
});

/** People whose change the register has not acknowledged; filled by triggers, whatever writes. */
export const notices = pgTable(
  'notices',
  {
    citizenId: citizenId(),
    noticeId: uuid('notice_id').notNull(),
    /** Of the change; tells the deletion of somebody from what came before. */
    version: bigint('version', { mode: 'number' }).notNull(),
    notedAt: timestamp('noted_at', { withTimezone: true, mode: 'date' })
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.noticeId] }),
    index('notices_by_time').on(table.notedAt),
  ],
);

/** Look-ups are keyed by what is looked up instead of by citizen. */
export const lookupTables = [personalNumbers];
