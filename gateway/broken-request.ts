import type { ErrorRequestHandler, RequestHandler } from 'express';
import { sendRefusal, type Refusal } from './refusal.ts';

/** What the body's reader refuses, by its own names. */
const bodyRefusals: Readonly<Record<string, Refusal>> = {
  'entity.too.large': { code: 'REQUEST_TOO_LARGE', status: 413 },
  'encoding.unsupported': { code: 'ENCODING_NOT_SUPPORTED', status: 415 },
  'charset.unsupported': { code: 'ENCODING_NOT_SUPPORTED', status: 415 },
};

function describeBrokenRequest(error: unknown): Refusal {
  const { status, type } = error as { readonly status?: unknown; readonly type?: unknown };
  const known = typeof type === 'string' ? bodyRefusals[type] : undefined;
  const isClients = typeof status === 'number' && status >= 400 && status < 500;
  if (known) return known;
  return isClients ? { code: 'BAD_REQUEST', status } : { code: 'INTERNAL_SERVER_ERROR', status: 500 };
}

/** The last station for what went wrong on the way; an answer that has begun is cut off. */
export const refuseBrokenRequest: ErrorRequestHandler = (error, _request, response, _next) => {
  if (response.headersSent) response.destroy();
  else sendRefusal(response, describeBrokenRequest(error));
};

export const refuseUnknownPath: RequestHandler = (_, response) =>
  sendRefusal(response, { code: 'BAD_REQUEST', status: 404 });
