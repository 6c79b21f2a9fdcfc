import {
  addMonths,
  addYears,
  ageOn,
  dayNumber,
  dayText,
  parseDay,
  yearOf,
  type DayNumber,
} from '../calendar.ts';
import { facilitiesOf, PRIMARY_CARE } from '../catalogues/facilities.ts';
import { chanceOf, provinceOf, type Draft } from '../draft.ts';
import type { Facility, LifeEvent } from '../person.ts';
import { retirementOf, type Employed } from './work.ts';

/** A spell of health insurance. */
export type Insured = Extract<LifeEvent, { kind: 'INSURED' }>;

interface Cover {
  readonly objectCode: string;
  readonly from: DayNumber;
  readonly to: DayNumber;
}

/** Where the person registered for primary care. */
export function registeredFacility(draft: Draft): Facility {
  const random = chanceOf(draft, 'facility');
  return facilitiesOf(provinceOf(draft))[random.pick(PRIMARY_CARE)]!;
}

const yearEnd = (day: DayNumber): DayNumber => dayNumber(yearOf(day), 12, 31);

/** The object code of somebody who is in no work, by age and need (QĐ 1314/QĐ-BHXH, Decree 188/2025/NĐ-CP). */
function objectOf(draft: Draft, on: DayNumber): string {
  const age = ageOn(draft.born, on);
  if (age < 6) return 'TE';
  if (draft.isPoor) return draft.number % 2 === 0 ? 'HN' : 'CN';
  if (age < 18) return 'HS';
  if (draft.isStudent) return 'SV';
  if (age >= 80) return 'BT';
  if (draft.ethnicity.code !== '01' && draft.ethnicity.code !== '04') return 'DT';
  return 'GD';
}

/** A child under six is covered from birth until the end of September of the school year, or of the month of the birthday. */
function coverInfancy(draft: Draft): Cover {
  const sixth = addYears(draft.born, 6);
  const school = dayNumber(yearOf(sixth), 9, 30);
  return { objectCode: 'TE', from: draft.born, to: Math.max(school, addMonths(sixth, 1) - 1) };
}

function coverWork(spells: readonly Employed[], draft: Draft): Cover[] {
  return spells
    .slice(-2)
    .filter((spell) => spell.employer !== null)
    .map((spell) => ({
      objectCode: spell.employer?.code.startsWith('HC') ? 'CH' : 'DN',
      from: parseDay(`${spell.from}-01`),
      to: spell.to === null ? yearEnd(draft.end) : addMonths(parseDay(`${spell.to}-01`), 1) - 1,
    }));
}

/** Cover that is renewed each year: what went before in one spell, then this year's. */
function coverYears(draft: Draft, from: DayNumber, isInsured: boolean): Cover[] {
  const thisYear = dayNumber(yearOf(draft.end), 1, 1);
  const begin = Math.max(from, dayNumber(yearOf(draft.end) - 6, 1, 1));
  const objectCode = objectOf(draft, draft.end);
  if (begin >= thisYear) return isInsured ? [{ objectCode, from: begin, to: yearEnd(draft.end) }] : [];
  const before: Cover = { objectCode: objectOf(draft, thisYear - 1), from: begin, to: thisYear - 1 };
  return isInsured ? [before, { objectCode, from: thisYear, to: yearEnd(draft.end) }] : [before];
}

function coverOf(draft: Draft, spells: readonly Employed[], isInsured: boolean): Cover[] {
  const infancy = coverInfancy(draft);
  if (infancy.to >= draft.end) return [infancy];
  if (ageOn(draft.born, draft.end) < 18) return [infancy, ...coverYears(draft, infancy.to + 1, isInsured)];
  const work = coverWork(spells, draft);
  const last = work.at(-1);
  if (last && last.to >= draft.end) return work;
  const pension = addMonths(retirementOf(draft), 1);
  if (last && pension <= draft.end && spells.length > 0) {
    return [...work, { objectCode: 'HT', from: Math.max(pension, last.to + 1), to: yearEnd(draft.end) }];
  }
  return [...work, ...coverYears(draft, last ? last.to + 1 : addYears(draft.born, 18), isInsured)];
}

function livingAreaOf(draft: Draft): Insured['livingArea'] {
  // Kinh people live in these areas, too: the area must not tell the ethnic group.
  if (draft.ethnicity.code === '01' && draft.number % 7 > 1) return null;
  return draft.number % 3 === 0 ? 'K1' : draft.number % 3 === 1 ? 'K2' : null;
}

/** Spells of health insurance that do not overlap; the last covers the day of the population for nine people in ten. */
export function tellInsurance(draft: Draft, spells: readonly Employed[]): Insured[] {
  const random = chanceOf(draft, 'insurance');
  const covers = coverOf(draft, spells, random.chance(0.92)).filter(
    (cover) => cover.from <= draft.end && cover.to > cover.from,
  );
  const facility = registeredFacility(draft);
  const livingArea = livingAreaOf(draft);
  return covers.map((cover) => ({
    kind: 'INSURED',
    objectCode: cover.objectCode,
    from: dayText(cover.from),
    to: dayText(draft.died === null ? cover.to : Math.min(cover.to, draft.died)),
    facility,
    livingArea,
    status: cover.to < draft.today || draft.died !== null ? 'EXPIRED' : 'ACTIVE',
  }));
}
