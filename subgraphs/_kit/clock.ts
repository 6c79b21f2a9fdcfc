/** The time of one request: the only clock resolvers and loaders may know. */
export interface RequestClock {
  readonly now: Date;
  /** The calendar day in Việt Nam, `YYYY-MM-DD`. */
  readonly today: string;
}

const vietnamOffsetMs = 7 * 3_600_000;

const dayMs = 24 * 3_600_000;

/** The last day that was asked for: almost every request is of the same. */
let last = { day: Number.NaN, text: '' };

/** Việt Nam keeps UTC+7 all year. */
export function clockOf(now: Date): RequestClock {
  const localMs = now.getTime() + vietnamOffsetMs;
  const day = Math.floor(localMs / dayMs);
  if (day !== last.day) last = { day, text: new Date(localMs).toISOString().slice(0, 10) };
  return { now, today: last.text };
}
