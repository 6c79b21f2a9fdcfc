import { randomUUID } from 'node:crypto';
import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type Express, type RequestHandler, type Router } from 'express';
import { requestIdHeader } from '#schema';
import type { Authenticate } from './authenticate.ts';
import { refuseBrokenRequest, refuseUnknownPath } from './broken-request.ts';
import { startContext, type GatewayContext } from './context.ts';
import { allowOrigins } from './cors.ts';
import { signalLeaving } from './leaving.ts';
import { defaultMaxima, type DocumentMaxima } from './document-limits/index.ts';
import { limitOperations } from './operation-limits.ts';
import { callerOf, refuseTokenInBody, signIn } from './sign-in.ts';
import { createTraffic, type Traffic } from './traffic.ts';

export { drainLimitsFor, openDoor, type Door } from './listener.ts';

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
  /** How large an operation may be; the defaults when not given. */
  readonly maxima?: DocumentMaxima;
  /** What is under way here; whoever closes the door has it too. */
  readonly traffic?: Traffic;
}

const bodyLimit = '256kb';
const defaultInFlight = 1000;

const nameRequest: RequestHandler = (_, response, next) => {
  response.locals['requestId'] = randomUUID();
  response.setHeader(requestIdHeader, String(response.locals['requestId']));
  next();
};

const live: RequestHandler = (_, response) => void response.json({ status: 'live' });

const ready =
  (isReady: DoorOptions['isReady'], { isDraining }: Traffic): RequestHandler =>
  async (_, response) => {
    const answer = !isDraining() && (await isReady());
    response.status(answer ? 200 : 503).json({ status: answer ? 'ready' : 'not ready' });
  };

/** The only door. The order of its stations, top to bottom, is the architecture. */
export function createDoor(options: DoorOptions): Express {
  const { graph, authenticate, isReady, pages, origins, maxima = defaultMaxima } = options;
  const traffic = options.traffic ?? createTraffic({ maxInFlight: defaultInFlight });
  const context = async ({ res }: { res: express.Response }): Promise<GatewayContext> =>
    startContext(String(res.locals['requestId']), callerOf(res), signalLeaving(res));
  const app = express().disable('x-powered-by').disable('etag');
  app.use(nameRequest);
  app.use(traffic.follow);
  app.get('/health/live', live);
  app.get('/health/ready', ready(isReady, traffic));
  app.use('/graphql', allowOrigins(origins));
  app.use('/graphql', traffic.shed);
  app.use('/graphql', signIn(authenticate));
  app.use('/graphql', express.json({ limit: bodyLimit, inflate: false }));
  app.use('/graphql', refuseTokenInBody);
  app.use('/graphql', limitOperations(maxima));
  app.use('/graphql', traffic.admit(expressMiddleware(graph, { context })));
  for (const page of pages) app.use(page);
  app.use(refuseUnknownPath);
  app.use(refuseBrokenRequest);
  return app;
}
