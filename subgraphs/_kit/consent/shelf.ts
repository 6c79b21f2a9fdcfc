/** A value and the moment from which it is true, in milliseconds of the monotonic clock. */
export interface Dated<Value> {
  readonly value: Value;
  readonly readAtMs: number;
}

/** Answers kept from the moment they were asked for, until they are too old. */
export interface Shelf<Value> {
  /** The answer under a key, a promise while it is on its way; `undefined` when there is none that is young enough. */
  find(key: string): Dated<Value> | Promise<Dated<Value>> | undefined;
  /** Keeps an answer; one that fails is not kept, and one that arrives older than it was asked for is as old as it says. */
  keep(key: string, answer: Promise<Dated<Value>>): Promise<Dated<Value>>;
  /** Keeps an answer that is there already, unless a younger one is. */
  add(key: string, answer: Dated<Value>): void;
}

interface Kept<Value> {
  sinceMs: number;
  answer: Dated<Value> | Promise<Dated<Value>>;
}

/**
 * Texts to values in two boards. When the newer one is full, or has been filled for so long, it becomes the older one, which
 * is let go as a whole: nothing is kept for twice as long, and nothing is looked for among what was deleted.
 */
function createBoards<Value>(clockMs: () => number, maxAgeMs: number, capacity: number) {
  let newer = new Map<string, Value>();
  let older = newer;
  let beganMs = clockMs();
  const turn = (nowMs: number): void => {
    older = newer;
    newer = new Map();
    beganMs = nowMs;
  };
  return {
    get: (key: string): Value | undefined => newer.get(key) ?? older.get(key),
    set: (key: string, value: Value): void => {
      const nowMs = clockMs();
      if (newer.size * 2 >= capacity || nowMs - beganMs >= maxAgeMs) turn(nowMs);
      newer.set(key, value);
    },
    delete: (key: string): void => {
      newer.delete(key);
      older.delete(key);
    },
  };
}

/** `capacity`: answers at most; the oldest leave first. */
export function createShelf<Value>(clockMs: () => number, maxAgeMs: number, capacity: number): Shelf<Value> {
  const kept = createBoards<Kept<Value>>(clockMs, maxAgeMs, capacity);
  const find: Shelf<Value>['find'] = (key) => {
    const entry = kept.get(key);
    return entry && clockMs() - entry.sinceMs < maxAgeMs ? entry.answer : undefined;
  };
  const keep: Shelf<Value>['keep'] = (key, answer) => {
    const entry: Kept<Value> = { sinceMs: clockMs(), answer };
    kept.set(key, entry);
    answer.then(
      (arrived) => {
        entry.sinceMs = Math.min(entry.sinceMs, arrived.readAtMs);
        entry.answer = arrived;
      },
      () => kept.get(key) === entry && kept.delete(key),
    );
    return answer;
  };
  const add: Shelf<Value>['add'] = (key, answer) => {
    if (!find(key)) kept.set(key, { sinceMs: answer.readAtMs, answer });
  };
  return { find, keep, add };
}
