import type { Coded } from '../person.ts';

const make = (code: string, name: string): Coded => ({ code, name });

/** Departments (khoa) after the list of QĐ 4069/QĐ-BYT and the output data standard, by what they treat. */
export const DEPARTMENTS = {
  EXAMINATION: make('K01', 'Khoa Khám bệnh'),
  EMERGENCY: make('K02', 'Khoa Hồi sức cấp cứu'),
  INTERNAL: make('K03', 'Khoa Nội tổng hợp'),
  INFECTIOUS: make('K11', 'Khoa Truyền nhiễm'),
  MENTAL: make('K14', 'Khoa Thần kinh - Tâm thần'),
  PAEDIATRIC: make('K18', 'Khoa Nhi'),
  SURGERY: make('K19', 'Khoa Ngoại tổng hợp'),
  OBSTETRIC: make('K27', 'Khoa Phụ sản'),
  DENTAL: make('K29', 'Khoa Răng - Hàm - Mặt'),
  EYE: make('K30', 'Khoa Mắt'),
} as const;

/** The department a diagnosis is treated in. */
export function departmentFor(code: string, age: number): Coded {
  if (/^(B2[0-4]|Z21)/.test(code)) return DEPARTMENTS.INFECTIOUS;
  if (code.startsWith('F')) return DEPARTMENTS.MENTAL;
  if (/^(O|N7|N9|Z3)/.test(code)) return DEPARTMENTS.OBSTETRIC;
  if (age < 16) return DEPARTMENTS.PAEDIATRIC;
  if (/^[ST]/.test(code)) return DEPARTMENTS.SURGERY;
  if (/^K0/.test(code)) return DEPARTMENTS.DENTAL;
  if (/^H[0-5]/.test(code)) return DEPARTMENTS.EYE;
  if (/^[AB]/.test(code)) return DEPARTMENTS.INFECTIOUS;
  return /^(Z00|J0|R)/.test(code) ? DEPARTMENTS.EXAMINATION : DEPARTMENTS.INTERNAL;
}
