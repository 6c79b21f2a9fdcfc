import type { Server } from 'node:http';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type Express } from 'express';
import { requestIdHeader } from '#schema';
import type { AgencyService } from './service.ts';

/** The agency's HTTP face: `/graphql`, `/health/live`, `/health/ready`. */
export function createAgencyApp(service: AgencyService): Express {
  const app = express().disable('x-powered-by').disable('etag');
  app.get('/health/live', (_, response) => void response.json({ status: 'live' }));
  app.get('/health/ready', async (_, response) => {
    const isReady = await service.ping().then(
      () => true,
      () => false,
    );
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'database unavailable' });
  });
  const context = async ({ req }: { req: express.Request }) =>
    service.contextOf(req.get(requestIdHeader) ?? '');
  app.use('/graphql', express.json({ limit: '2mb' }), expressMiddleware(service.server, { context }));
  return app;
}

/** Listens; rejects when the port is taken. */
export function listen(app: Express, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, host, (error) => (error ? reject(error) : resolve(server)));
  });
}
