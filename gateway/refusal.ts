import type { Response } from 'express';
import { publicErrors, type PublicErrorCode } from '#schema';
import { acceptsGraphqlResponse } from './media-type.ts';

/** An answer of the door itself: nobody behind it was asked. */
export interface Refusal {
  readonly code: PublicErrorCode;
  readonly status: number;
  /** Instead of the general words of the code; never what was sent. */
  readonly message?: string;
  /** What a program can act on, beside the code. */
  readonly details?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The body of a refusal: one error with its code and what to do next. */
export function describeRefusedRequest({ code, message, details }: Refusal) {
  const { message: words, howTo } = publicErrors[code];
  return { errors: [{ message: message ?? words, extensions: { code, ...details, howTo } }] };
}

/** Answers with a refusal, unless the client is gone or an answer has begun. */
export function sendRefusal(response: Response, refusal: Refusal): void {
  if (response.headersSent || response.closed) return;
  const body = describeRefusedRequest(refusal);
  if (acceptsGraphqlResponse(response.req.headers.accept)) response.type('application/graphql-response+json');
  response.status(refusal.status).set({ 'cache-control': 'no-store', ...refusal.headers });
  response.json(body);
}
