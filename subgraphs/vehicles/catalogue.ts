import type { licenceClasses } from './tables.ts';

type LicenceClassRow = typeof licenceClasses.$inferInsert;
type Line = readonly [code: string, validityYears: number | null, minimumAge: number, name: string];

/** Law 36/2024/QH15, Articles 57 and 59: 15 classes. */
const law2024: readonly Line[] = [
  ['A1', null, 18, 'Mô tô hai bánh đến 125 cm³ hoặc đến 11 kW'],
  ['A', null, 18, 'Mô tô hai bánh trên 125 cm³ hoặc trên 11 kW và các loại xe của hạng A1'],
  ['B1', null, 18, 'Mô tô ba bánh và các loại xe của hạng A1'],
  [
    'B',
    10,
    18,
    'Ô tô chở người đến 8 chỗ (không kể chỗ của người lái), ô tô tải đến 3.500 kg, rơ moóc đến 750 kg',
  ],
  ['C1', 10, 18, 'Ô tô tải trên 3.500 kg đến 7.500 kg và các loại xe của hạng B'],
  ['C', 5, 21, 'Ô tô tải trên 7.500 kg và các loại xe của hạng B, C1'],
  [
    'D1',
    5,
    24,
    'Ô tô chở người trên 8 đến 16 chỗ (không kể chỗ của người lái) và các loại xe của hạng B, C1, C',
  ],
  [
    'D2',
    5,
    24,
    'Ô tô chở người trên 16 đến 29 chỗ (không kể chỗ của người lái) và các loại xe của hạng B, C1, C, D1',
  ],
  [
    'D',
    5,
    27,
    'Ô tô chở người trên 29 chỗ (không kể chỗ của người lái) và các loại xe của hạng B, C1, C, D1, D2',
  ],
  ['BE', 5, 21, 'Các loại xe của hạng B kéo rơ moóc trên 750 kg'],
  ['C1E', 5, 24, 'Các loại xe của hạng C1 kéo rơ moóc trên 750 kg'],
  ['CE', 5, 24, 'Các loại xe của hạng C kéo rơ moóc trên 750 kg, xe đầu kéo kéo sơ mi rơ moóc'],
  ['D1E', 5, 27, 'Các loại xe của hạng D1 kéo rơ moóc trên 750 kg'],
  ['D2E', 5, 27, 'Các loại xe của hạng D2 kéo rơ moóc trên 750 kg'],
  ['DE', 5, 27, 'Các loại xe của hạng D kéo rơ moóc trên 750 kg, xe khách nối toa'],
];

/** Law 23/2008/QH12, Articles 59 and 60: 13 classes; B1 lasts until the holder's retirement age. */
const law2008: readonly Line[] = [
  ['A1', null, 18, 'Mô tô hai bánh từ 50 cm³ đến dưới 175 cm³'],
  ['A2', null, 18, 'Mô tô hai bánh từ 175 cm³ trở lên và các loại xe của hạng A1'],
  ['A3', null, 18, 'Mô tô ba bánh và các loại xe của hạng A1'],
  ['A4', 10, 18, 'Máy kéo có trọng tải đến 1.000 kg'],
  ['B1', null, 18, 'Ô tô chở người đến 9 chỗ, ô tô tải, máy kéo dưới 3.500 kg, không hành nghề lái xe'],
  ['B2', 10, 18, 'Ô tô chở người đến 9 chỗ, ô tô tải, máy kéo dưới 3.500 kg, được hành nghề lái xe'],
  ['C', 5, 21, 'Ô tô tải, máy kéo từ 3.500 kg trở lên và các loại xe của hạng B1, B2'],
  ['D', 5, 24, 'Ô tô chở người từ 10 đến 30 chỗ và các loại xe của hạng B1, B2, C'],
  ['E', 5, 27, 'Ô tô chở người trên 30 chỗ và các loại xe của hạng B1, B2, C, D'],
  ['FB2', 5, 21, 'Các loại xe của hạng B2 kéo rơ moóc'],
  ['FC', 5, 24, 'Các loại xe của hạng C kéo rơ moóc, sơ mi rơ moóc'],
  ['FD', 5, 27, 'Các loại xe của hạng D kéo rơ moóc'],
  ['FE', 5, 27, 'Các loại xe của hạng E kéo rơ moóc'],
];

const upgradeOnly: ReadonlySet<string> = new Set([
  ...['C', 'D1', 'D2', 'D', 'BE', 'C1E', 'CE', 'D1E', 'D2E', 'DE'].map((code) => `LAW_2024/${code}`),
  ...['D', 'E', 'FB2', 'FC', 'FD', 'FE'].map((code) => `LAW_2008/${code}`),
]);

const rowOf =
  (scheme: 'LAW_2008' | 'LAW_2024') =>
  ([code, validityYears, minimumAge, name]: Line): LicenceClassRow => ({
    scheme,
    code,
    name,
    validityYears,
    minimumAge,
    isUpgradeOnly: upgradeOnly.has(`${scheme}/${code}`),
  });

/** Every class of both laws. A class of the table of law is a line here and a row there, not a type. */
export const licenceClassRows: readonly LicenceClassRow[] = [
  ...law2008.map(rowOf('LAW_2008')),
  ...law2024.map(rowOf('LAW_2024')),
];
