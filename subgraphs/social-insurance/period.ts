import type { BaseLimitRow, PeriodRow, RateRow } from './loaders.ts';
import { lastKnownMonth, monthsBetween } from './month.ts';

/** Month that a period has reached: its last, or while it goes on the last that is known. */
export function lastMonthOf({ toMonth, asOf }: PeriodRow, today: string): string {
  const known = lastKnownMonth(asOf, today);
  return toMonth !== null && toMonth < known ? toMonth : known;
}

/** Months of a period so far. */
export const monthsOf = (period: PeriodRow, today: string): number =>
  monthsBetween(period.fromMonth, lastMonthOf(period, today));

/** The rate of a scheme in a month; `null` before the scheme began. `rates` newest first. */
export function rateIn(rates: readonly RateRow[], scheme: string, month: string): RateRow | null {
  return rates.find((rate) => rate.scheme === scheme && rate.validFrom <= month) ?? null;
}

/** The rate of each scheme in a month. */
export function ratesIn(rates: readonly RateRow[], month: string): RateRow[] {
  const schemes = new Set(rates.map(({ scheme }) => scheme));
  return [...schemes].flatMap((scheme) => rateIn(rates, scheme, month) ?? []);
}

/** Allowances that are set. */
export function allowancesOf({ positionAllowance, seniorityAllowance, supplement }: PeriodRow) {
  const all = [
    { kind: 'POSITION', amount: positionAllowance },
    { kind: 'SENIORITY', amount: seniorityAllowance },
    { kind: 'SUPPLEMENT', amount: supplement },
  ];
  return all.filter(({ amount }) => amount !== null);
}

const capFactor = 20;

/** Limits in a month, or `null` before the catalogue begins. `rows` newest first. Law 41/2024/QH15 Art. 31. */
export function baseLimitsIn(rows: readonly BaseLimitRow[], month: string) {
  const row = rows.find(({ validFrom }) => validFrom <= month);
  if (!row) return null;
  const { validFrom, referenceLevel, floorRegion1, floorRegion2, floorRegion3, floorRegion4 } = row;
  const regionalFloors = [floorRegion1, floorRegion2, floorRegion3, floorRegion4];
  return { validFrom, referenceLevel, cap: referenceLevel * capFactor, regionalFloors };
}
