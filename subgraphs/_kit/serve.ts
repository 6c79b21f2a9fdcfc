import type { Server } from 'node:http';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import { callerTokenHeader, requestIdHeader, type CallerClaims } from '#schema';
import { refusedCaller, type AgencyService } from './service.ts';

const claimsOf = (response: Response): CallerClaims => response.locals['claims'] as CallerClaims;

/** Nothing of a request is read before the gateway's word for it is verified. */
const admitVerified =
  (service: AgencyService): RequestHandler =>
  (request, response, next) => {
    const claims = service.verify(request.get(callerTokenHeader));
    if (!claims) return void response.status(401).json(refusedCaller());
    response.locals['claims'] = claims;
    next();
  };

/** The agency's HTTP face: `/graphql` for the gateway, `/health/live`, `/health/ready`, and what `internal` adds. */
export function createAgencyApp(service: AgencyService, internal: readonly RequestHandler[] = []): Express {
  const app = express().disable('x-powered-by').disable('etag');
  app.get('/health/live', (_, response) => void response.json({ status: 'live' }));
  app.get('/health/ready', async (_, response) => {
    const isReady = await service.ping().then(
      () => true,
      () => false,
    );
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'database unavailable' });
  });
  for (const handler of internal) app.use(handler);
  const context = async ({ req, res }: { req: Request; res: Response }) =>
    service.contextOf(claimsOf(res), req.get(requestIdHeader));
  app.use('/graphql', admitVerified(service), express.json({ limit: '2mb' }));
  app.use('/graphql', expressMiddleware(service.server, { context }));
  return app;
}

/** Listens; rejects when the port is taken. */
export function listen(app: Express, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, host, (error) => (error ? reject(error) : resolve(server)));
  });
}
