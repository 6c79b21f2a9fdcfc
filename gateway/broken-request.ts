import type { ServerResponse } from 'node:http';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { sendRefusal, type Refusal } from './refusal.ts';

/** What the body's reader refuses, by its own names. */
const bodyRefusals: Readonly<Record<string, Refusal>> = {
  'entity.too.large': { code: 'REQUEST_TOO_LARGE', status: 413 },
  'encoding.unsupported': { code: 'ENCODING_NOT_SUPPORTED', status: 415 },
  'charset.unsupported': { code: 'ENCODING_NOT_SUPPORTED', status: 415 },
};

function describeBrokenRequest(error: unknown): Refusal {
  const { status, type } = Object(error) as { readonly status?: unknown; readonly type?: unknown };
  const known = typeof type === 'string' ? bodyRefusals[type] : undefined;
  const isClients = typeof status === 'number' && status >= 400 && status < 500;
  if (known) return known;
  return isClients ? { code: 'BAD_REQUEST', status } : { code: 'INTERNAL_SERVER_ERROR', status: 500 };
}

/** Answers for what went wrong on the way; an answer that has begun is cut off. */
export function answerBroken(response: ServerResponse, error: unknown): void {
  if (response.headersSent) response.destroy();
  else sendRefusal(response, describeBrokenRequest(error));
}

/** The last station of the pages. */
export const refuseBrokenRequest: ErrorRequestHandler = (error, _request, response, _next) =>
  answerBroken(response, error);

export const refuseUnknownPath: RequestHandler = (_, response) =>
  sendRefusal(response, { code: 'BAD_REQUEST', status: 404 });
