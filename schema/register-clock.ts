/** The register's own monotonic clock, as it tells it. */
export interface ToldClock {
  /** Of the process that tells it: another one counts from another moment. */
  readonly id: string;
  readonly nowMs: number;
}

/** What a process knows of the register's clock, without a clock that both share. */
export interface RegisterClock {
  /** Milliseconds of the own monotonic clock. */
  readonly clockMs: () => number;
  /** Hears an answer to a question that was asked at `askedMs` of the own clock. */
  hear(told: ToldClock, askedMs: number): void;
  /** The age at most of what was so at a moment of the register's clock; `null` when that cannot be told. */
  ageOf(moment: { readonly clockId: string; readonly atMs: number }): number | null;
}

/** So long what was heard is good for. */
const goodForMs = 5000;
/** Two clocks may go apart by this share, more than any that is kept by NTP. */
const drift = 0.01;

/**
 * The register told its time after it was asked for: so it cannot be later there now than that and all the time since the
 * question. Whoever was slow, the register, the way or this process, makes ages greater and never less.
 */
export function createRegisterClock(clockMs: () => number): RegisterClock {
  let heard: (ToldClock & { readonly askedMs: number }) | null = null;
  const latestNowMs = (): number | null => {
    const sinceMs = heard ? clockMs() - heard.askedMs : Number.POSITIVE_INFINITY;
    return heard && sinceMs >= 0 && sinceMs <= goodForMs ? heard.nowMs + sinceMs * (1 + drift) : null;
  };
  return {
    clockMs,
    hear: ({ id, nowMs }, askedMs) => {
      // A question that was asked later says more; its answer may have come first.
      if (!heard || heard.id !== id || heard.askedMs <= askedMs) heard = { id, nowMs, askedMs };
    },
    ageOf: ({ clockId, atMs }) => {
      const nowMs = latestNowMs();
      if (nowMs === null || heard?.id !== clockId) return null;
      // What is still to come there means that this process stood still without knowing: its clock says nothing more.
      if (atMs > nowMs) heard = null;
      return atMs > nowMs ? null : nowMs - atMs;
    },
  };
}
