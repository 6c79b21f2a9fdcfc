import type { RequestHandler } from 'express';

const allowedHeaders = 'content-type, authorization, apollo-require-preflight, x-apollo-operation-name';

/** Cross-origin requests from the listed origins only; every other page's browser is refused by its own rules. */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const origin = request.get('origin');
    response.vary('origin');
    if (origin !== undefined && origins.includes(origin)) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-allow-headers', allowedHeaders);
      response.setHeader('access-control-allow-methods', 'POST, GET, OPTIONS');
    }
    if (request.method === 'OPTIONS') response.sendStatus(204);
    else next();
  };
}
