import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers requests to a path of its own, and leaves others to `next`. */
export type InternalRoute = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** The path of a request, without what is asked of it. */
export function pathOf({ url = '' }: IncomingMessage): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}
