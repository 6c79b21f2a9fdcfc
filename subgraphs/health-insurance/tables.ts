import { sql } from 'drizzle-orm';
import { bigint, boolean, check, date, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { citizenId, provenance } from '#db';

/** Insured groups and their level: data, because the law regroups them. */
export const objects = pgTable('objects', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
  benefitLevel: smallint('benefit_level').notNull(),
});

/** What each benefit level pays. */
export const benefitLevels = pgTable('benefit_levels', {
  level: smallint('level').primaryKey(),
  rate: smallint('rate').notNull(),
  hasPaymentCaps: boolean('has_payment_caps').notNull(),
  coversOutsideScope: boolean('covers_outside_scope').notNull(),
});

export const facilities = pgTable('facilities', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
  provinceCode: text('province_code').notNull(),
  careLevel: text('care_level'),
});

/** Result codes of the insurer's look-up interface. */
export const resultCodes = pgTable('result_codes', {
  code: text('code').primaryKey(),
  reason: text('reason').notNull(),
  note: text('note').notNull(),
});

/** Monthly base salary (lương cơ sở) in force from a day, VND. */
export const baseSalaries = pgTable('base_salaries', {
  validFrom: date('valid_from', { mode: 'string' }).primaryKey(),
  amount: bigint('amount', { mode: 'number' }).notNull(),
});

export const referenceTables = [objects, benefitLevels, facilities, resultCodes, baseSalaries];

/** The insured person as the insurer recorded them, one row. */
export const files = pgTable('files', {
  citizenId: citizenId().primaryKey(),
  insuranceNumber: text('insurance_number').notNull(),
  personalId: text('personal_id').notNull(),
  fullName: text('full_name').notNull(),
  dateOfBirth: text('date_of_birth').notNull(),
  sex: text('sex').notNull(),
  /** Result code of the last comparison with the population database; null when they agree. */
  identityCheck: text('identity_check'),
});

/** Every card a citizen ever had. */
export const cards = pgTable(
  'cards',
  {
    citizenId: citizenId(),
    id: uuid('id').notNull(),
    cardNumber: text('card_number').notNull(),
    cardCode15: text('card_code_15'),
    objectCode: text('object_code')
      .notNull()
      .references(() => objects.code),
    /** As printed: keeps its value when the catalogue regroups. */
    benefitLevel: smallint('benefit_level').notNull(),
    provinceCode: text('province_code').notNull(),
    issuingOffice: text('issuing_office').notNull(),
    livingArea: text('living_area'),
    facilityCode: text('facility_code')
      .notNull()
      .references(() => facilities.code),
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    validTo: date('valid_to', { mode: 'string' }).notNull(),
    fiveYearFrom: date('five_year_from', { mode: 'string' }).notNull(),
    /** Why it ended before its term: WITHDRAWN, REPORTED_LOST or REDUCED. */
    endedAs: text('ended_as'),
    ...provenance(),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.id] }),
    check('cards_benefit_level', sql`${table.benefitLevel} between 1 and 5`),
  ],
);

/** What a citizen paid of insured costs, by calendar year. */
export const coPayments = pgTable(
  'co_payments',
  {
    citizenId: citizenId(),
    year: smallint('year').notNull(),
    paid: bigint('paid', { mode: 'number' }).notNull(),
    ceilingPassedOn: date('ceiling_passed_on', { mode: 'string' }),
  },
  (table) => [primaryKey({ columns: [table.citizenId, table.year] })],
);
