const dayMs = 86_400_000;

const two = (value: number): string => String(value).padStart(2, '0');
const partsOf = (day: string) =>
  [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))] as const;
const epochOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The same day some years later, `YYYY-MM-DD`; 29 February becomes 1 March in a common year. */
export function addYears(day: string, years: number): string {
  const [year, month, date] = partsOf(day);
  const isLeapDay = month === 2 && date === 29;
  const target = year + years;
  const isLeapYear = (target % 4 === 0 && target % 100 !== 0) || target % 400 === 0;
  return isLeapDay && !isLeapYear ? `${target}-03-01` : `${target}-${two(month)}-${two(date)}`;
}

/** The day that many days later (earlier when negative), `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  return new Date(epochOf(day) + days * dayMs).toISOString().slice(0, 10);
}

/** Days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return (epochOf(to) - epochOf(from)) / dayMs;
}

/** The first day a partial date may mean: `1950` is `1950-01-01`. */
export function firstDayOf(partial: string): string {
  return partial.length === 4 ? `${partial}-01-01` : partial.length === 7 ? `${partial}-01` : partial;
}

/** Completed years of age on a day; somebody born on 29 February completes a year on 1 March of a common year. */
export function ageOn(bornOn: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(bornOn.slice(0, 4));
  return day.slice(5) < bornOn.slice(5) ? years - 1 : years;
}
