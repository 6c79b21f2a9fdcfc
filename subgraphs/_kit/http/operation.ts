import type { IncomingMessage, ServerResponse } from 'node:http';
import { callerTokenHeader, requestIdHeader } from '#schema';
import { headerOf, readAdmitted } from './admit.ts';
import { answerEntry, readRequest, type Answering } from './entry.ts';
import { sendFault, sendJson } from './reply.ts';

/**
 * One operation: `{ query, variables, operationName }`. 401 when the gateway does not vouch for the caller; a coded 4xx when
 * it is no GraphQL request; else 200, whatever the operation's errors (GraphQL over HTTP, section 6.4.1).
 */
export async function serveOperation(
  service: Answering,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readAdmitted(service, request, response);
  if (body === undefined) return;
  const callerToken = headerOf(request, callerTokenHeader);
  const requestId = headerOf(request, requestIdHeader);
  const given = readRequest(body, { callerToken, requestId });
  if (!given) return sendFault(response, { status: 400, code: 'BAD_REQUEST' });
  sendJson(response, 200, await answerEntry(service, given));
}
