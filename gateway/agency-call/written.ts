import { callerTokenHeader, requestIdHeader } from '#schema';
import type { AgencyRequest, Fetch } from './request.ts';

/** The operation and nothing else: whether it could run twice without harm. */
const isQueryText = (query: string): boolean => /^\s*(query\b|\{)/.test(query) && !/\bmutation\b/.test(query);

const maxKnown = 1000;

/** Whether a request could run twice without harm, remembered by its text. */
export function createQueryCheck(): (fetch: Fetch) => boolean {
  const known = new Map<string, boolean>();
  return ({ query }) => {
    const remembered = known.get(query);
    if (remembered !== undefined) return remembered;
    if (known.size >= maxKnown) known.clear();
    const isQuery = isQueryText(query);
    known.set(query, isQuery);
    return isQuery;
  };
}

/** JSON of an operation. */
export function bodyOf({ body, query, variables, operationName, facts }: AgencyRequest): string {
  const operation = body ?? JSON.stringify({ query, variables, operationName });
  return facts === undefined ? operation : `${operation.slice(0, -1)},"extensions":{"facts":${facts}}}`;
}

/** No header of the client travels, and no compressed answer is wanted. */
export function headersOf({ requestId, callerToken }: AgencyRequest): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'accept-encoding': 'identity',
    accept: 'application/json',
    [requestIdHeader]: requestId,
  };
  if (callerToken !== undefined) headers[callerTokenHeader] = callerToken;
  return headers;
}

/** Of a request with several calls: one of them vouches for the sender before the body is read. */
export function headersOfMany(callerToken: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'accept-encoding': 'identity',
    accept: 'application/jsonl',
    [callerTokenHeader]: callerToken,
  };
}

/** A call among others, under an id. */
export function entryOf(id: number, request: AgencyRequest): string {
  const [token, requestId] = [JSON.stringify(request.callerToken), JSON.stringify(request.requestId)];
  return `{"id":${id},"callerToken":${token},"requestId":${requestId},"request":${bodyOf(request)}}`;
}
