import { ageOn, dayText, type DayNumber } from '../calendar.ts';
import { DEPARTMENTS, departmentFor } from '../catalogues/departments.ts';
import { compartmentsOf, drawDiagnosis, type Diagnosis } from '../catalogues/diagnoses.ts';
import { facilitiesOf, SPECIALISED } from '../catalogues/facilities.ts';
import { ageOf, chanceOf, provinceOf, type Draft } from '../draft.ts';
import type { Coded, Facility, Instant, Visit } from '../person.ts';
import type { Random } from '../random.ts';
import { registeredFacility, type Insured } from './insurance.ts';

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** An instant in Việt Nam's only time zone. */
export const instantOf = (day: DayNumber, hour: number, minute: number): Instant =>
  `${dayText(day)}T${two(hour)}:${two(minute)}:00+07:00`;

const CHRONIC = /^(E1|E78|I1|I2|I5|J44|J45|B2|F2|F3|M06|N18)/;
const INPATIENT = /^(A9|C|I21|I63|J15|J18|K35|O[68]|P|S06|S72|S82)/;

function typeFor(random: Random, code: string): string {
  if (INPATIENT.test(code)) return '03';
  if (CHRONIC.test(code)) return random.chance(0.7) ? '05' : '01';
  return random.weighted([
    ['01', 80],
    ['02', 10],
    ['03', 6],
    ['07', 4],
  ] as const);
}

function facilityFor(draft: Draft, random: Random, code: string): Facility {
  const home = facilitiesOf(provinceOf(draft));
  if (code.startsWith('F')) return home[SPECIALISED.MENTAL]!;
  if (/^(B2[0-4]|Z21)/.test(code)) return home[SPECIALISED.DISEASE_CONTROL]!;
  if (/^(O|P)/.test(code)) return home[SPECIALISED.OBSTETRIC]!;
  return random.chance(0.85) ? registeredFacility(draft) : home[0]!;
}

function outcomeFor(random: Random, code: string): number {
  return CHRONIC.test(code)
    ? random.weighted([
        [2, 80],
        [3, 18],
        [4, 2],
      ] as const)
    : random.weighted([
        [1, 62],
        [2, 34],
        [3, 4],
      ] as const);
}

/** Days in a bed: none for outpatients. */
const stayFor = (random: Random, type: string): number => (type === '03' ? random.int(2, 9) : 0);

function drawOthers(random: Random, main: Diagnosis, age: number, draft: Draft): readonly Coded[] {
  if (!random.chance(age > 45 ? 0.45 : 0.12)) return [];
  const other = drawDiagnosis(random, age, draft.sex);
  return other.code === main.code || compartmentsOf(other.code).length > 0 || /^[OPZ]/.test(other.code)
    ? []
    : [coded(other)];
}

/** The code and text of a diagnosis alone. */
export const coded = ({ code, name }: Coded): Coded => ({ code, name });

/** Paid by insurance: the day of admission and the day of discharge lie in one spell that was not cut short. */
export const isCovered = (spells: readonly Insured[], from: string, to: string): boolean =>
  spells.some(
    (spell) =>
      spell.from <= from && to <= spell.to && (spell.status === 'ACTIVE' || spell.status === 'EXPIRED'),
  );

/** One visit on a day; a stay that has not ended by the day of the population has no discharge yet. */
export function tellVisit(
  draft: Draft,
  random: Random,
  day: DayNumber,
  main: Diagnosis,
  spells: readonly Insured[],
): Visit {
  const visitType = typeFor(random, main.code);
  const leaves = day + stayFor(random, visitType);
  const isOut = leaves < draft.end || visitType !== '03';
  const age = ageOn(draft.born, day);
  const hour = random.int(7, 15);
  const others = drawOthers(random, main, age, draft);
  return {
    kind: 'VISITED',
    admittedAt: instantOf(day, hour, random.int(0, 59)),
    dischargedAt: isOut
      ? instantOf(leaves, leaves > day ? random.int(8, 11) : hour + 1, random.int(0, 59))
      : null,
    facility: facilityFor(draft, random, main.code),
    department:
      visitType === '01' && !/^[FOB]/.test(main.code)
        ? DEPARTMENTS.EXAMINATION
        : departmentFor(main.code, age),
    visitType,
    mainDiagnosis: coded(main),
    otherDiagnoses: others,
    compartments: compartmentsOf(main.code),
    outcome: isOut ? outcomeFor(random, main.code) : 7,
    insured: isCovered(spells, dayText(day), dayText(isOut ? leaves : draft.end)) && random.chance(0.96),
  };
}

/** Visits of the last four years, more for the very young and the old. */
export function tellVisits(draft: Draft, spells: readonly Insured[]): Visit[] {
  const random = chanceOf(draft, 'visits');
  const age = ageOf(draft);
  const count = age < 6 ? random.int(1, 5) : age > 60 ? random.int(2, 6) : random.int(0, 4);
  const from = Math.max(draft.born, draft.end - 1460);
  if (from >= draft.end) return [];
  return Array.from({ length: count }, () => {
    const day = random.int(from, draft.end - 1);
    const main = drawDiagnosis(random, ageOn(draft.born, day), draft.sex);
    return tellVisit(draft, random, day, main, spells);
  });
}
