import { DatabaseError } from './errors.ts';

interface Waiter<T> {
  readonly accept: (thing: T) => void;
  readonly refuse: (fault: DatabaseError) => void;
  readonly timer: NodeJS.Timeout;
}

/** Callers that wait, first come, first served, each at most `limitMs`. */
export interface Queue<T> {
  /** Rejects with `DATABASE_TIMEOUT` when the time is up. */
  wait(): Promise<T>;
  /** Hands things to waiting callers until either runs out. */
  serve(pick: () => T | undefined): void;
  refuseAll(): void;
}

export function createQueue<T>(limitMs: number): Queue<T> {
  const waiting = new Set<Waiter<T>>();

  const wait = (): Promise<T> =>
    new Promise<T>((accept, refuse) => {
      const giveUp = (): void => {
        waiting.delete(waiter);
        refuse(new DatabaseError('DATABASE_TIMEOUT', { reason: 'NO_FREE_CONNECTION' }));
      };
      const waiter = { accept, refuse, timer: setTimeout(giveUp, limitMs) };
      waiting.add(waiter);
    });

  const serve = (pick: () => T | undefined): void => {
    for (const waiter of waiting) {
      const thing = pick();
      if (thing === undefined) return;
      waiting.delete(waiter);
      clearTimeout(waiter.timer);
      waiter.accept(thing);
    }
  };

  const refuseAll = (): void => {
    for (const { timer, refuse } of waiting) {
      clearTimeout(timer);
      refuse(new DatabaseError('DATABASE_UNAVAILABLE', { reason: 'CONNECTION_ENDED' }));
    }
    waiting.clear();
  };

  return { wait, serve, refuseAll };
}
