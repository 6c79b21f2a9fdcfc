import { Pool, type Dispatcher } from 'undici';
import { callerTokenHeader, requestIdHeader } from '#schema';
import { readAnswer } from './answer.ts';
import { exchange, ExchangeError, type HttpAnswer } from './exchange.ts';
import { agencyFailure } from './failure.ts';
import { createProtection } from './protection.ts';
import type { AgencyAnswer, AgencyRequest, AskAgency, Fetch } from './request.ts';
import { withinTime } from './time-limit.ts';

export { agencyFailure } from './failure.ts';
export type { AgencyAnswer, AgencyRequest, AskAgency, Fetch } from './request.ts';

export interface HttpOptions {
  readonly agency: string;
  readonly url: string;
  /** For one call, from waiting for a connection to the last byte of the answer; default 5000. */
  readonly timeoutMs?: number;
  /** For one attempt to connect; default 2000, so that a second one fits in. */
  readonly connectTimeoutMs?: number;
  /** Of an answer; default 4 MiB, six times the largest that 100 people's data make. */
  readonly maxBytes?: number;
  /** Connections, and calls at once; default 64. Four times as many may wait for one. */
  readonly connections?: number;
}

interface Target {
  readonly origin: string;
  readonly path: string;
}

function readTarget(agency: string, url: string): Target {
  const target = URL.canParse(url) ? new URL(url) : null;
  if (target?.protocol !== 'http:' && target?.protocol !== 'https:')
    throw new Error(`The subgraph ${agency} has no address that begins with http:// or https://.`);
  return { origin: target.origin, path: target.pathname + target.search };
}

/** The operation and nothing else: whether it could run twice without harm. */
const isQuery = ({ query }: Fetch): boolean => /^\s*(query\b|\{)/.test(query) && !/\bmutation\b/.test(query);

const isNotReached = (error: unknown): boolean =>
  error instanceof ExchangeError && error.fault === 'NOT_REACHED';

/** Answers of a proxy that cannot reach the agency. RFC 9110, sections 15.6.3 to 15.6.5. */
const isAway = (status: number): boolean => status >= 502 && status <= 504;

function readOrThrow(agency: string, answer: HttpAnswer): AgencyAnswer {
  const read = readAnswer(answer);
  if (read) return read;
  throw agencyFailure(isAway(answer.status) ? 'SUBGRAPH_UNAVAILABLE' : 'SUBGRAPH_BAD_RESPONSE', agency);
}

function explain(agency: string, error: unknown): unknown {
  if (!(error instanceof ExchangeError)) return error;
  return agencyFailure(error.fault === 'UNUSABLE' ? 'SUBGRAPH_BAD_RESPONSE' : 'SUBGRAPH_UNAVAILABLE', agency);
}

/** What travels. No header of the client does, and no compressed answer is wanted. */
function write({ path }: Target, request: AgencyRequest): Dispatcher.DispatchOptions {
  const { requestId, callerToken, signal: _, ...body } = request;
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    'accept-encoding': 'identity',
    [requestIdHeader]: requestId,
    ...(callerToken !== undefined && { [callerTokenHeader]: callerToken }),
  };
  return { method: 'POST', path, headers, body: JSON.stringify(body) };
}

/**
 * An agency, or any subgraph, over HTTP with kept-alive connections. Rejects with a coded `GraphQLError` that tells
 * nothing of the agency but its name: `SUBGRAPH_TIMEOUT`, `SUBGRAPH_UNAVAILABLE` (not reached, broken off, too busy, or
 * resting after outages), `SUBGRAPH_BAD_RESPONSE`, `REQUEST_CANCELLED`. A query that found no connection is sent once
 * more; a mutation never. Throws when the address is none.
 */
export function askOverHttp(options: HttpOptions): AskAgency {
  const { agency, url, timeoutMs = 5000, maxBytes = 4 * 2 ** 20, connections = 64 } = options;
  const connectTimeoutMs = options.connectTimeoutMs ?? Math.min(timeoutMs, 2000);
  const target = readTarget(agency, url);
  const pool = new Pool(target.origin, {
    connections,
    connect: { timeout: connectTimeoutMs },
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const protect = createProtection({ agency, maxCalls: connections, maxWaiting: 4 * connections });
  const call = async (request: AgencyRequest, signal: AbortSignal): Promise<AgencyAnswer> => {
    const sent = write(target, request);
    const attempt = () => exchange(pool, sent, { maxBytes, signal });
    const again = (error: unknown) => {
      if (isNotReached(error) && isQuery(request)) return attempt();
      throw error;
    };
    const answer = await attempt()
      .catch(again)
      .catch((error: unknown) => {
        throw explain(agency, error);
      });
    return readOrThrow(agency, answer);
  };
  return (request) =>
    withinTime({ agency, timeoutMs, signal: request.signal }, (signal) =>
      protect(signal, () => call(request, signal)),
    );
}
