import type { IncomingMessage, ServerResponse } from 'node:http';
import { callerTokenHeader } from '#schema';
import { refusedCaller } from '../service.ts';
import { readBody } from './body.ts';
import type { Answering } from './entry.ts';
import { leaveUnread, sendFault, sendJson, type RequestFault } from './reply.ts';

/** The largest body that is read. */
const maxBodyBytes = 2 * 2 ** 20;

/** The header, if it is there once: Node joins several with a comma, which no token holds. */
export function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

const isJson = (type: string): boolean =>
  /^application\/json\s*(;|$)/i.test(type) && !/charset=(?!"?utf-?8\b)/i.test(type);

/** What is wrong with the head of a request for an operation. */
function judgeHead(request: IncomingMessage): RequestFault | null {
  const encoding = headerOf(request, 'content-encoding') ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') return { status: 415, code: 'ENCODING_NOT_SUPPORTED' };
  return isJson(headerOf(request, 'content-type') ?? '') ? null : { status: 415, code: 'BAD_REQUEST' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a request may be read: the gateway vouches for its caller, and it is one for an operation. Else it is answered. */
function admits({ verify }: Answering, request: IncomingMessage, response: ServerResponse): boolean {
  if (verify(headerOf(request, callerTokenHeader)) === null) {
    leaveUnread(response);
    sendJson(response, 401, JSON.stringify(refusedCaller()));
    return false;
  }
  const isPost = request.method === 'POST';
  if (!isPost) response.setHeader('allow', 'POST');
  const fault = isPost ? judgeHead(request) : ({ status: 405, code: 'BAD_REQUEST' } as const);
  if (!fault) return true;
  leaveUnread(response);
  sendFault(response, fault);
  return false;
}

/**
 * The JSON body of a request whose caller the gateway vouches for; nothing of another is read. `undefined`: the request is
 * answered already, or its sender left.
 */
export async function readAdmitted(
  service: Answering,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<unknown> {
  if (!admits(service, request, response)) return undefined;
  const bytes = await readBody(request, maxBodyBytes);
  if (bytes === 'GONE') return undefined;
  if (bytes === 'TOO_LARGE') {
    response.shouldKeepAlive = false;
    return void sendFault(response, { status: 413, code: 'REQUEST_TOO_LARGE' });
  }
  const body = parseJson(bytes.toString('utf8'));
  if (body === undefined) sendFault(response, { status: 400, code: 'BAD_REQUEST' });
  return body;
}
