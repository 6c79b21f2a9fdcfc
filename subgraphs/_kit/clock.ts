/** The time of one request: the only clock resolvers and loaders may know. */
export interface RequestClock {
  readonly now: Date;
  /** The calendar day in Việt Nam, `YYYY-MM-DD`. */
  readonly today: string;
}

const vietnamOffsetMs = 7 * 3_600_000;

/** Việt Nam keeps UTC+7 all year. */
export function clockOf(now: Date): RequestClock {
  return { now, today: new Date(now.getTime() + vietnamOffsetMs).toISOString().slice(0, 10) };
}
