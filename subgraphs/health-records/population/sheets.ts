import type { Address, LifeEvent, Person, Visit } from '#db/population';
import { insuranceNumberOf, recordedIdentityOf, type AddRow } from '#kit';
import { patientSheets } from '../tables/index.ts';
import { cardCodeOf, fiveYearsFrom, type Insured } from './coverage.ts';

type Sheet = typeof patientSheets.$inferInsert;
type Resided = Extract<LifeEvent, { kind: 'RESIDED' }>;

/** The sheet a visit is recorded on, and the cover it was paid by. */
export interface Recorded {
  readonly sheetNumber: number;
  readonly spell: Insured | null;
}

/**
 * Answers which sheet a visit with these compartments is recorded on; writes a sheet the first time it is needed.
 */
export type RecordOn = (visit: Visit, day: string, compartments: string[]) => Recorded;

const occupationOf = ({ events }: Person, day: string): string => {
  const month = day.slice(0, 7);
  const at = events.find(
    (event) => event.kind === 'EMPLOYED' && event.from <= month && (event.to ?? month) >= month,
  );
  return at?.kind === 'EMPLOYED' ? (at.employer ? '00005' : '00006') : '00000';
};

function homeOf({ events }: Person, day: string): Address | null {
  const homes = events.filter(
    (event): event is Resided => event.kind === 'RESIDED' && event.type === 'PERMANENT',
  );
  return (homes.findLast(({ from }) => from <= day) ?? homes[0])?.address ?? null;
}

/** A number the person could show on the day: the oldest that was still valid. */
const identityNumberOf = ({ identifiers }: Person, day: string): string | null =>
  identifiers.find(({ type, validFrom, validTo }) => {
    const isShown = type === 'PERSONAL_ID' || type === 'CMND9' || type === 'PASSPORT';
    return isShown && validFrom <= day && (validTo === null || day < validTo);
  })?.value ?? null;

function addressColumns(home: Address | null) {
  if (home === null) return { address: null };
  const { ward, districtName, province } = home.unit;
  return {
    address: [home.line, ward.name, districtName, province.name].filter((part) => part !== null).join(', '),
    provinceCode: province.code,
    wardCode: ward.code,
  };
}

function identityColumns(person: Person, day: string) {
  const { fullName, dateOfBirth, sex } = recordedIdentityOf(person, 'healthRecords');
  return {
    fullName,
    identityNumber: identityNumberOf(person, day),
    dateOfBirth,
    sex,
    bloodType: person.bloodType,
    nationalityCode: person.nationality.code,
    ethnicityCode: person.ethnicity.code,
    occupationCode: occupationOf(person, day),
    phone: person.account?.phone ?? null,
    ...addressColumns(homeOf(person, day)),
  };
}

function coverageColumns(person: Person, spells: readonly Insured[], index: number) {
  const spell = spells[index];
  if (!spell) return {};
  const { personalId } = recordedIdentityOf(person, 'healthRecords');
  return {
    cardCode: cardCodeOf(spell, personalId, insuranceNumberOf(personalId)),
    initialFacilityCode: spell.facility.code,
    validFrom: spell.from,
    validTo: spell.to,
    livingArea: spell.livingArea,
    fiveYearContinuousFrom: fiveYearsFrom(spells, index),
  };
}

/**
 * Visits under one spell of insurance share a sheet; so do those that were paid otherwise. Visits in compartments have
 * sheets of their own: what is written on a sheet on the day of its first visit tells of that visit.
 */
export function createSheets(person: Person, add: AddRow): RecordOn {
  const spells = person.events.filter((event) => event.kind === 'INSURED');
  spells.sort((one, other) => (one.from < other.from ? -1 : 1));
  const written = new Map<string, number>();
  const write = (index: number, day: string, compartments: string[]): number => {
    const sheetNumber = written.size + 1;
    const { citizenId } = person;
    const sheet: Sheet = { citizenId, sheetNumber, compartments, ...identityColumns(person, day) };
    add(patientSheets, { ...sheet, ...coverageColumns(person, spells, index) });
    return sheetNumber;
  };
  return (visit, day, compartments) => {
    const index = visit.insured ? spells.findLastIndex(({ from, to }) => from <= day && day <= to) : -1;
    const name = `${index}/${compartments.toSorted().join()}`;
    const sheetNumber = written.get(name) ?? write(index, day, compartments);
    written.set(name, sheetNumber);
    return { sheetNumber, spell: spells[index] ?? null };
  };
}
