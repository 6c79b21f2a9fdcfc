import { agencyFailure } from './failure.ts';

export interface TimeLimit {
  readonly agency: string;
  /** For everything together, from now to the last byte. */
  readonly timeoutMs: number;
  /** Aborted when nobody waits any more. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Runs until it is done, its time is over or nobody waits for it. In the last two cases it rejects at once, coded, and the
 * signal it runs with is aborted with the same reason.
 */
export function withinTime<T>(limit: TimeLimit, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { agency, timeoutMs, signal } = limit;
  if (signal?.aborted) return Promise.reject(agencyFailure('REQUEST_CANCELLED', agency));
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const stop = (code: 'SUBGRAPH_TIMEOUT' | 'REQUEST_CANCELLED'): void => {
      const failure = agencyFailure(code, agency);
      reject(failure);
      controller.abort(failure);
    };
    const timer = setTimeout(stop, timeoutMs, 'SUBGRAPH_TIMEOUT');
    const leave = (): void => stop('REQUEST_CANCELLED');
    signal?.addEventListener('abort', leave, { once: true });
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
    };
    void run(controller.signal).then(resolve, reject).finally(settle);
  });
}
