/** What is slow holds up no more than its share. */
export interface Lanes<Item> {
  readonly hasRoom: () => boolean;
  /** Runs it now, or as soon as there is a lane. */
  readonly enter: (item: Item) => void;
  /** What entered has ended, or does not want to run any more; answers whether it ran. */
  readonly leave: (item: Item) => boolean;
}

/**
 * So many at once, and so many that wait for their turn. Not a library's bulkhead: who leaves while waiting gives the place
 * back at once, and was never a call of the agency.
 */
export function createLanes<Item>(
  maxRunning: number,
  maxWaiting: number,
  run: (item: Item) => void,
): Lanes<Item> {
  let running = 0;
  const waiting = new Set<Item>();
  const start = (item: Item): void => {
    running += 1;
    run(item);
  };
  const startNext = (): void => {
    for (const next of waiting) {
      waiting.delete(next);
      return start(next);
    }
  };
  return {
    hasRoom: () => running < maxRunning || waiting.size < maxWaiting,
    enter: (item) => {
      if (running < maxRunning) start(item);
      else waiting.add(item);
    },
    leave: (item) => {
      if (waiting.size > 0 && waiting.delete(item)) return false;
      running -= 1;
      startNext();
      return true;
    },
  };
}
