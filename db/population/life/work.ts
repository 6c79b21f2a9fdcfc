import { addMonths, addYears, dayText, monthText, parseDay, yearOf, type DayNumber } from '../calendar.ts';
import { employersOf, HAZARDOUS_JOBS, JOBS } from '../catalogues/employers.ts';
import { ageOf, chanceOf, provinceOf, type Draft } from '../draft.ts';
import type { LifeEvent } from '../person.ts';
import type { Random } from '../random.ts';
import { units } from '../units/units.ts';

/** A spell of work with social insurance. */
export type Employed = Extract<LifeEvent, { kind: 'EMPLOYED' }>;
type Granted = Extract<LifeEvent, { kind: 'BENEFIT_GRANTED' }>;

/** Compulsory social insurance outside the state began in 1995, the voluntary one in 2008. */
const COMPULSORY_FROM = parseDay('1995-01-01');
const VOLUNTARY_FROM = parseDay('2008-01-01');

/** Some 9 % a year, from a starting wage of about 7 million VND in 2026; whole thousands. */
export function drawSalary(random: Random, day: DayNumber, seniority: number): number {
  const level =
    7_000_000 * 0.93 ** (2026 - yearOf(day)) * (1 + seniority * 0.22) * (0.85 + random.next() * 0.6);
  return Math.max(Math.round(level / 1000), 290) * 1000;
}

/** First days of months between which somebody worked, cut into spells with gaps. */
function cutSpells(
  random: Random,
  from: DayNumber,
  until: DayNumber,
  count: number,
): [DayNumber, DayNumber][] {
  const months = Math.floor((until - from) / 30.44);
  const length = Math.floor(months / count);
  if (length < 3) return months > 0 ? [[from, addMonths(from, months - 1)]] : [];
  return Array.from({ length: count }, (_, index) => {
    const begin = index * length + (index === 0 ? 0 : random.int(0, Math.min(8, length - 2)));
    const last = index === count - 1 ? months - 1 : (index + 1) * length - 1;
    return [addMonths(from, begin), addMonths(from, last)] as [DayNumber, DayNumber];
  });
}

function workplaceOf(draft: Draft, random: Random): Pick<Employed, 'employer' | 'jobTitle' | 'hazardous'> {
  if (draft.career === 'VOLUNTARY') return { employer: null, jobTitle: 'Lao động tự do', hazardous: false };
  const kind = draft.career === 'STATE' ? 'STATE' : 'ENTERPRISE';
  const province = random.chance(0.75) ? provinceOf(draft) : random.pick(units.oldProvinces).code;
  const roll = employersOf(province);
  const jobTitle = random.pick(JOBS[kind]);
  return {
    employer: random.pick(kind === 'STATE' ? roll.state : roll.companies),
    jobTitle,
    hazardous: HAZARDOUS_JOBS.has(jobTitle),
  };
}

/** The day a working life ends: at 60 or 57 years, at death, or not yet. */
export const retirementOf = (draft: Draft): DayNumber =>
  addYears(draft.born, draft.sex === 'MALE' ? 61 : 57) - 200;

/** Spells of work under social insurance (Law 41/2024/QH15), oldest first; their months never overlap. */
export function tellWork(draft: Draft): Employed[] {
  if (draft.career === 'NONE') return [];
  const random = chanceOf(draft, 'work');
  const earliest = draft.career === 'VOLUNTARY' ? VOLUNTARY_FROM : COMPULSORY_FROM;
  const from = addMonths(Math.max(addYears(draft.born, random.int(18, 23)), earliest), random.int(1, 10));
  const until = Math.min(draft.end, retirementOf(draft));
  if (until - from < 60) return [];
  const years = (until - from) / 365;
  const spells = cutSpells(random, from, until, Math.min(random.int(2, 6), 1 + Math.floor(years / 1.5)));
  const isRetired = until < draft.end;
  const isBetween = !isRetired && random.chance(0.08);
  return spells.map(([begin, last], index) => {
    const isCurrent = index === spells.length - 1 && !isRetired && !isBetween && draft.died === null;
    const payment = isCurrent
      ? random.weighted([
          ['PAID', 94],
          ['LATE', 5],
          ['UNPAID', 1],
        ] as const)
      : 'PAID';
    return {
      kind: 'EMPLOYED',
      from: monthText(begin),
      to: isCurrent ? null : monthText(last),
      ...workplaceOf(draft, random),
      salaryBase: drawSalary(random, begin, index),
      payment,
    };
  });
}

/** Months of all spells together, up to the end of the story. */
export function monthsOf(spells: readonly Employed[], end: DayNumber): number {
  const count = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
  return spells.reduce((sum, spell) => sum + count(spell.to ?? monthText(end)) - count(spell.from) + 1, 0);
}

const grant = (
  benefit: Granted['benefit'],
  from: DayNumber,
  to: DayNumber | null,
  amount: number,
  monthly: boolean,
): Granted => ({
  kind: 'BENEFIT_GRANTED',
  benefit,
  from: dayText(from),
  to: to === null ? null : dayText(to),
  amount,
  monthly,
});

function tellPension(draft: Draft, spells: readonly Employed[]): Granted[] {
  const from = addMonths(retirementOf(draft), 1);
  const last = spells.at(-1);
  const months = monthsOf(spells, draft.end);
  if (last && last.to !== null && from < draft.end && months >= 180) {
    const rate = Math.min(0.45 + ((months - 180) / 12) * 0.02, 0.75);
    return [grant('RETIREMENT', from, draft.died, Math.round((last.salaryBase * rate) / 1000) * 1000, true)];
  }
  const since = Math.max(addYears(draft.born, 75), parseDay('2025-07-01'));
  return since < draft.end && spells.length === 0
    ? [grant('SOCIAL_PENSION', since, draft.died, 500_000, true)]
    : [];
}

function tellShortTerm(draft: Draft, random: Random, spells: readonly Employed[]): Granted[] {
  const spell = spells.at(-1);
  if (!spell?.employer || ageOf(draft) > 56) return [];
  const from = parseDay(`${spell.from}-01`);
  const last = spell.to === null ? draft.end : parseDay(`${spell.to}-01`);
  if (last - from < 400 || !random.chance(0.35)) return [];
  const on = random.int(from + 200, last - 190);
  if (
    draft.sex === 'FEMALE' &&
    random.chance(0.6) &&
    on < addYears(draft.born, 43) &&
    on > addYears(draft.born, 20)
  )
    return [grant('MATERNITY', on, on + 180, spell.salaryBase * 6, false)];
  const days = random.int(2, 12);
  return [grant('SICKNESS', on, on + days, Math.round((spell.salaryBase / 24) * 0.75 * days), false)];
}

/** What social insurance paid: pensions for life, and allowances within a spell of work. */
export function tellBenefits(draft: Draft, spells: readonly Employed[]): LifeEvent[] {
  const random = chanceOf(draft, 'benefits');
  return [...tellShortTerm(draft, random, spells), ...tellPension(draft, spells)];
}
