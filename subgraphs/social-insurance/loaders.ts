import { asc, desc, getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Database } from '#db';
import { createCatalogueLoader, createLookUpPer, createOneLoader } from '#kit';
import { createPageLoader, listBelow, openAll, preparePages, type RequestClock } from '#kit';
import { monthOf } from './month.ts';
import { baseLimits, benefits, files, periods, plans, rates } from './tables.ts';

const ids = sql.placeholder('ids');

const countOf = (month: PgColumn | SQL): SQL => sql`(left(${month}, 4)::int * 12 + right(${month}, 2)::int)`;
const dataMonth = sql`to_char(${periods.asOf} at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM')`;
const lastMonth = sql`least(${periods.toMonth}, ${dataMonth}, ${sql.placeholder('month')}::text)`;
const months = sql`sum(greatest(${countOf(lastMonth)} - ${countOf(periods.fromMonth)} + 1, 0))::int`;

const { scheme, paymentStatus, employerCode, employerName, employerProvinceCode } = periods;
const summed = sql`${scheme}, ${paymentStatus}, ${employerCode}, ${employerName}, ${employerProvinceCode}`;

/** Months of one scheme, payment status and unit. */
export interface SumRow extends Pick<
  PeriodRow,
  'scheme' | 'paymentStatus' | 'employerCode' | 'employerName' | 'employerProvinceCode'
> {
  readonly months: number;
}

/** Months until `month` or the day of the data, by scheme, payment and unit. */
const sums = listBelow(
  sql`select coalesce(json_agg(json_build_object('scheme', s.scheme, 'paymentStatus', s.payment_status,
      'employerCode', s.employer_code, 'employerName', s.employer_name, 'employerProvinceCode', s.employer_province_code,
      'months', s.months) order by s.scheme, s.employer_code, s.payment_status), '[]')::text
    from (select ${summed}, ${months} as months from ${periods} where ${periods.citizenId} = ${files.citizenId}
      group by ${summed}) as s`,
  (text) => JSON.parse(text) as readonly SumRow[],
);

const prepareFiles = ({ orm }: Database) =>
  orm
    .select({ ...getTableColumns(files), sums })
    .from(files)
    .where(sql`${files.citizenId} = any(${ids})`)
    .prepare('social_insurance_files_by_ids');

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

const preparePeriods = (database: Database) =>
  preparePages(database, {
    name: 'social_insurance_period_pages',
    table: periods,
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
  const filesById = prepareFiles(database);
  const catalogues = prepareCatalogues(database);
  const [periodPages, benefitPages] = [preparePeriods(database), prepareBenefits(database)];
  const lookUps = {
    periods: createPageLoader(periodPages),
    benefits: createPageLoader(benefitPages),
    /** By scheme, newest first. */
    rates: createCatalogueLoader(() => catalogues.rates.execute()),
    /** Newest first. */
    baseLimits: createCatalogueLoader(() => catalogues.baseLimits.execute()),
    plans: createCatalogueLoader(() => catalogues.plans.execute()),
  };
  const filesIn = createLookUpPer((month: string) =>
    createOneLoader((keys) => filesById.execute({ ids: keys, month })),
  );
  return ({ today }: RequestClock) => ({ ...openAll(lookUps), file: filesIn(monthOf(today))() });
}

export type Loaders = ReturnType<ReturnType<typeof createLoaders>>;
export type FileRow = Awaited<ReturnType<ReturnType<typeof prepareFiles>['execute']>>[number];
export type PeriodRow = typeof periods.$inferSelect;
export type BenefitRow = typeof benefits.$inferSelect;
export type RateRow = typeof rates.$inferSelect;
export type BaseLimitRow = typeof baseLimits.$inferSelect;
