import type { Coded } from '../person.ts';
import { units } from '../units/units.ts';

/** A unit that takes part in social insurance, with its code at the insurer. */
export type Employer = Coded & { readonly provinceCode: string };

const COMPANIES = [
  'Công ty TNHH May mặc',
  'Công ty Cổ phần Thực phẩm',
  'Công ty TNHH Điện tử',
  'Công ty Cổ phần Xây dựng',
  'Công ty TNHH Thương mại',
  'Công ty Cổ phần Vận tải',
  'Công ty TNHH Giày da',
  'Công ty Cổ phần Công nghệ',
  'Công ty TNHH Chế biến thủy sản',
  'Công ty TNHH Gỗ',
];
const STATE = [
  'Ủy ban nhân dân',
  'Sở Giáo dục và Đào tạo',
  'Sở Y tế',
  'Trường Trung học phổ thông',
  'Kho bạc Nhà nước',
];

const shortName = (name: string): string => name.replace(/^(Tỉnh|Thành phố) /, '');

interface Roll {
  readonly companies: readonly Employer[];
  readonly state: readonly Employer[];
}

/** Codes: two letters of the kind, two digits of the province, four of its own and a letter, as the insurer writes them. */
function listProvince(code: string, name: string): Roll {
  const make =
    (prefix: string) =>
    (what: string, index: number): Employer => ({
      code: `${prefix}${code}${String(index + 1).padStart(4, '0')}Z`,
      name: `${what} ${shortName(name)}`,
      provinceCode: code,
    });
  return { companies: COMPANIES.map(make('TN')), state: STATE.map(make('HC')) };
}

let rolls: ReadonlyMap<string, Roll> | undefined;

/** The employers of a province. @throws RangeError for a code no province has */
export function employersOf(provinceCode: string): Roll {
  rolls ??= new Map(units.oldProvinces.map(({ code, name }) => [code, listProvince(code, name)]));
  const found = rolls.get(provinceCode);
  if (!found) throw new RangeError('No province has this code.');
  return found;
}

/** All employers of the population. */
export const employers = (): readonly Employer[] =>
  units.oldProvinces.flatMap(({ code }) => [...employersOf(code).companies, ...employersOf(code).state]);

export const JOBS: Readonly<Record<'ENTERPRISE' | 'STATE', readonly string[]>> = {
  ENTERPRISE: [
    'Công nhân may',
    'Công nhân lắp ráp',
    'Kế toán',
    'Kỹ sư',
    'Nhân viên kinh doanh',
    'Lái xe',
    'Thợ hàn',
    'Thủ kho',
    'Quản đốc',
    'Nhân viên hành chính',
  ],
  STATE: ['Giáo viên', 'Chuyên viên', 'Điều dưỡng', 'Bác sĩ', 'Kế toán viên', 'Văn thư'],
};
/** Jobs of the list of heavy, harmful and dangerous work (TT 11/2020/TT-BLĐTBXH). */
export const HAZARDOUS_JOBS: ReadonlySet<string> = new Set(['Thợ hàn', 'Lái xe']);
