import { asc, desc, getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Database } from '#db';
import { createCatalogueLoader, createListLoader, createLookUpPer, createNarrowLookUp } from '#kit';
import { createOneLoader, createPageLoader, openAll, preparePages } from '#kit';
import type { AskedFields, ColumnUse, RequestClock } from '#kit';
import { monthOf } from './month.ts';
import { baseLimits, benefits, files, periods, plans, rates } from './tables.ts';

const ids = sql.placeholder('ids');

const prepareFiles = ({ orm }: Database) =>
  orm
    .select()
    .from(files)
    .where(sql`${files.citizenId} = any(${ids})`)
    .prepare('social_insurance_files_by_ids');

const countOf = (month: PgColumn | SQL): SQL => sql`(left(${month}, 4)::int * 12 + right(${month}, 2)::int)`;
const dataMonth = sql`to_char(${periods.asOf} at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM')`;
const lastMonth = sql`least(${periods.toMonth}, ${dataMonth}, ${sql.placeholder('month')}::text)`;
const months = sql<number>`sum(greatest(${countOf(lastMonth)} - ${countOf(periods.fromMonth)} + 1, 0))::int`;

/** Months until `month` or the day of the data, by scheme, payment and unit. */
const prepareSums = ({ orm }: Database) =>
  orm
    .select({
      citizenId: periods.citizenId,
      scheme: periods.scheme,
      paymentStatus: periods.paymentStatus,
      employerCode: periods.employerCode,
      employerName: periods.employerName,
      employerProvinceCode: periods.employerProvinceCode,
      months: months.as('months'),
    })
    .from(periods)
    .where(sql`${periods.citizenId} = any(${ids})`)
    .groupBy(
      periods.citizenId,
      periods.scheme,
      periods.paymentStatus,
      periods.employerCode,
      periods.employerName,
      periods.employerProvinceCode,
    )
    .orderBy(
      asc(periods.citizenId),
      asc(periods.scheme),
      asc(periods.employerCode),
      asc(periods.paymentStatus),
    )
    .prepare('social_insurance_sums_by_ids');

function prepareCatalogues({ orm }: Database) {
  const byMonth = desc(baseLimits.validFrom);
  return {
    rates: orm
      .select()
      .from(rates)
      .orderBy(asc(rates.scheme), desc(rates.validFrom))
      .prepare('social_insurance_rates'),
    baseLimits: orm.select().from(baseLimits).orderBy(byMonth).prepare('social_insurance_base_limits'),
    plans: orm.select().from(plans).orderBy(asc(plans.code)).prepare('social_insurance_plans'),
  };
}

const periodColumns = getTableColumns(periods);

const periodUse = {
  columns: periodColumns,
  always: ['citizenId', 'id', 'fromMonth'],
  types: {
    ParticipationPeriod: {
      months: ['toMonth', 'asOf'],
      employer: ['employerCode', 'employerName', 'employerProvinceCode'],
      allowances: ['positionAllowance', 'seniorityAllowance', 'supplement'],
      employeeRate: ['scheme', 'toMonth', 'asOf'],
      employerRate: ['scheme', 'toMonth', 'asOf'],
      planName: ['planCode'],
      endPlanName: ['endPlanCode'],
      source: ['asOf', 'integrationStatus'],
    },
  },
} satisfies ColumnUse<typeof periodColumns>;

const preparePeriods = (database: Database, columns: typeof periodColumns) =>
  preparePages(database, {
    name: 'social_insurance_period_pages',
    table: periods,
    columns,
    citizenId: periods.citizenId,
    sort: periods.fromMonth,
    id: periods.id,
    lastDay: sql`coalesce(${periods.toMonth}, '9999-12')`,
  });

const prepareBenefits = (database: Database) =>
  preparePages(database, {
    name: 'social_insurance_benefit_pages',
    table: benefits,
    citizenId: benefits.citizenId,
    sort: benefits.from,
    id: benefits.id,
    lastDay: sql`coalesce(${benefits.to}, case when ${benefits.isMonthly} then 'infinity' else ${benefits.from} end)`,
  });

/** Statements prepared once; loaders for each request. */
export function createLoaders(database: Database) {
  const [filesById, sumsById] = [prepareFiles(database), prepareSums(database)];
  const catalogues = prepareCatalogues(database);
  const benefitPages = prepareBenefits(database);
  const lookUps = {
    file: createOneLoader((keys) => filesById.execute({ ids: keys })),
    periods: createNarrowLookUp(periodUse, (columns) => createPageLoader(preparePeriods(database, columns))),
    benefits: createPageLoader(benefitPages),
    /** By scheme, newest first. */
    rates: createCatalogueLoader(() => catalogues.rates.execute()),
    /** Newest first. */
    baseLimits: createCatalogueLoader(() => catalogues.baseLimits.execute()),
    plans: createCatalogueLoader(() => catalogues.plans.execute()),
  };
  const sumsUntil = createLookUpPer((month: string) =>
    createListLoader((keys) => sumsById.execute({ ids: keys, month })),
  );
  return ({ today }: RequestClock, asked?: AskedFields) =>
    Object.assign(openAll(lookUps, asked), { sums: sumsUntil(monthOf(today))() });
}

export type Loaders = ReturnType<ReturnType<typeof createLoaders>>;
export type FileRow = typeof files.$inferSelect;
export type PeriodRow = typeof periods.$inferSelect;
export type BenefitRow = typeof benefits.$inferSelect;
export type RateRow = typeof rates.$inferSelect;
export type BaseLimitRow = typeof baseLimits.$inferSelect;
/** Months of one scheme, payment status and unit. */
export type SumRow = Awaited<ReturnType<ReturnType<typeof prepareSums>['execute']>>[number];
