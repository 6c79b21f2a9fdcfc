import type { RequestHandler, Response } from 'express';
import { sendRefusal, type Refusal } from './refusal.ts';

/** What is under way in this process, and whether more is let in. */
export interface Traffic {
  /** Whether the process is about to end. */
  readonly isDraining: () => boolean;
  /** From now on every answer, also to requests under way, asks its client to connect anew. */
  readonly drain: () => void;
  /** Station: knows each answer until it is sent. */
  readonly follow: RequestHandler;
  /** Station: refuses early, before anything was spent on the request. */
  readonly shed: RequestHandler;
  /** Station: lets as many requests work at the same time as there is capacity for. */
  readonly admit: (serve: RequestHandler) => RequestHandler;
}

const retryAfterSeconds = 1;

const overloaded: Refusal = {
  code: 'OVERLOADED',
  status: 503,
  details: { retryAfterSeconds },
  headers: { 'retry-after': String(retryAfterSeconds) },
};

function closeAfter(response: Response): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}

function createFollower() {
  const open = new Set<Response>();
  let isDraining = false;
  const drain = (): void => {
    isDraining = true;
    open.forEach(closeAfter);
  };
  const follow: RequestHandler = (_, response, next) => {
    if (isDraining) closeAfter(response);
    open.add(response);
    response.once('close', () => open.delete(response));
    next();
  };
  return { isDraining: () => isDraining, drain, follow };
}

/**
 * Counts requests by the work done for them, not by their connections: who sends and leaves frees nothing.
 * `maxInFlight`: operations worked on at the same time; the next is answered 503 with `retry-after` (RFC 9110).
 */
export function createTraffic({ maxInFlight }: { readonly maxInFlight: number }): Traffic {
  let inFlight = 0;
  const shed: RequestHandler = (_, response, next) => {
    if (inFlight >= maxInFlight) sendRefusal(response, overloaded);
    else next();
  };
  const admit: Traffic['admit'] = (serve) => async (request, response, next) => {
    if (inFlight >= maxInFlight) return sendRefusal(response, overloaded);
    inFlight += 1;
    try {
      await serve(request, response, next);
    } finally {
      inFlight -= 1;
    }
  };
  return { ...createFollower(), shed, admit };
}
