import type { GraphQLDataSource } from '@apollo/gateway';
import { print } from 'graphql';
import { Agent, request, type Dispatcher } from 'undici';
import { callerTokenHeader, requestIdHeader } from '#schema';
import type { GatewayContext } from './context.ts';
import { agencyFailure } from './errors.ts';

export type { GatewayContext } from './context.ts';

/** One GraphQL request of a query plan to one agency. */
export interface AgencyRequest {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly requestId: string;
  /** Who asks, signed for this agency; `undefined` for a foreign subgraph. */
  readonly callerToken: string | undefined;
}

/** The body of a GraphQL answer. */
export interface AgencyAnswer {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
  readonly extensions?: Record<string, unknown>;
}

/** Asks one agency, over HTTP or in this process. Rejects only when there is no answer. */
export type AskAgency = (request: AgencyRequest) => Promise<AgencyAnswer>;

const isAnswer = (body: unknown): body is AgencyAnswer =>
  typeof body === 'object' && body !== null && ('data' in body || 'errors' in body);

async function readAnswer(response: Dispatcher.ResponseData, agency: string): Promise<AgencyAnswer> {
  const body: unknown = await response.body.json().catch(() => undefined);
  if (isAnswer(body)) return body;
  throw agencyFailure('SUBGRAPH_BAD_RESPONSE', agency);
}

export interface HttpOptions {
  readonly agency: string;
  readonly url: string;
  /** Limit of connecting, of waiting for headers and of reading the body, each; default 5000. */
  readonly timeoutMs?: number;
}

/** An agency, or any subgraph, over HTTP with kept-alive connections. No header of the client is passed on. */
export function askOverHttp({ agency, url, timeoutMs = 5000 }: HttpOptions): AskAgency {
  const dispatcher = new Agent({
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connections: 64,
  });
  return async ({ requestId, callerToken, ...body }) => {
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      [requestIdHeader]: requestId,
      ...(callerToken !== undefined && { [callerTokenHeader]: callerToken }),
    };
    const sent = { method: 'POST', headers, body: JSON.stringify(body), dispatcher } as const;
    const response = await request(url, sent).catch(() => {
      throw agencyFailure('SUBGRAPH_UNAVAILABLE', agency);
    });
    return readAnswer(response, agency);
  };
}

/** What is sent of a query plan's fetch. */
export type Fetch = Pick<AgencyRequest, 'query' | 'variables' | 'operationName'>;

/** What is done around every fetch to protect people. */
export interface FetchChecks {
  /** The answer to a fetch that must not be sent; `null` when it may. */
  readonly refuse: (context: GatewayContext, fetch: Fetch) => AgencyAnswer | null;
  /** The caller token for the agency. */
  readonly sign: (agency: string, context: GatewayContext) => string;
  /** The answer without what came undecided. */
  readonly pass: (
    agency: string,
    context: GatewayContext,
    fetch: Fetch,
    answer: AgencyAnswer,
  ) => AgencyAnswer;
}

type ProcessOptions = Parameters<GraphQLDataSource['process']>[0];

function readFetch(options: ProcessOptions): Fetch {
  const { query, variables, operationName } = options.request;
  return {
    query: query ?? ('document' in options && options.document ? print(options.document) : ''),
    ...(variables && { variables: variables as Record<string, unknown> }),
    ...(operationName && { operationName }),
  };
}

export interface DataSourceOptions {
  readonly agency: string;
  readonly ask: AskAgency;
  /** `undefined` for a foreign graph without marks. */
  readonly checks?: FetchChecks | undefined;
}

/** The gateway's view of an agency: counts the fetch, says who asks, and lets only decided data pass. */
export function createDataSource({ agency, ask, checks }: DataSourceOptions): GraphQLDataSource {
  const answerTo = async (options: ProcessOptions): Promise<AgencyAnswer> => {
    const context = options.context as GatewayContext;
    const { requestId = '', fetches } = context as Partial<GatewayContext>;
    const fetch = readFetch(options);
    const refused = checks?.refuse(context, fetch);
    if (refused) return refused;
    fetches?.set(agency, (fetches.get(agency) ?? 0) + 1);
    const callerToken = checks?.sign(agency, context);
    const answer = await ask({ ...fetch, requestId, callerToken });
    return checks ? checks.pass(agency, context, fetch, answer) : answer;
  };
  return {
    process: async (options) =>
      (await answerTo(options)) as Awaited<ReturnType<GraphQLDataSource['process']>>,
  };
}
