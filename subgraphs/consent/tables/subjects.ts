import { bigint, date, index, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { citizenId } from '#db';

/** Grows with every change that the agency notices; older notices are skipped. 0: as the population was loaded. */
const version = () => bigint('version', { mode: 'number' }).notNull().default(0);

/** Look-up: number → citizen, former numbers too; fed by `population`. */
export const subjectNumbers = pgTable(
  'subject_numbers',
  { value: text('value').primaryKey(), citizenId: uuid('citizen_id').notNull() },
  (table) => [index('subject_numbers_by_citizen').on(table.citizenId)],
);

/**
 * What the register knows of a person, fed by `population`. `life_status` is `ALIVE`, `DECEASED`, `DECLARED_DEAD`,
 * `MISSING`, or `UNKNOWN` for somebody whom `population` no longer holds.
 */
export const subjects = pgTable('subjects', {
  citizenId: citizenId().primaryKey(),
  /** The first day the recorded date of birth may mean. */
  bornOn: date('born_on', { mode: 'string' }).notNull(),
  lifeStatus: text('life_status').notNull(),
  /** `null`: no account. */
  accountLevel: smallint('account_level'),
  accountState: text('account_state'),
  version: version(),
});

/**
 * Who represents the citizen, ended links too; fed by `dependants`. A link whose record was taken back ends on the day it
 * began, so that it holds on no day.
 */
export const representations = pgTable(
  'representations',
  {
    /** The one who is represented. */
    citizenId: citizenId(),
    recordId: uuid('record_id').notNull(),
    representativeId: uuid('representative_id').notNull(),
    relation: text('relation').notNull(),
    basis: text('basis').notNull(),
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    /** First day without the link. */
    validTo: date('valid_to', { mode: 'string' }),
    version: version(),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.recordId] }),
    index('representations_by_representative').on(table.representativeId),
  ],
);
