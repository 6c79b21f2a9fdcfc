import type { SumRow } from './loaders.ts';

const schemes = ['SI_COMPULSORY', 'SI_VOLUNTARY', 'UNEMPLOYMENT', 'OCC_ACCIDENT', 'HEALTH'] as const;
const pensionSchemes: readonly string[] = ['SI_COMPULSORY', 'SI_VOLUNTARY'];
const owed: readonly string[] = ['LATE', 'UNPAID'];

const monthsWith = (sums: readonly SumRow[], ...statuses: readonly string[]): number =>
  sums.reduce(
    (total, { paymentStatus, months }) => total + (statuses.includes(paymentStatus) ? months : 0),
    0,
  );

function totalOf(scheme: string, sums: readonly SumRow[]) {
  return {
    scheme,
    paidMonths: monthsWith(sums, 'PAID'),
    lateMonths: monthsWith(sums, 'LATE'),
    unpaidMonths: monthsWith(sums, 'UNPAID'),
    reservedMonths: monthsWith(sums, 'RESERVED'),
    withdrawnMonths: monthsWith(sums, 'WITHDRAWN'),
    totalMonths: monthsWith(sums, 'PAID', 'RESERVED'),
  };
}

/** One total for each scheme that the citizen took part in. */
export function totalsOf(sums: readonly SumRow[]) {
  return schemes.flatMap((scheme) => {
    const own = sums.filter((sum) => sum.scheme === scheme);
    return own.length === 0 ? [] : [totalOf(scheme, own)];
  });
}

/** Months that count for pension: paid, without those paid out. Other schemes run beside and do not add up. */
export function totalMonthsOf(sums: readonly SumRow[]): number {
  return totalsOf(sums)
    .filter(({ scheme }) => pensionSchemes.includes(scheme))
    .reduce((total, { totalMonths }) => total + totalMonths, 0);
}

const isOwed = (sum: SumRow): boolean => sum.scheme === 'SI_COMPULSORY' && owed.includes(sum.paymentStatus);

/** Late and unpaid months of compulsory insurance. */
export const arrearsMonthsOf = (sums: readonly SumRow[]): number => monthsWith(sums.filter(isOwed), ...owed);

/** The unit of a row, or `null` for voluntary insurance. */
export function employerOf(
  row: Pick<SumRow, 'employerCode' | 'employerName' | 'employerProvinceCode'>,
): { readonly code: string; readonly name: string | null; readonly provinceCode: string | null } | null {
  const { employerCode: code, employerName: name, employerProvinceCode: provinceCode } = row;
  return code === null ? null : { code, name, provinceCode };
}

/** What each unit owes, by unit. */
export function arrearsOf(sums: readonly SumRow[]) {
  const rows = sums.filter(isOwed);
  const units = new Map(rows.map((row) => [row.employerCode, employerOf(row)]));
  return [...units].map(([code, employer]) => {
    const own = rows.filter(({ employerCode }) => employerCode === code);
    return { employer, lateMonths: monthsWith(own, 'LATE'), unpaidMonths: monthsWith(own, 'UNPAID') };
  });
}
