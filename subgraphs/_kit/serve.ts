import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { batchSuffix } from '#schema';
import { serveBatch } from './http/batch.ts';
import type { Answering } from './http/entry.ts';
import { serveOperation } from './http/operation.ts';
import { leaveUnread, sendFault, sendJson } from './http/reply.ts';
import { pathOf, type InternalRoute } from './http/route.ts';

/** An agency's HTTP face. */
export type AgencyApp = (request: IncomingMessage, response: ServerResponse) => void;

type Serve = (service: Answering, request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

const sendStatus = (response: ServerResponse, code: number, status: string): void =>
  sendJson(response, code, JSON.stringify({ status }));

function serveReady({ ping }: Answering, _: IncomingMessage, response: ServerResponse): Promise<void> {
  return ping().then(
    () => sendStatus(response, 200, 'ready'),
    () => sendStatus(response, 503, 'database unavailable'),
  );
}

/** Health is for everybody, and has nothing to say about anybody. */
const onlyToRead =
  (serve: Serve): Serve =>
  (service, request, response) => {
    if (request.method === 'GET' || request.method === 'HEAD') return serve(service, request, response);
    response.setHeader('allow', 'GET, HEAD');
    leaveUnread(response);
    sendFault(response, { status: 405, code: 'BAD_REQUEST' });
  };

const places: ReadonlyMap<string, Serve> = new Map<string, Serve>([
  ['/graphql', serveOperation],
  [`/graphql${batchSuffix}`, serveBatch],
  ['/health/live', onlyToRead((_, __, response) => sendStatus(response, 200, 'live'))],
  ['/health/ready', onlyToRead(serveReady)],
]);

function refusePlace(response: ServerResponse): void {
  leaveUnread(response);
  sendFault(response, { status: 404, code: 'BAD_REQUEST' });
}

/**
 * The agency's HTTP face: `/graphql` and `/graphql/batch` for the gateway, `/health/live`, `/health/ready`, and what
 * `internal` adds. Whatever fails is answered with a coded error, never with its reason.
 */
export function createAgencyApp(service: Answering, internal: readonly InternalRoute[] = []): AgencyApp {
  const beyond = internal.reduceRight<AgencyApp>(
    (next, route) => (request, response) => route(request, response, () => next(request, response)),
    (_, response) => refusePlace(response),
  );
  return (request, response) => {
    const serve = places.get(pathOf(request));
    if (!serve) return beyond(request, response);
    const fail = (): void => sendFault(response, { status: 500, code: 'INTERNAL_SERVER_ERROR' });
    Promise.resolve(serve(service, request, response)).catch(fail);
  };
}

/** Slow senders; connections that the gateway keeps for its next call. */
const timeouts = { headersTimeout: 10_000, requestTimeout: 15_000, keepAliveTimeout: 60_000 };

/** Listens; rejects when the port is taken. */
export function listen(app: AgencyApp, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(timeouts, app);
    server.once('error', reject);
    server.listen(port, host, () => resolve(server.off('error', reject)));
  });
}

/** How often connections that have become idle are closed. */
const lookMs = 20;

/** Ends without cutting anybody off: what has begun is answered. Resolves when no connection is open. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => server.closeIdleConnections(), lookMs);
    server.close(() => {
      clearInterval(timer);
      resolve();
    });
  });
}
