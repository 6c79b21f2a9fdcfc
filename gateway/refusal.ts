import type { ServerResponse } from 'node:http';
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

/** A whole answer. */
export interface WholeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export function sendWhole(response: ServerResponse, { status, headers, text }: WholeAnswer): void {
  response.statusCode = status;
  for (const name in headers) response.setHeader(name, headers[name] as string);
  // A long text is put together of many: reading it once, into bytes, is cheaper than counting first.
  const body = Buffer.from(text);
  response.setHeader('content-length', body.length);
  response.end(body);
}

/** Answers with a refusal, unless the client is gone or an answer has begun. */
export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent || response.closed) return;
  const isGraphql = acceptsGraphqlResponse(response.req.headers.accept);
  const type = isGraphql ? 'application/graphql-response+json' : 'application/json';
  const headers = {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    ...refusal.headers,
  };
  sendWhole(response, {
    status: refusal.status,
    headers,
    text: JSON.stringify(describeRefusedRequest(refusal)),
  });
}
