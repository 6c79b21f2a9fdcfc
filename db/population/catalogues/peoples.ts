import type { Coded } from '../person.ts';

/** Ethnic groups by share of the population, codes of the list of the General Statistics Office (QĐ 121-TCTK/PPCĐ). */
export const ETHNICITIES: readonly (readonly [Coded, number])[] = [
  [{ code: '01', name: 'Kinh' }, 85.3],
  [{ code: '02', name: 'Tày' }, 1.9],
  [{ code: '03', name: 'Thái' }, 1.9],
  [{ code: '04', name: 'Hoa' }, 0.8],
  [{ code: '05', name: 'Khmer' }, 1.4],
  [{ code: '06', name: 'Mường' }, 1.5],
  [{ code: '07', name: 'Nùng' }, 1.1],
  [{ code: '08', name: "H'Mông" }, 1.5],
  [{ code: '09', name: 'Dao' }, 0.9],
  [{ code: '10', name: 'Gia Rai' }, 0.5],
  [{ code: '12', name: 'Ê Đê' }, 0.4],
];

export const RELIGIONS: readonly (readonly [Coded | null, number])[] = [
  [null, 86],
  [{ code: '01', name: 'Phật giáo' }, 5],
  [{ code: '02', name: 'Công giáo' }, 6],
  [{ code: '03', name: 'Phật giáo Hòa Hảo' }, 1],
  [{ code: '05', name: 'Cao Đài' }, 0.9],
  [{ code: '07', name: 'Tin Lành' }, 1],
];

export const VIETNAM: Coded = { code: 'VN', name: 'Việt Nam' };

export const BLOOD_TYPES: readonly (readonly [string | null, number])[] = [
  [null, 30],
  ['O+', 30],
  ['B+', 21],
  ['A+', 15],
  ['AB+', 4],
  ['O-', 0.1],
];
