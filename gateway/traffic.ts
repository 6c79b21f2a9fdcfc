import type { ServerResponse } from 'node:http';
import type { Refusal } from './refusal.ts';

/** What is under way in this process, and whether more is let in. */
export interface Traffic {
  /** Whether the process is about to end. */
  readonly isDraining: () => boolean;
  /** From now on every answer, also to requests under way, asks its client to connect anew. */
  readonly drain: () => void;
  /** Knows the answer until it is sent. */
  readonly follow: (response: ServerResponse) => void;
  /** Whether there is no capacity for more: then requests are answered with {@link overloaded}. */
  readonly isFull: () => boolean;
  /** Counts the work as being under way until it ends. */
  readonly work: (serve: () => Promise<void>) => Promise<void>;
}

const retryAfterSeconds = 1;

export const overloaded: Refusal = {
  code: 'OVERLOADED',
  status: 503,
  details: { retryAfterSeconds },
  headers: { 'retry-after': String(retryAfterSeconds) },
};

function closeAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}

function createFollower() {
  const open = new Set<ServerResponse>();
  let isDraining = false;
  const drain = (): void => {
    isDraining = true;
    open.forEach(closeAfter);
  };
  const follow = (response: ServerResponse): void => {
    if (isDraining) closeAfter(response);
    open.add(response);
    response.once('close', () => open.delete(response));
  };
  return { isDraining: () => isDraining, drain, follow };
}

/**
 * Counts requests by the work done for them, not by their connections: who sends and leaves frees nothing.
 * `maxInFlight`: operations worked on at the same time; the next is answered 503 with `retry-after` (RFC 9110).
 */
export function createTraffic({ maxInFlight }: { readonly maxInFlight: number }): Traffic {
  let inFlight = 0;
  const work: Traffic['work'] = async (serve) => {
    inFlight += 1;
    try {
      await serve();
    } finally {
      inFlight -= 1;
    }
  };
  return { ...createFollower(), isFull: () => inFlight >= maxInFlight, work };
}
