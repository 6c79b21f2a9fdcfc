import type { baseLimits, plans, rates } from './tables.ts';

type RateRow = typeof rates.$inferInsert;

const rateHistory: readonly (readonly [string, string, number, number, string])[] = [
  ['SI_COMPULSORY', '1995-01', 5, 15, 'Nghị định 12-CP năm 1995'],
  ['SI_COMPULSORY', '2010-01', 6, 16, 'Luật 71/2006/QH11'],
  ['SI_COMPULSORY', '2012-01', 7, 17, 'Luật 71/2006/QH11'],
  ['SI_COMPULSORY', '2014-01', 8, 18, 'Luật 71/2006/QH11'],
  ['SI_COMPULSORY', '2016-07', 8, 17, 'Luật 84/2015/QH13'],
  ['SI_COMPULSORY', '2025-07', 8, 17, 'Luật 41/2024/QH15'],
  ['SI_VOLUNTARY', '2008-01', 16, 0, 'Luật 71/2006/QH11'],
  ['SI_VOLUNTARY', '2010-01', 18, 0, 'Luật 71/2006/QH11'],
  ['SI_VOLUNTARY', '2012-01', 20, 0, 'Luật 71/2006/QH11'],
  ['SI_VOLUNTARY', '2014-01', 22, 0, 'Luật 71/2006/QH11'],
  ['SI_VOLUNTARY', '2025-07', 22, 0, 'Luật 41/2024/QH15'],
  ['UNEMPLOYMENT', '2009-01', 1, 1, 'Luật 71/2006/QH11'],
  ['UNEMPLOYMENT', '2021-10', 1, 0, 'Nghị quyết 116/NQ-CP năm 2021'],
  ['UNEMPLOYMENT', '2022-10', 1, 1, 'Luật 38/2013/QH13'],
  ['UNEMPLOYMENT', '2026-01', 1, 1, 'Luật 74/2025/QH15'],
  ['OCC_ACCIDENT', '2016-07', 0, 1, 'Luật 84/2015/QH13'],
  ['OCC_ACCIDENT', '2017-06', 0, 0.5, 'Nghị định 44/2017/NĐ-CP'],
  ['OCC_ACCIDENT', '2021-07', 0, 0, 'Nghị quyết 68/NQ-CP năm 2021'],
  ['OCC_ACCIDENT', '2022-07', 0, 0.5, 'Nghị định 58/2020/NĐ-CP'],
  ['HEALTH', '1995-01', 1, 2, 'Nghị định 299-HĐBT năm 1992'],
  ['HEALTH', '2010-01', 1.5, 3, 'Nghị định 62/2009/NĐ-CP'],
];

/** Rates and their history: data, because decrees change them. */
export const rateRows: readonly RateRow[] = rateHistory.map(
  ([scheme, validFrom, employeeRate, employerRate, legalBasis]) => ({
    scheme,
    validFrom,
    employeeRate,
    employerRate,
    legalBasis,
  }),
);

/** Base salary and regional minimum wages: Decrees 24/2023, 73/2024, 74/2024 and 293/2025/NĐ-CP. */
export const baseLimitRows: readonly (typeof baseLimits.$inferInsert)[] = (
  [
    ['2022-07', 1_490_000, [4_680_000, 4_160_000, 3_640_000, 3_250_000]],
    ['2023-07', 1_800_000, [4_680_000, 4_160_000, 3_640_000, 3_250_000]],
    ['2024-07', 2_340_000, [4_960_000, 4_410_000, 3_860_000, 3_450_000]],
    ['2026-01', 2_340_000, [5_310_000, 4_730_000, 4_140_000, 3_700_000]],
  ] as const
).map(([validFrom, referenceLevel, [floorRegion1, floorRegion2, floorRegion3, floorRegion4]]) => ({
  validFrom,
  referenceLevel,
  floorRegion1,
  floorRegion2,
  floorRegion3,
  floorRegion4,
}));

/** Reports of joining and leaving, form D02-LT. */
export const planRows: readonly (typeof plans.$inferInsert)[] = [
  { code: 'TM', name: 'Tăng mới' },
  { code: 'TC', name: 'Tăng do chuyển tỉnh' },
  { code: 'TD', name: 'Tăng do chuyển đơn vị' },
  { code: 'ON', name: 'Đi làm lại' },
  { code: 'GH', name: 'Giảm hẳn' },
  { code: 'GC', name: 'Giảm do chuyển tỉnh' },
  { code: 'GD', name: 'Giảm do chuyển đơn vị' },
];
