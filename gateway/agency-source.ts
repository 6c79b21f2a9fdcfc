import type { GraphQLDataSource } from '@apollo/gateway';
import { GraphQLError, print } from 'graphql';
import { Agent, request, type Dispatcher } from 'undici';
import { publicErrors, requestIdHeader, type PublicErrorCode } from '#schema';

/** One GraphQL request of a query plan to one agency. */
export interface AgencyRequest {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly requestId: string;
}

/** The body of a GraphQL answer. */
export interface AgencyAnswer {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
  readonly extensions?: Record<string, unknown>;
}

/** Asks one agency, over HTTP or in this process. Rejects only when there is no answer. */
export type AskAgency = (request: AgencyRequest) => Promise<AgencyAnswer>;

/** Of one client request, kept while it is answered. */
export interface GatewayContext {
  readonly requestId: string;
  /** Fetches made so far, by agency. */
  readonly fetches: Map<string, number>;
}

function failure(code: PublicErrorCode, agency: string): GraphQLError {
  return new GraphQLError(publicErrors[code].message, { extensions: { code, agency } });
}

const isAnswer = (body: unknown): body is AgencyAnswer =>
  typeof body === 'object' && body !== null && ('data' in body || 'errors' in body);

async function readAnswer(response: Dispatcher.ResponseData, agency: string): Promise<AgencyAnswer> {
  const body: unknown = await response.body.json().catch(() => undefined);
  if (isAnswer(body)) return body;
  throw failure('SUBGRAPH_BAD_RESPONSE', agency);
}

export interface HttpOptions {
  readonly agency: string;
  readonly url: string;
  /** Limit of connecting, of waiting for headers and of reading the body, each; default 5000. */
  readonly timeoutMs?: number;
}

/** An agency, or any subgraph, over HTTP with kept-alive connections. */
export function askOverHttp({ agency, url, timeoutMs = 5000 }: HttpOptions): AskAgency {
  const dispatcher = new Agent({
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connections: 64,
  });
  return async ({ requestId, ...body }) => {
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      [requestIdHeader]: requestId,
    };
    const sent = { method: 'POST', headers, body: JSON.stringify(body), dispatcher } as const;
    const response = await request(url, sent).catch(() => {
      throw failure('SUBGRAPH_UNAVAILABLE', agency);
    });
    return readAnswer(response, agency);
  };
}

/** The gateway's view of an agency: passes the request on and counts it. */
export function createDataSource(agency: string, ask: AskAgency): GraphQLDataSource {
  return {
    process: async (options) => {
      const { query, variables, operationName } = options.request;
      const { requestId = '', fetches } = options.context as Partial<GatewayContext>;
      fetches?.set(agency, (fetches.get(agency) ?? 0) + 1);
      const text = query ?? ('document' in options && options.document ? print(options.document) : '');
      const answer = await ask({
        query: text,
        requestId,
        ...(variables && { variables: variables as Record<string, unknown> }),
        ...(operationName && { operationName }),
      });
      return answer as Awaited<ReturnType<GraphQLDataSource['process']>>;
    },
  };
}
