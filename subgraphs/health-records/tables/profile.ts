import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  foreignKey,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
} from 'drizzle-orm/pg-core';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { citizenId, provenance } from '#db';
import { compartments } from './compartments.ts';

/** One row per citizen of whom the agency keeps a file: the head of the personal health record (QĐ 831/QĐ-BYT). */
export const healthFiles = pgTable('health_files', {
  citizenId: citizenId().primaryKey(),
  profileNumber: text('profile_number').notNull(),
  openedOn: date('opened_on', { mode: 'string' }).notNull(),
  fullName: text('full_name').notNull(),
  dateOfBirth: text('date_of_birth').notNull(),
  relationToHead: text('relation_to_head'),
  occupationCode: text('occupation_code'),
  bloodGroup: text('blood_group'),
  rhesus: text('rhesus'),
  managingFacilityCode: text('managing_facility_code'),
  carerRelation: text('carer_relation'),
  carerName: text('carer_name'),
  delivery: text('delivery'),
  weightGrams: integer('weight_grams'),
  lengthMm: integer('length_mm'),
  wasPremature: boolean('was_premature'),
  wasAsphyxiated: boolean('was_asphyxiated'),
  defects: text('defects'),
  problems: text('problems'),
  /** Compartments of the columns from `delivery` to `problems`; the rest of the file is in none. */
  birthCompartments: text('birth_compartments').array().notNull(),
  ...provenance(),
});

const ofFile = () => ({
  citizenId: citizenId(),
  entryNumber: smallint('entry_number').notNull(),
  compartments: compartments(),
});

function belongsToFile(table: { readonly citizenId: PgColumn }) {
  return foreignKey({ columns: [table.citizenId], foreignColumns: [healthFiles.citizenId] });
}

/** Risk factors of personal health. */
export const healthRiskFactors = pgTable(
  'health_risk_factors',
  {
    ...ofFile(),
    kind: text('kind').notNull(),
    level: text('level').notNull(),
    amount: text('amount'),
    sinceYear: smallint('since_year'),
    quitYear: smallint('quit_year'),
    detail: text('detail'),
    recordedOn: date('recorded_on', { mode: 'string' }).notNull(),
    ...provenance(),
  },
  (table) => [primaryKey({ columns: [table.citizenId, table.entryNumber] }), belongsToFile(table)],
);

/** Allergies. */
export const healthAllergies = pgTable(
  'health_allergies',
  {
    ...ofFile(),
    kind: text('kind').notNull(),
    substance: text('substance').notNull(),
    reaction: text('reaction'),
    severity: text('severity'),
    recordedOn: date('recorded_on', { mode: 'string' }).notNull(),
    diagnosisCode: text('diagnosis_code'),
    ...provenance(),
  },
  (table) => [primaryKey({ columns: [table.citizenId, table.entryNumber] }), belongsToFile(table)],
);

/** Diseases, disabilities, operations, reproductive health. */
export const healthHistories = pgTable(
  'health_histories',
  {
    ...ofFile(),
    kind: text('kind').notNull(),
    text: text('text').notNull(),
    bodyPart: text('body_part'),
    since: text('since'),
    isResolved: boolean('is_resolved'),
    recordedOn: date('recorded_on', { mode: 'string' }).notNull(),
    diagnosisCode: text('diagnosis_code'),
    ...provenance(),
  },
  (table) => [primaryKey({ columns: [table.citizenId, table.entryNumber] }), belongsToFile(table)],
);

/** Diseases and allergies in the family. */
export const healthFamilyHistories = pgTable(
  'health_family_histories',
  {
    ...ofFile(),
    kind: text('kind').notNull(),
    relation: text('relation').notNull(),
    text: text('text').notNull(),
    recordedOn: date('recorded_on', { mode: 'string' }).notNull(),
    diagnosisCode: text('diagnosis_code'),
    ...provenance(),
  },
  (table) => [primaryKey({ columns: [table.citizenId, table.entryNumber] }), belongsToFile(table)],
);

/** Doses of vaccines. */
export const healthImmunisations = pgTable(
  'health_immunisations',
  {
    ...ofFile(),
    programme: text('programme').notNull(),
    dose: smallint('dose').notNull(),
    givenOn: date('given_on', { mode: 'string' }).notNull(),
    lotNumber: text('lot_number'),
    reaction: text('reaction'),
    nextDueOn: date('next_due_on', { mode: 'string' }),
    vaccineCode: text('vaccine_code').notNull(),
    facilityCode: text('facility_code'),
    ...provenance(),
  },
  (table) => [primaryKey({ columns: [table.citizenId, table.entryNumber] }), belongsToFile(table)],
);

/** Health check-ups. */
export const healthExaminations = pgTable(
  'health_examinations',
  {
    ...ofFile(),
    examinedOn: date('examined_on', { mode: 'string' }).notNull(),
    history: text('history'),
    pulsePerMinute: smallint('pulse_per_minute'),
    temperatureTenths: smallint('temperature_tenths'),
    systolicMmHg: smallint('systolic_mm_hg'),
    diastolicMmHg: smallint('diastolic_mm_hg'),
    breathsPerMinute: smallint('breaths_per_minute'),
    weightGrams: integer('weight_grams'),
    heightMm: integer('height_mm'),
    waistMm: integer('waist_mm'),
    rightEye: text('right_eye'),
    leftEye: text('left_eye'),
    rightEyeCorrected: text('right_eye_corrected'),
    leftEyeCorrected: text('left_eye_corrected'),
    skin: text('skin'),
    cardiovascular: text('cardiovascular'),
    respiratory: text('respiratory'),
    digestive: text('digestive'),
    urinary: text('urinary'),
    musculoskeletal: text('musculoskeletal'),
    endocrine: text('endocrine'),
    neurological: text('neurological'),
    mental: text('mental'),
    surgical: text('surgical'),
    obstetric: text('obstetric'),
    earNoseThroat: text('ear_nose_throat'),
    dental: text('dental'),
    eyes: text('eyes'),
    nutrition: text('nutrition'),
    movement: text('movement'),
    development: text('development'),
    laboratory: text('laboratory'),
    advice: text('advice'),
    practitionerCode: text('practitioner_code'),
    facilityCode: text('facility_code'),
    diagnosisCode: text('diagnosis_code'),
    ...provenance(),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.entryNumber] }),
    belongsToFile(table),
    check(
      'health_examinations_mental',
      sql`${table.mental} is null or 'MENTAL' = any(${table.compartments})`,
    ),
    check(
      'health_examinations_obstetric',
      sql`${table.obstetric} is null or 'REPRODUCTIVE' = any(${table.compartments})`,
    ),
  ],
);
