import { maskName } from '#kit';
import type { CitizenRow } from './loaders.ts';

/** Surname, middle and given name in the Vietnamese order. */
export function fullNameOf(row: CitizenRow): string {
  return [row.surname, row.middleName, row.givenName].filter((part) => part !== null).join(' ');
}

type PlaceColumns = 'birth' | 'home';

/** A place, or `null` when none is recorded. */
export function placeOf(row: CitizenRow, prefix: PlaceColumns) {
  const code = row[`${prefix}WardCode`];
  if (code === null) return null;
  return {
    scheme: row[`${prefix}Scheme`],
    ward: { code, name: row[`${prefix}WardName`] },
    districtName: row[`${prefix}DistrictName`],
    province: { code: row[`${prefix}ProvinceCode`], name: row[`${prefix}ProvinceName`] },
  };
}

/** Parents and spouse that are recorded, masked. */
export function familyOf(row: CitizenRow) {
  const named = [
    ['FATHER', row.fatherName],
    ['MOTHER', row.motherName],
    ['SPOUSE', row.spouseName],
  ] as const;
  return named.flatMap(([kinship, name]) => (name === null ? [] : [{ kinship, maskedName: maskName(name) }]));
}

/** The e-ID account, or `null`. */
export function accountOf(row: CitizenRow) {
  if (row.accountLevel === null) return null;
  const { asOf, integrationStatus } = row;
  return {
    level: row.accountLevel,
    state: row.accountState,
    lockCause: row.accountLockCause,
    registeredOn: row.accountRegisteredOn,
    phone: row.accountPhone,
    asOf,
    integrationStatus,
  };
}

/**
 * What the fourth digit (century and sex: even male, odd female, two per century from 1900) and the two digits of
 * the year say otherwise than the record. Decree 137/2015/NĐ-CP Art. 13.
 */
export function warningsOf(row: CitizenRow): readonly string[] {
  const digit = Number(row.personalId[3]);
  const century = 19 + Math.floor(digit / 2);
  const isSexAgreed = (digit % 2 === 0) === (row.sex === 'MALE');
  const isYearAgreed = row.dateOfBirth.startsWith(`${century}${row.personalId.slice(4, 6)}`);
  return [...(isSexAgreed ? [] : ['SEX_DIGIT_MISMATCH']), ...(isYearAgreed ? [] : ['BIRTH_YEAR_MISMATCH'])];
}
