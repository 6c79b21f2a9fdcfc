import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from 'express';
import { publicErrors, requestIdHeader, type PublicErrorCode } from '#schema';
import type { Authenticate } from './authenticate.ts';
import { startContext, type GatewayContext } from './context.ts';
import { allowOrigins } from './cors.ts';
import { callerOf, refuseTokenInBody, signIn } from './sign-in.ts';

export interface DoorOptions {
  readonly graph: ApolloServer<GatewayContext>;
  /** Who signs in with an access token. */
  readonly authenticate: Authenticate;
  /** Whether answers can be expected. */
  readonly isReady: () => Promise<boolean>;
  /** Pages for people: the explorer and the Sandbox; none in production. */
  readonly pages: readonly Router[];
  /** Web origins whose pages may call the graph. */
  readonly origins: readonly string[];
}

const bodyLimit = '256kb';

const nameRequest: RequestHandler = (_, response, next) => {
  response.locals['requestId'] = randomUUID();
  response.setHeader(requestIdHeader, String(response.locals['requestId']));
  next();
};

const refuse =
  (code: PublicErrorCode, status: number): RequestHandler =>
  (_, response) => {
    const { message, howTo } = publicErrors[code];
    response.status(status).json({ errors: [{ message, extensions: { code, howTo } }] });
  };

const refuseBrokenRequest: ErrorRequestHandler = (error, request, response, next) => {
  const status = (error as { status?: unknown }).status;
  const isClients = typeof status === 'number' && status >= 400 && status < 500;
  const code = isClients ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
  void refuse(code, isClients ? status : 500)(request, response, next);
};

const live: RequestHandler = (_, response) => void response.json({ status: 'live' });

const ready =
  (isReady: DoorOptions['isReady']): RequestHandler =>
  async (_, response) => {
    const answer = await isReady();
    response.status(answer ? 200 : 503).json({ status: answer ? 'ready' : 'not ready' });
  };

/** The only door. The order of its stations, top to bottom, is the architecture. */
export function createDoor({ graph, authenticate, isReady, pages, origins }: DoorOptions): Express {
  const context = async ({ res }: { res: express.Response }): Promise<GatewayContext> =>
    startContext(String(res.locals['requestId']), callerOf(res));
  const app = express().disable('x-powered-by').disable('etag');
  app.use(nameRequest);
  app.get('/health/live', live);
  app.get('/health/ready', ready(isReady));
  app.use('/graphql', allowOrigins(origins));
  app.use('/graphql', signIn(authenticate));
  app.use('/graphql', express.json({ limit: bodyLimit }));
  app.use('/graphql', refuseTokenInBody);
  app.use('/graphql', expressMiddleware(graph, { context }));
  for (const page of pages) app.use(page);
  app.use(refuse('BAD_REQUEST', 404));
  app.use(refuseBrokenRequest);
  return app;
}

/** Listens; rejects with a sentence when the port is taken. */
export function openDoor(app: Express, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, host, (error) => {
      if (!error) return resolve(server);
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      reject(
        isTaken
          ? new Error(`Port ${port} is in use. Stop what uses it, or choose another: PORT=4001 npm start`)
          : error,
      );
    });
  });
}

/** Takes no new connection, lets requests in flight finish, then closes. */
export function closeDoor(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
