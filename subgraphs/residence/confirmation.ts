import { addYears, badArgument } from '#kit';
import { findAbode, findCurrent, statusOn } from './registration.ts';
import type { Registration, ResidenceFile } from './tables.ts';

const printedSex: Readonly<Record<string, string>> = { MALE: 'Nam', FEMALE: 'Nữ' };

const changesOf = (file: ResidenceFile, registrations: readonly Registration[]): string[] =>
  [
    ...registrations.flatMap((row) => [row.registeredFrom, row.registeredTo]),
    ...file.otherMembers.map((member) => member.since),
    file.memberSince,
  ]
    .filter((day) => day !== null)
    .sort();

/** What a CT07 issued today confirms; `registrations` come newest first. */
export function confirmOn(file: ResidenceFile, registrations: readonly Registration[], today: string) {
  const isStanding = (row: Registration): boolean => statusOn(row, today) === 'ACTIVE';
  return {
    form: 'CT07',
    issuedOn: today,
    validUntil: addYears(today, 1),
    applicant: { ...file, sex: printedSex[file.sex] },
    permanent: findCurrent(registrations, 'PERMANENT', today),
    temporary: findCurrent(registrations, 'TEMPORARY', today),
    abode: findAbode(registrations, today),
    file,
    currentRegistrations: registrations.filter(isStanding),
    previousRegistrations: registrations.filter((row) => !isStanding(row)),
    lastChangedOn: changesOf(file, registrations).findLast((day) => day <= today) ?? null,
    asOf: file.asOf,
    integrationStatus: file.integrationStatus,
  };
}

export type Confirmation = ReturnType<typeof confirmOn>;

/**
 * Whether a CT07 of that day of issue holds today: for one year, and only while nothing changed since
 * (Circular 66/2023/TT-BCA).
 * @throws BAD_USER_INPUT for a day of issue in the future.
 */
export function checkConfirmation(
  { file, registrations }: { file: ResidenceFile; registrations: readonly Registration[] },
  issuedOn: string,
  today: string,
) {
  if (issuedOn > today) throw badArgument('issuedOn', 'a day that is not in the future');
  const validUntil = addYears(issuedOn, 1);
  const voidSince = changesOf(file, registrations).find((day) => day > issuedOn && day <= today) ?? null;
  const status = voidSince !== null ? 'VOID' : validUntil < today ? 'EXPIRED' : 'VALID';
  return { status, validUntil, voidSince, asOf: file.asOf, integrationStatus: file.integrationStatus };
}
