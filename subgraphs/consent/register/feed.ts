import { maxNotices, type Notice, type ReadNotices } from '#schema';

export interface FeedOptions {
  /** Milliseconds of the monotonic clock. */
  readonly clockMs: () => number;
  readonly apply: (notices: readonly Notice[]) => Promise<void>;
}

/** The changes of one agency, as far as the register has followed them. */
export interface Feed {
  /**
   * Whether everything that was committed 250 ms before the call is applied. Asks the agency when it was last heard
   * earlier than that; waits 400 ms at most and never rejects.
   */
  catchUp(): Promise<boolean>;
}

const maxAgeMs = 250;
const longestWaitMs = 400;
/** An agency that has not answered by then is asked anew. */
const longestAnswerMs = 1500;
/** 100,000 changes in one go; the next read goes on with the rest. */
const maxRounds = 200;

/** Settles with the work, or with `late` when the time is up. */
function within<Value>(work: Promise<Value>, limitMs: number, late: () => Value): Promise<Value> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      try {
        resolve(late());
      } catch (error) {
        reject(error instanceof Error ? error : new Error('The time is up.'));
      }
    };
    const timer = setTimeout(giveUp, Math.max(0, limitMs));
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function tooLate(): never {
  throw new Error('An agency did not tell its changes in time.');
}

/** Reads and applies rounds of notices until there are no more; a round that fails is read again next time. */
function createDrain(readNotices: ReadNotices, { clockMs, apply }: FeedOptions) {
  let applied: readonly string[] = [];
  /** Answers when the last round began: all that was committed before is applied. */
  return async (): Promise<number> => {
    for (let round = 0; round < maxRounds; round += 1) {
      const beganMs = clockMs();
      const notices = await within(readNotices(applied), longestAnswerMs, tooLate);
      applied = [];
      if (notices.length > 0) await apply(notices);
      applied = notices.map(({ noticeId }) => noticeId);
      if (notices.length < maxNotices) return beganMs;
    }
    return -Infinity;
  };
}

/** Follows one agency: one reading at a time, whoever asks. */
export function createFeed(readNotices: ReadNotices, options: FeedOptions): Feed {
  const { clockMs } = options;
  const drain = createDrain(readNotices, options);
  let heardMs = -Infinity;
  let running: Promise<void> | undefined;
  const pull = (): Promise<void> => {
    running ??= drain()
      .then((beganMs) => void (heardMs = Math.max(heardMs, beganMs)))
      .catch(() => {})
      .finally(() => void (running = undefined));
    return running;
  };
  const catchUp = async (): Promise<boolean> => {
    const askedMs = clockMs();
    const isFresh = (): boolean => heardMs >= askedMs - maxAgeMs;
    // A reading that was under way may have begun too early; the one after it has not.
    const follow = async (): Promise<void> => {
      for (let pulls = 0; pulls < 2 && !isFresh(); pulls += 1) await pull();
    };
    if (!isFresh()) await within(follow(), longestWaitMs, () => undefined);
    return isFresh();
  };
  return { catchUp };
}
