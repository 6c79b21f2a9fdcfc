import {
  bigint,
  boolean,
  doublePrecision,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
import { belongsToVisit, ofVisit } from './of-visit.ts';

/** What an item cost and who paid, VND; null where nothing was. */
const charge = () => ({
  unitPrice: bigint('unit_price', { mode: 'number' }),
  insuredUnitPrice: bigint('insured_unit_price', { mode: 'number' }),
  hospitalAmount: bigint('hospital_amount', { mode: 'number' }),
  insuredAmount: bigint('insured_amount', { mode: 'number' }),
  benefitRate: smallint('benefit_rate'),
  insurerPays: bigint('insurer_pays', { mode: 'number' }),
  coPay: bigint('co_pay', { mode: 'number' }),
  patientPays: bigint('patient_pays', { mode: 'number' }),
  stateBudget: bigint('state_budget', { mode: 'number' }),
  foreignAid: bigint('foreign_aid', { mode: 'number' }),
  domesticAid: bigint('domestic_aid', { mode: 'number' }),
  otherFunds: bigint('other_funds', { mode: 'number' }),
  otherSources: bigint('other_sources', { mode: 'number' }),
});

/** Accompanying and traditional diagnoses; the main one stands on the visit. */
export const visitDiagnoses = pgTable(
  'visit_diagnoses',
  {
    ...ofVisit(),
    kind: text('kind').notNull(),
    code: text('code').notNull(),
    sequence: smallint('sequence').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.visitId, table.sequence] }),
    belongsToVisit(table),
  ],
);

/** Operations and procedures (MA_PTTT_QT). */
export const visitProcedures = pgTable(
  'visit_procedures',
  {
    ...ofVisit(),
    sequence: smallint('sequence').notNull(),
    code: text('code').notNull(),
    performedAt: timestamp('performed_at', { withTimezone: true, mode: 'date' }),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.visitId, table.sequence] }),
    belongsToVisit(table),
  ],
);

/** XML2, without what the drug catalogue knows. */
export const visitDrugs = pgTable(
  'visit_drugs',
  {
    ...ofVisit(),
    sequence: smallint('sequence').notNull(),
    code: text('code').notNull(),
    preparationCode: text('preparation_code'),
    dosage: text('dosage'),
    instructions: text('instructions'),
    tender: text('tender'),
    scope: text('scope'),
    paymentRate: smallint('payment_rate'),
    quantity: doublePrecision('quantity').notNull(),
    practitionerCode: text('practitioner_code'),
    serviceCode: text('service_code'),
    orderedAt: timestamp('ordered_at', { withTimezone: true, mode: 'date' }),
    performedAt: timestamp('performed_at', { withTimezone: true, mode: 'date' }),
    paymentMethodCode: text('payment_method_code'),
    paidFrom: text('paid_from'),
    isRelapsedWound: boolean('is_relapsed_wound'),
    supplyingFacilityCode: text('supplying_facility_code'),
    departmentCode: text('department_code'),
    ...charge(),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.visitId, table.sequence] }),
    belongsToVisit(table),
  ],
);

/** XML3, without what the service catalogue knows. */
export const visitServices = pgTable(
  'visit_services',
  {
    ...ofVisit(),
    sequence: smallint('sequence').notNull(),
    code: text('code'),
    procedureCode: text('procedure_code'),
    materialCode: text('material_code'),
    materialName: text('material_name'),
    materialPackage: text('material_package'),
    transportCode: text('transport_code'),
    tender: text('tender'),
    scope: text('scope'),
    quantity: doublePrecision('quantity').notNull(),
    serviceRate: smallint('service_rate'),
    paymentRate: smallint('payment_rate'),
    ceiling: bigint('ceiling', { mode: 'number' }),
    bedCode: text('bed_code'),
    practitionerCode: text('practitioner_code'),
    performerCode: text('performer_code'),
    diagnosisCode: text('diagnosis_code'),
    traditionalDiagnosisCode: text('traditional_diagnosis_code'),
    orderedAt: timestamp('ordered_at', { withTimezone: true, mode: 'date' }),
    performedAt: timestamp('performed_at', { withTimezone: true, mode: 'date' }),
    resultAt: timestamp('result_at', { withTimezone: true, mode: 'date' }),
    paymentMethodCode: text('payment_method_code'),
    isRelapsedWound: boolean('is_relapsed_wound'),
    anaesthesiaCode: text('anaesthesia_code'),
    bodySiteCode: text('body_site_code'),
    deviceCode: text('device_code'),
    productCode: text('product_code'),
    isReused: boolean('is_reused'),
    departmentCode: text('department_code'),
    ...charge(),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.visitId, table.sequence] }),
    belongsToVisit(table),
  ],
);

/** XML4, without what the indicator catalogue knows. */
export const visitLabResults = pgTable(
  'visit_lab_results',
  {
    ...ofVisit(),
    sequence: smallint('sequence').notNull(),
    serviceCode: text('service_code').notNull(),
    indicatorCode: text('indicator_code'),
    value: text('value'),
    description: text('description'),
    conclusion: text('conclusion'),
    resultAt: timestamp('result_at', { withTimezone: true, mode: 'date' }),
    readerCode: text('reader_code'),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.visitId, table.sequence] }),
    belongsToVisit(table),
  ],
);
