import type { ServerResponse } from 'node:http';
import { publicErrors, type PublicErrorCode } from '#schema';

/** A request that is answered before an operation runs. */
export interface RequestFault {
  readonly status: 400 | 401 | 404 | 405 | 413 | 415 | 500;
  readonly code: PublicErrorCode;
}

/** GraphQL over HTTP, section 4: JSON, always UTF-8. */
export const jsonType = 'application/json; charset=utf-8';

const isGone = (response: ServerResponse): boolean => response.headersSent || response.destroyed;

/** Answers with a text of JSON, unless the asker is gone or has an answer. */
export function sendJson(response: ServerResponse, status: number, body: string): void {
  if (isGone(response)) return;
  response.writeHead(status, { 'content-type': jsonType, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** The coded error of a code of the table, with its public words. */
export const codedError = (code: PublicErrorCode) => ({
  message: publicErrors[code].message,
  extensions: { code },
});

/** Answers with one coded error. */
export function sendFault(response: ServerResponse, { status, code }: RequestFault): void {
  sendJson(response, status, JSON.stringify({ errors: [codedError(code)] }));
}

/** The largest rest of a request that is read only to keep its connection. */
const worthReading = 65_536;

/** Ends the connection with the answer when much of the request would have to be read before the next one. */
export function leaveUnread(response: ServerResponse): void {
  const length = response.req.headers['content-length'];
  const hasBody = length !== undefined || response.req.headers['transfer-encoding'] !== undefined;
  if (hasBody && !(Number(length) <= worthReading)) response.shouldKeepAlive = false;
}
