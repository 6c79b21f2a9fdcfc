import {
  connectionOf,
  pageKeyOf,
  resolveCitizenReference,
  sourceOf,
  type Agency,
  type CitizenReference,
  type PageArguments,
  type RequestContext,
} from '#kit';
import type { BenefitRow, FileRow, Loaders, PeriodRow, RateRow, SumRow } from './loaders.ts';
import { monthOf } from './month.ts';
import { allowancesOf, baseLimitsIn, lastMonthOf, monthsOf, rateIn, ratesIn } from './period.ts';
import { arrearsMonthsOf, arrearsOf, employerOf, totalMonthsOf, totalsOf } from './totals.ts';

type Context = RequestContext<Loaders>;

const source = sourceOf('social-insurance');

const fromSums =
  <Value>(read: (sums: readonly SumRow[]) => Value) =>
  async ({ citizenId }: FileRow, _: unknown, { loaders }: Context): Promise<Value> =>
    read(await loaders.sums.load(citizenId));

async function periodsOf(file: FileRow, asked: PageArguments, { loaders }: Context) {
  const key = pageKeyOf(file.citizenId, asked);
  const monthKey = Object.assign({}, key, { from: monthOf(key.from), to: monthOf(key.to) });
  const rows = await loaders.periods.load(monthKey);
  const page = connectionOf(rows, key, ({ fromMonth, id }) => ({ sort: fromMonth, id }));
  return Object.assign({}, file, page);
}

async function benefitsOf(file: FileRow, asked: PageArguments, { loaders }: Context) {
  const key = pageKeyOf(file.citizenId, asked);
  const rows = await loaders.benefits.load(key);
  const page = connectionOf(rows, key, ({ from, id }) => ({ sort: from, id }));
  return Object.assign({}, file, page);
}

/** A payment at once is over on its day. */
const isOngoing = ({ from, to, isMonthly }: BenefitRow, _: unknown, { today }: Context): boolean =>
  from <= today && (to ?? (isMonthly ? today : from)) >= today;

const rateOf =
  (share: 'employeeRate' | 'employerRate') =>
  async (period: PeriodRow, _: unknown, { loaders, today }: Context): Promise<number | null> => {
    const rates: readonly RateRow[] = await loaders.rates();
    return rateIn(rates, period.scheme, lastMonthOf(period, today))?.[share] ?? null;
  };

const planNameOf =
  (code: 'planCode' | 'endPlanCode') =>
  async (period: PeriodRow, _: unknown, { loaders }: Context): Promise<string | null> =>
    (await loaders.plans()).find((plan) => plan.code === period[code])?.name ?? null;

export const resolvers = {
  Citizen: {
    __resolveReference: resolveCitizenReference,
    socialInsurance: ({ id }: CitizenReference, _: unknown, { loaders }: Context) => loaders.file.load(id),
  },
  SocialInsurance: {
    insuranceNumber10: ({ insuranceNumber }: FileRow) => insuranceNumber,
    totalMonths: fromSums(totalMonthsOf),
    arrearsMonths: fromSums(arrearsMonthsOf),
    totals: fromSums(totalsOf),
    arrears: fromSums(arrearsOf),
    periods: periodsOf,
    benefits: benefitsOf,
    rates: async (_: unknown, __: unknown, { loaders, today }: Context) =>
      ratesIn(await loaders.rates(), monthOf(today)),
    baseLimits: async (_: unknown, __: unknown, { loaders, today }: Context) =>
      baseLimitsIn(await loaders.baseLimits(), monthOf(today)),
    source,
  },
  ParticipationPeriodConnection: { source },
  ParticipationPeriod: {
    months: (period: PeriodRow, _: unknown, { today }: Context) => monthsOf(period, today),
    employer: employerOf,
    allowances: allowancesOf,
    employeeRate: rateOf('employeeRate'),
    employerRate: rateOf('employerRate'),
    planName: planNameOf('planCode'),
    endPlanName: planNameOf('endPlanCode'),
    source,
  },
  SocialInsuranceBenefitConnection: { source },
  SocialInsuranceBenefit: { isOngoing, source },
} satisfies Agency<Loaders>['resolvers'];
