import { addYears, dayText, parseDay, yearOf, type DayNumber } from '../calendar.ts';
import { chanceOf, type Draft } from '../draft.ts';
import type { LifeEvent } from '../person.ts';
import type { Random } from '../random.ts';

type Licensed = Extract<LifeEvent, { kind: 'LICENSED' }>;
type Deducted = Extract<LifeEvent, { kind: 'POINTS_DEDUCTED' }>;

/** Law 36/2024/QH15 and its points are in force since 1/1/2025; classes of 2008 stay valid to the printed date. */
export const LAW_2024 = parseDay('2025-01-01');
const POINTS_FROM = LAW_2024;

/** Violations of Decree 168/2024/NĐ-CP with the points they cost. */
export const VIOLATIONS: readonly (readonly [string, number])[] = [
  ['168/6.9.b', 4],
  ['168/6.5.i', 2],
  ['168/7.6.a', 4],
  ['168/7.4.a', 2],
  ['168/6.6.c', 4],
];

/** Twelve digits: province (99: none), century and sex, year of passing, seven more. */
export function licenceNumber(draft: Draft, passed: DayNumber, last: number): string {
  return `99${draft.personalId[3]}${dayText(passed).slice(2, 4)}${draft.personalId.slice(6)}${last % 10}`;
}

/** A class of licence in the old and in the new scheme. */
export interface LicenceClass {
  readonly old: string;
  readonly now: string;
  readonly minAge: number;
  readonly years: number | null;
}

export const CLASSES: Readonly<
  Record<'MOTORCYCLE' | 'LARGE_MOTORCYCLE' | 'CAR' | 'TRUCK' | 'BUS', LicenceClass>
> = {
  MOTORCYCLE: { old: 'A1', now: 'A1', minAge: 18, years: null },
  LARGE_MOTORCYCLE: { old: 'A2', now: 'A', minAge: 18, years: null },
  CAR: { old: 'B2', now: 'B', minAge: 18, years: 10 },
  TRUCK: { old: 'C', now: 'C1', minAge: 21, years: 5 },
  BUS: { old: 'D', now: 'D2', minAge: 27, years: 5 },
};

/** The last renewal before the end of the story; some let a licence run out. */
function passedLast(random: Random, first: DayNumber, years: number | null, end: DayNumber): DayNumber {
  if (years === null) return first;
  const isLapsed = random.chance(0.06);
  let passed = first;
  while (addYears(passed, years) <= end && !(isLapsed && addYears(passed, years * 2) > end))
    passed = addYears(passed, years) - random.int(0, 20);
  return passed;
}

/** One class on one licence. */
export function licenceOf(draft: Draft, what: LicenceClass, passed: DayNumber, number: string): Licensed {
  const scheme = passed >= LAW_2024 ? 'LAW_2024' : 'LAW_2008';
  const years = scheme === 'LAW_2024' && what.now === 'C1' ? 10 : what.years;
  const expires = years === null ? null : addYears(passed, years);
  return {
    kind: 'LICENSED',
    scheme,
    number,
    classCode: scheme === 'LAW_2024' ? what.now : what.old,
    passedOn: dayText(passed),
    expiresOn: expires === null ? null : dayText(expires),
    status: draft.died !== null ? 'REVOKED' : expires !== null && expires <= draft.end ? 'EXPIRED' : 'VALID',
    conditions: null,
  };
}

function tellClass(draft: Draft, random: Random, what: LicenceClass, last: number): Licensed[] {
  const earliest = Math.max(addYears(draft.born, what.minAge), parseDay('1996-01-01'));
  if (earliest >= draft.end || addYears(draft.born, 75) < draft.end) return [];
  const first = random.int(earliest, Math.min(draft.end, earliest + 5500));
  const passed = Math.max(first, passedLast(random, first, what.years, draft.end));
  return [licenceOf(draft, what, passed, licenceNumber(draft, passed, last))];
}

function tellPoints(random: Random, draft: Draft, licence: Licensed | undefined): Deducted[] {
  if (!licence || licence.status !== 'VALID' || !random.chance(0.06)) return [];
  const from = Math.max(POINTS_FROM, parseDay(licence.passedOn));
  if (from >= draft.end) return [];
  const on = random.int(from, draft.end);
  const [violationCode, points] = random.pick(VIOLATIONS);
  return [
    {
      kind: 'POINTS_DEDUCTED',
      licenceNumber: licence.number,
      points,
      on: dayText(on),
      violationCode,
      decisionNo: `${random.int(1000, 99_999)}/QĐ-XPHC/${yearOf(on)}`,
    },
  ];
}

/** Driving licences and the points taken from them. Motorcycle licences have no term. */
export function tellLicences(draft: Draft): LifeEvent[] {
  const random = chanceOf(draft, 'licences');
  const ride = random.chance(0.68)
    ? tellClass(draft, random, random.chance(0.05) ? CLASSES.LARGE_MOTORCYCLE : CLASSES.MOTORCYCLE, 1)
    : [];
  const isDriver = random.chance(draft.sex === 'MALE' ? 0.35 : 0.15);
  const drive = isDriver
    ? tellClass(
        draft,
        random,
        random.weighted([
          [CLASSES.CAR, 88],
          [CLASSES.TRUCK, 9],
          [CLASSES.BUS, 3],
        ] as const),
        2,
      )
    : [];
  return [...ride, ...drive, ...tellPoints(random, draft, drive[0] ?? ride[0])];
}
