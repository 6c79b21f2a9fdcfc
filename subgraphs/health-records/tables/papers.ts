import { sql } from 'drizzle-orm';
import { check, date, pgTable, primaryKey, smallint, text, timestamp } from 'drizzle-orm/pg-core';
import { belongsToVisit, ofVisit } from './of-visit.ts';

/** XML5. */
export const visitProgressNotes = pgTable(
  'visit_progress_notes',
  {
    ...ofVisit(),
    sequence: smallint('sequence').notNull(),
    progress: text('progress').notNull(),
    stage: text('stage'),
    consultation: text('consultation'),
    surgery: text('surgery'),
    notedAt: timestamp('noted_at', { withTimezone: true, mode: 'date' }).notNull(),
    performerCode: text('performer_code'),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.visitId, table.sequence] }),
    belongsToVisit(table),
  ],
);

/** XML7: at most one for a visit. */
export const visitDischarges = pgTable(
  'visit_discharges',
  {
    ...ofVisit(),
    archiveNumber: text('archive_number'),
    healthCode: text('health_code'),
    diagnosis: text('diagnosis'),
    treatmentMethod: text('treatment_method'),
    note: text('note'),
    headPractitionerCode: text('head_practitioner_code'),
    practitionerCode: text('practitioner_code'),
    practitionerName: text('practitioner_name'),
    issuedOn: date('issued_on', { mode: 'string' }),
    temporaryCardCode: text('temporary_card_code'),
    leaveDays: smallint('leave_days'),
    outpatientFrom: date('outpatient_from', { mode: 'string' }),
    outpatientTo: date('outpatient_to', { mode: 'string' }),
    departmentCode: text('department_code'),
    fatherName: text('father_name'),
    motherName: text('mother_name'),
    pregnancyEndCause: text('pregnancy_end_cause'),
    pregnancyEndedAt: timestamp('pregnancy_ended_at', { withTimezone: true, mode: 'date' }),
    pregnancyWeeks: smallint('pregnancy_weeks'),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.visitId] }),
    belongsToVisit(table),
    check(
      'visit_discharges_reproductive',
      sql`num_nonnulls(${table.pregnancyEndCause}, ${table.pregnancyEndedAt}, ${table.pregnancyWeeks}) = 0 or 'REPRODUCTIVE' = any(${table.compartments})`,
    ),
  ],
);

/** XML8: at most one for a visit. */
export const visitSummaries = pgTable(
  'visit_summaries',
  {
    ...ofVisit(),
    employer: text('employer'),
    course: text('course'),
    results: text('results'),
    treatmentMethod: text('treatment_method'),
    childBornOn: date('child_born_on', { mode: 'string' }),
    childDiedOn: date('child_died_on', { mode: 'string' }),
    childrenDied: smallint('children_died'),
    note: text('note'),
    headPractitionerCode: text('head_practitioner_code'),
    issuedOn: date('issued_on', { mode: 'string' }),
    temporaryCardCode: text('temporary_card_code'),
    fatherName: text('father_name'),
    motherName: text('mother_name'),
    guardianName: text('guardian_name'),
  },
  (table) => [primaryKey({ columns: [table.citizenId, table.visitId] }), belongsToVisit(table)],
);

/** XML11: at most one for a visit. */
export const visitSickLeaves = pgTable(
  'visit_sick_leaves',
  {
    ...ofVisit(),
    number: text('number').notNull(),
    serial: text('serial'),
    examinationNumber: text('examination_number'),
    employer: text('employer'),
    insuranceNumber: text('insurance_number'),
    cardCode: text('card_code'),
    diagnosis: text('diagnosis'),
    treatmentMethod: text('treatment_method'),
    days: smallint('days').notNull(),
    from: date('from', { mode: 'string' }).notNull(),
    to: date('to', { mode: 'string' }).notNull(),
    headPractitionerCode: text('head_practitioner_code'),
    practitionerCode: text('practitioner_code'),
    issuedOn: date('issued_on', { mode: 'string' }),
    temporaryCardCode: text('temporary_card_code'),
    form: text('form'),
    fatherName: text('father_name'),
    motherName: text('mother_name'),
    pregnancyEndCause: text('pregnancy_end_cause'),
    pregnancyEndedAt: timestamp('pregnancy_ended_at', { withTimezone: true, mode: 'date' }),
    pregnancyWeeks: smallint('pregnancy_weeks'),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.visitId] }),
    belongsToVisit(table),
    check(
      'visit_sick_leaves_reproductive',
      sql`num_nonnulls(${table.pregnancyEndCause}, ${table.pregnancyEndedAt}, ${table.pregnancyWeeks}) = 0 or 'REPRODUCTIVE' = any(${table.compartments})`,
    ),
  ],
);

/** XML13: at most one for a visit. */
export const visitReferrals = pgTable(
  'visit_referrals',
  {
    ...ofVisit(),
    fileNumber: text('file_number'),
    referralSequence: text('referral_sequence'),
    number: text('number').notNull(),
    signs: text('signs'),
    diagnosis: text('diagnosis'),
    course: text('course'),
    results: text('results'),
    treatmentMethod: text('treatment_method'),
    services: text('services'),
    drugs: text('drugs'),
    plan: text('plan'),
    transport: text('transport'),
    escortName: text('escort_name'),
    escortTitle: text('escort_title'),
    practitionerCode: text('practitioner_code'),
    headPractitionerCode: text('head_practitioner_code'),
    referredFromCode: text('referred_from_code'),
    referredToCode: text('referred_to_code').notNull(),
    reasonCode: text('reason_code'),
  },
  (table) => [primaryKey({ columns: [table.citizenId, table.visitId] }), belongsToVisit(table)],
);

/** XML14: at most one for a visit. */
export const visitReExaminations = pgTable(
  'visit_re_examinations',
  {
    ...ofVisit(),
    number: text('number').notNull(),
    appointedOn: date('appointed_on', { mode: 'string' }).notNull(),
    diagnosis: text('diagnosis'),
    practitionerCode: text('practitioner_code'),
    headPractitionerCode: text('head_practitioner_code'),
    issuedOn: date('issued_on', { mode: 'string' }),
  },
  (table) => [primaryKey({ columns: [table.citizenId, table.visitId] }), belongsToVisit(table)],
);
