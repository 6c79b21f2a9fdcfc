import type { JSONWebKeySet } from 'jose';
import { Router } from 'express';

/** Where the development issuer's keys are served. */
export const developmentJwksPath = '/dev-issuer/jwks';

/** `GET /dev-issuer/jwks`: the public keys of the development issuer (RFC 7517), for whoever checks its tokens. */
export function serveIssuerKeys(jwks: JSONWebKeySet): Router {
  const router = Router();
  router.get(developmentJwksPath, (_request, response) => {
    response.set({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    response.type('application/jwk-set+json').send(JSON.stringify(jwks));
  });
  return router;
}
