import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import express, { type RequestHandler, type Router } from 'express';
import { requestIdHeader } from '#schema';
import type { Authenticate } from './authenticate.ts';
import { answerBroken, refuseBrokenRequest, refuseUnknownPath } from './broken-request.ts';
import { allowOrigins, answerPreflight } from './cors.ts';
import { defaultMaxima, type DocumentMaxima } from './document-limits/index.ts';
import type { Graph } from './graph.ts';
import { limitOperations } from './operation-limits.ts';
import { sendRefusal } from './refusal.ts';
import { readBody } from './request-body.ts';
import { createServe, type ShortWay } from './short-way/index.ts';
import { isTokenInBody, misplacedToken, sendFailure, signIn } from './sign-in.ts';
import { createTraffic, overloaded, type Traffic } from './traffic.ts';

export { drainLimitsFor, openDoor, type Door } from './listener.ts';
export type { ShortWay } from './short-way/index.ts';

export interface DoorOptions {
  readonly graph: Graph;
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
  /** Which operations go past Apollo Server; `known` ones when not given. */
  readonly shortWay?: ShortWay;
}

const defaultInFlight = 1000;

const live: RequestHandler = (_, response) => void response.json({ status: 'live' });

const ready =
  (isReady: DoorOptions['isReady'], { isDraining }: Traffic): RequestHandler =>
  async (_, response) => {
    const answer = !isDraining() && (await isReady());
    response.status(answer ? 200 : 503).json({ status: answer ? 'ready' : 'not ready' });
  };

/** Everything but operations. */
function createPagesApp({ isReady, pages }: DoorOptions, traffic: Traffic): RequestListener {
  const app = express().disable('x-powered-by').disable('etag');
  app.get('/health/live', live);
  app.get('/health/ready', ready(isReady, traffic));
  for (const page of pages) app.use(page);
  app.use(refuseUnknownPath);
  app.use(refuseBrokenRequest);
  return app;
}

type AnswerOperation = (
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
) => Promise<void>;

/** The way of an operation. The order of its stations, top to bottom, is the architecture. */
function createOperationWay(options: DoorOptions, traffic: Traffic): AnswerOperation {
  const { graph, authenticate, origins, maxima = defaultMaxima, shortWay = 'known' } = options;
  const allow = allowOrigins(origins);
  const judgeSize = limitOperations(maxima);
  const serve = createServe(graph, shortWay);
  return async (request, response, requestId) => {
    allow(request, response);
    if (request.method === 'OPTIONS') return answerPreflight(response);
    if (traffic.isFull()) return sendRefusal(response, overloaded);
    const caller = await signIn(authenticate, request);
    if (caller.kind === 'refused') return sendFailure(response, caller);
    const body = await readBody(request, response);
    if (isTokenInBody(body)) return sendFailure(response, misplacedToken);
    const tooLarge = judgeSize(request, body);
    if (tooLarge) return sendRefusal(response, tooLarge);
    if (traffic.isFull()) return sendRefusal(response, overloaded);
    await traffic.work(() => serve({ request, response, requestId, caller, body }));
  };
}

const operationPath = /^(?:https?:\/\/[^/?#]*)?\/graphql(?:[/?#]|$)/i;

/** The only door: names each request, and leads it to the operations or to the pages. */
export function createDoor(options: DoorOptions): RequestListener {
  const traffic = options.traffic ?? createTraffic({ maxInFlight: defaultInFlight });
  const answerOperation = createOperationWay(options, traffic);
  const showPage = createPagesApp(options, traffic);
  return (request, response) => {
    const requestId = randomUUID();
    response.setHeader(requestIdHeader, requestId);
    traffic.follow(response);
    if (!operationPath.test(request.url ?? '')) return showPage(request, response);
    answerOperation(request, response, requestId).catch((error: unknown) => answerBroken(response, error));
  };
}
