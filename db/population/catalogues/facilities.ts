import type { Facility } from '../person.ts';
import { units } from '../units/units.ts';

/** What a facility of each province is called; the position in the list makes the last three digits of its code. */
const NAMES: readonly (readonly [string, string])[] = [
  ['001', 'Bệnh viện Đa khoa'],
  ['002', 'Bệnh viện Đa khoa khu vực số 1'],
  ['003', 'Trung tâm Y tế khu vực số 2'],
  ['004', 'Bệnh viện Y học cổ truyền'],
  ['005', 'Bệnh viện Sản Nhi'],
  ['006', 'Bệnh viện Tâm thần'],
  ['007', 'Trung tâm Kiểm soát bệnh tật'],
  ['008', 'Phòng khám Đa khoa Trung tâm'],
  ['101', 'Trạm Y tế số 1'],
];

/** Short name of a province: without “Tỉnh” and “Thành phố”. */
const shortName = (name: string): string => name.replace(/^(Tỉnh|Thành phố) /, '');

function listFacilities(): readonly Facility[] {
  return units.oldProvinces.flatMap(({ code, name }) =>
    NAMES.map(([own, what]) => ({
      code: code + own,
      name: `${what} ${shortName(name)}`,
      provinceCode: code,
    })),
  );
}

let list: readonly Facility[] | undefined;
let byProvince: ReadonlyMap<string, readonly Facility[]> | undefined;

/** All facilities of the population: nine in each of the 63 provinces whose codes the insurer keeps. */
export function facilities(): readonly Facility[] {
  list ??= listFacilities();
  return list;
}

/** The facilities of a province, in the order of their codes. @param provinceCode two digits, old or new scheme */
export function facilitiesOf(provinceCode: string): readonly Facility[] {
  byProvince ??= new Map(
    units.oldProvinces.map(({ code }) => [code, facilities().filter((item) => item.provinceCode === code)]),
  );
  const found = byProvince.get(provinceCode);
  if (!found) throw new RangeError('No province has this code.');
  return found;
}

/** Where people register for primary care: general hospitals, district centres, clinics and commune stations. */
export const PRIMARY_CARE: readonly number[] = [0, 1, 2, 7, 8];
/** Positions in {@link facilitiesOf} of the specialised ones. */
export const SPECIALISED = { TRADITIONAL: 3, OBSTETRIC: 4, MENTAL: 5, DISEASE_CONTROL: 6 } as const;
