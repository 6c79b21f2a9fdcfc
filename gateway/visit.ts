import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '#schema';

/** A request for an operation that has passed the door's stations. */
export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly caller: Caller;
  /** Parsed JSON; `undefined` when the request does not say that it sends JSON. */
  readonly body: unknown;
}

/** Answers it. Rejects when nothing sensible can be answered. */
export type Serve = (visit: Visit) => Promise<void>;
