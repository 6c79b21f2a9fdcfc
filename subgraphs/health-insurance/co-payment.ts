import type { CoPaymentRow } from './loaders.ts';

const ceilingMonths = 6;

/** Co-payments of the year of a day, or `null` when there were none. */
export function coPaymentOn(rows: readonly CoPaymentRow[], today: string) {
  const row = rows.find(({ year }) => year === Number(today.slice(0, 4)));
  if (!row) return null;
  const { year, paid, ceilingPassedOn, baseSalary } = row;
  const hasPassed = ceilingPassedOn !== null && ceilingPassedOn <= today;
  return {
    year,
    paid,
    ceiling: baseSalary * ceilingMonths,
    ceilingPassedOn: hasPassed ? ceilingPassedOn : null,
  };
}

/**
 * First day of the exemption in the year of a day, or `null`: from when both the ceiling is passed and five
 * continuous years are complete. Law 25/2008/QH12 Art. 22(1)(c), amended by Law 46/2014/QH13.
 */
export function coPayExemptFrom(
  rows: readonly CoPaymentRow[],
  fiveYearFrom: string,
  today: string,
): string | null {
  const passedOn = coPaymentOn(rows, today)?.ceilingPassedOn ?? null;
  if (passedOn === null) return null;
  const from = passedOn > fiveYearFrom ? passedOn : fiveYearFrom;
  return from <= today ? from : null;
}
