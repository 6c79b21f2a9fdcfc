import type { IncomingMessage, ServerResponse } from 'node:http';

const allowedHeaders = 'content-type, authorization, apollo-require-preflight, x-apollo-operation-name';

/** Tells browsers of the listed origins only that they may read the answer; their own rules refuse every other page. */
export function allowOrigins(origins: readonly string[]) {
  return ({ headers: { origin } }: IncomingMessage, response: ServerResponse): void => {
    response.setHeader('vary', 'origin');
    if (origin === undefined || !origins.includes(origin)) return;
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-allow-headers', allowedHeaders);
    response.setHeader('access-control-allow-methods', 'POST, GET, OPTIONS');
  };
}

/** The answer to a browser that only asks whether it may. */
export function answerPreflight(response: ServerResponse): void {
  response.statusCode = 204;
  response.end();
}
