/** The time of one request: the only clock resolvers and loaders may know. */
export interface RequestClock {
  readonly now: Date;
  /** The calendar day in Việt Nam, `YYYY-MM-DD`. */
  readonly today: string;
}

const vietnamOffsetMs = 7 * 3_600_000;

const dayMs = 24 * 3_600_000;

/** The days that are remembered: nearly all requests are of one, and few grants of another. */
const maxDays = 1000;
const texts = new Map<number, string>();

function textOf(day: number): string {
  const known = texts.get(day);
  if (known !== undefined) return known;
  if (texts.size >= maxDays) texts.clear();
  const text = new Date(day * dayMs).toISOString().slice(0, 10);
  texts.set(day, text);
  return text;
}

/** The calendar day in Việt Nam, `YYYY-MM-DD`, at an instant in milliseconds. */
export const dayAt = (ms: number): string => textOf(Math.floor((ms + vietnamOffsetMs) / dayMs));

/** Việt Nam keeps UTC+7 all year. */
export function clockOf(now: Date): RequestClock {
  return { now, today: dayAt(now.getTime()) };
}
