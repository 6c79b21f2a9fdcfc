import { Pool } from 'undici';
import { batchSuffix } from '#schema';
import type { Target } from './alone.ts';
import { createBreaker, type Outcome } from './breaker.ts';
import { openCall, type Call, type CallFault } from './call.ts';
import { agencyFailure } from './failure.ts';
import { createLanes } from './lanes.ts';
import type { AgencyAnswer, AgencyRequest, AskAgency } from './request.ts';
import { sendSingly, sendTogether } from './together.ts';

export { agencyFailure } from './failure.ts';
export type { AgencyAnswer, AgencyRequest, AskAgency, Fetch, LeaveListener, LeaveSignal } from './request.ts';

export interface HttpOptions {
  readonly agency: string;
  readonly url: string;
  /** Whether calls that wait at the same moment may go in one request; default no. For agencies that take batches. */
  readonly together?: boolean;
  /** For one call, from waiting for a connection to the last byte of the answer; default 5000. */
  readonly timeoutMs?: number;
  /** For one attempt to connect; default 2000, so that a second one fits in. */
  readonly connectTimeoutMs?: number;
  /** Of the answer to one call; default 4 MiB, six times the largest that 100 people's data make. */
  readonly maxBytes?: number;
  /** Connections; default 64. */
  readonly connections?: number;
  /** Calls at once; default one for each connection, together 16. Four for each connection may wait for their turn. */
  readonly maxCalls?: number;
  /** How long an agency that is down is left alone; default 1000. */
  readonly restMs?: number;
}

type Place = Pick<Target, 'path' | 'batchPath'> & { readonly origin: string };

function readPlace(agency: string, url: string): Place {
  const target = URL.canParse(url) ? new URL(url) : null;
  if (target?.protocol !== 'http:' && target?.protocol !== 'https:')
    throw new Error(`The subgraph ${agency} has no address that begins with http:// or https://.`);
  const { origin, pathname, search } = target;
  return { origin, path: pathname + search, batchPath: pathname + batchSuffix + search };
}

/** Kept-alive connections without time limits of their own: each call has one. */
function openTarget({ agency, url, ...options }: HttpOptions, connections: number): Target {
  const { timeoutMs = 5000, maxBytes = 4 * 2 ** 20 } = options;
  const { origin, ...paths } = readPlace(agency, url);
  const timeout = options.connectTimeoutMs ?? Math.min(timeoutMs, 2000);
  const pool = new Pool(origin, { connections, connect: { timeout }, headersTimeout: 0, bodyTimeout: 0 });
  return { pool, ...paths, maxBytes };
}

/**
 * An agency, or any subgraph, over HTTP with kept-alive connections. Rejects with a coded `GraphQLError` that tells
 * nothing of the agency but its name: `SUBGRAPH_TIMEOUT`, `SUBGRAPH_UNAVAILABLE` (not reached, broken off, too busy, or
 * resting after outages), `SUBGRAPH_BAD_RESPONSE`, `REQUEST_CANCELLED`. A query that found no connection is sent once
 * more; a mutation never. Throws when the address is none.
 */
export function askOverHttp(options: HttpOptions): AskAgency {
  const { agency, together = false, timeoutMs = 5000, connections = 64 } = options;
  const target = openTarget(options, connections);
  const send = together ? sendTogether(target, connections) : sendSingly(target);
  const breaker = createBreaker(options.restMs ?? 1000);
  const lanes = createLanes(options.maxCalls ?? connections * (together ? 16 : 1), 4 * connections, send);
  /** One that never had its turn says nothing about the agency. */
  const onEnd = (call: Call, outcome: Outcome): void => call.tell(lanes.leave(call) ? outcome : 'UNTOLD');
  const setting = { agency, timeoutMs, onEnd };
  const refuse = (code: CallFault): Promise<never> => Promise.reject(agencyFailure(code, agency));
  const ask = (request: AgencyRequest): Promise<AgencyAnswer> => {
    if (request.signal?.aborted) return refuse('REQUEST_CANCELLED');
    const tell = lanes.hasRoom() ? breaker.admit() : null;
    if (!tell) return refuse('SUBGRAPH_UNAVAILABLE');
    return new Promise<AgencyAnswer>((resolve, reject) =>
      lanes.enter(openCall(setting, request, tell, { resolve, reject })),
    );
  };
  // Where calls of different requests travel together, those of one request do so anyway.
  return Object.assign(ask, { takesBody: true, mayShare: !together, timeoutMs });
}
