import { bigint, boolean, date, index, numeric, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { citizenId, provenance } from '#db';

const amount = (name: string) => bigint(name, { mode: 'number' });
const percent = (name: string) => numeric(name, { precision: 5, scale: 2, mode: 'number' }).notNull();

/** Contribution rates from a month on, per cent of the base. */
export const rates = pgTable(
  'rates',
  {
    scheme: text('scheme').notNull(),
    validFrom: text('valid_from').notNull(),
    employeeRate: percent('employee_rate'),
    employerRate: percent('employer_rate'),
    legalBasis: text('legal_basis').notNull(),
  },
  (table) => [primaryKey({ columns: [table.scheme, table.validFrom] })],
);

/** What the contribution base is limited by from a month on, VND. */
export const baseLimits = pgTable('base_limits', {
  validFrom: text('valid_from').primaryKey(),
  referenceLevel: amount('reference_level').notNull(),
  floorRegion1: amount('floor_region_1').notNull(),
  floorRegion2: amount('floor_region_2').notNull(),
  floorRegion3: amount('floor_region_3').notNull(),
  floorRegion4: amount('floor_region_4').notNull(),
});

/** Codes of the reports by which a unit begins and ends a participation. */
export const plans = pgTable('plans', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
});

export const referenceTables = [rates, baseLimits, plans];

/** The member as the insurer recorded them, one row. */
export const files = pgTable('files', {
  citizenId: citizenId().primaryKey(),
  insuranceNumber: text('insurance_number').notNull(),
  personalId: text('personal_id').notNull(),
  fullName: text('full_name').notNull(),
  dateOfBirth: text('date_of_birth').notNull(),
  ...provenance(),
});

/** Participation by scheme; months are `YYYY-MM`, both ends included. Months of one scheme never overlap. */
export const periods = pgTable(
  'periods',
  {
    citizenId: citizenId(),
    id: uuid('id').notNull(),
    scheme: text('scheme').notNull(),
    fromMonth: text('from_month').notNull(),
    toMonth: text('to_month'),
    employerCode: text('employer_code'),
    employerName: text('employer_name'),
    employerProvinceCode: text('employer_province_code'),
    jobTitle: text('job_title').notNull(),
    hazardLevel: text('hazard_level').notNull(),
    workplace: text('workplace'),
    salaryBase: amount('salary_base').notNull(),
    positionAllowance: amount('position_allowance'),
    seniorityAllowance: amount('seniority_allowance'),
    supplement: amount('supplement'),
    paymentStatus: text('payment_status').notNull(),
    planCode: text('plan_code').notNull(),
    endPlanCode: text('end_plan_code'),
    ...provenance(),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.id] }),
    index('periods_newest_first').on(table.citizenId, table.fromMonth.desc(), table.id.desc()),
  ],
);

export const benefits = pgTable(
  'benefits',
  {
    citizenId: citizenId(),
    id: uuid('id').notNull(),
    benefit: text('benefit').notNull(),
    from: date('from_day', { mode: 'string' }).notNull(),
    to: date('to_day', { mode: 'string' }),
    amount: amount('amount').notNull(),
    isMonthly: boolean('is_monthly').notNull(),
    decisionNo: text('decision_no').notNull(),
    ...provenance(),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.id] }),
    index('benefits_newest_first').on(table.citizenId, table.from.desc(), table.id.desc()),
  ],
);
