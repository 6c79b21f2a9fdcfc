import type { Day, Month } from './person.ts';

/** Days since 1970-01-01: dates are reckoned with as whole numbers and written as text only at the end. */
export type DayNumber = number;

/** Texts of days already written, by day number from 1/1/1860. */
const texts = new Array<Day | undefined>(100_000);
const EARLIEST = -40_177;

interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Proleptic Gregorian calendar from a day number (H. Hinnant, “chrono-compatible low-level date algorithms”). */
export function civilOf(number: DayNumber): Civil {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const march = Math.floor((5 * dayOfYear + 2) / 153);
  const month = march < 10 ? march + 3 : march - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * march + 2) / 5) + 1 };
}

/** Day number of a civil date; the day may lie outside its month and then counts on from it. */
export function dayNumber(year: number, month: number, day: number): DayNumber {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** @throws RangeError when the text is not an existing day `YYYY-MM-DD` between 1900 and 2099. */
export function parseDay(day: Day): DayNumber {
  const match = /^(19\d\d|20\d\d)-(\d\d)-(\d\d)$/.exec(day);
  const number = match ? dayNumber(Number(match[1]), Number(match[2]), Number(match[3])) : Number.NaN;
  if (!match || dayText(number) !== day) throw new RangeError('A day is written YYYY-MM-DD, 1900 to 2099.');
  return number;
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** `YYYY-MM-DD` of a day number. */
export function dayText(number: DayNumber): Day {
  const known = texts[number - EARLIEST];
  if (known !== undefined) return known;
  const { year, month, day } = civilOf(number);
  const text = `${year}-${two(month)}-${two(day)}`;
  texts[number - EARLIEST] = text;
  return text;
}

/** `YYYY-MM` in which the day lies. */
export const monthText = (number: DayNumber): Month => dayText(number).slice(0, 7);

export const yearOf = (number: DayNumber): number => civilOf(number).year;

/** The same day some years later; 29 February becomes 1 March in a common year. */
export function addYears(number: DayNumber, years: number): DayNumber {
  const { year, month, day } = civilOf(number);
  return dayNumber(year + years, month, day);
}

/** First day of the month that lies `months` after the day's month. */
export function addMonths(number: DayNumber, months: number): DayNumber {
  const { year, month } = civilOf(number);
  const count = year * 12 + month - 1 + months;
  return dayNumber(Math.floor(count / 12), (count % 12) + 1, 1);
}

/** Completed years of age. */
export function ageOn(born: DayNumber, on: DayNumber): number {
  const birth = civilOf(born);
  const now = civilOf(on);
  const isBefore = now.month < birth.month || (now.month === birth.month && now.day < birth.day);
  return now.year - birth.year - (isBefore ? 1 : 0);
}

/** The calendar day of an instant in Việt Nam (UTC+7, no summer time since 1975). */
export function vietnamDay(now: Date): Day {
  return new Date(now.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
}
