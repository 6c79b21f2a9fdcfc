const countOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;

/** The month of a day; `null` stays `null`. */
export function monthOf(day: string): string;
export function monthOf(day: string | null): string | null;
export function monthOf(day: string | null): string | null {
  return day && day.slice(0, 7);
}

/** The month after, `YYYY-MM`. */
export function nextMonth(month: string): string {
  const count = countOf(month) + 1;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** Months from one to another, both included; 0 when `to` is earlier. */
export function monthsBetween(from: string, to: string): number {
  return Math.max(countOf(to) - countOf(from) + 1, 0);
}

const vietnamOffsetMs = 7 * 3_600_000;

/** The last month an agency can speak of: that of today, or of its data when that is older. */
export function lastKnownMonth(asOf: Date, today: string): string {
  const dataMonth = new Date(asOf.getTime() + vietnamOffsetMs).toISOString().slice(0, 7);
  const thisMonth = monthOf(today);
  return dataMonth < thisMonth ? dataMonth : thisMonth;
}
