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

/** `capacity`: answers at most; the oldest leave first. */
export function createShelf<Value>(clockMs: () => number, maxAgeMs: number, capacity: number): Shelf<Value> {
  const kept = new Map<string, Kept<Value>>();
  const put = (key: string, entry: Kept<Value>): void => {
    kept.set(key, entry);
    // A Map keeps the order of insertion.
    if (kept.size > capacity) kept.delete(kept.keys().next().value ?? key);
  };
  const find: Shelf<Value>['find'] = (key) => {
    const entry = kept.get(key);
    if (!entry) return undefined;
    if (clockMs() - entry.sinceMs < maxAgeMs) return entry.answer;
    kept.delete(key);
    return undefined;
  };
  const keep: Shelf<Value>['keep'] = (key, answer) => {
    const entry: Kept<Value> = { sinceMs: clockMs(), answer };
    put(key, entry);
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
    if (!find(key)) put(key, { sinceMs: answer.readAtMs, answer });
  };
  return { find, keep, add };
}
