import { HeaderMap, type ApolloServer } from '@apollo/server';
import type { IncomingHttpHeaders } from 'node:http';
import { startContext, type GatewayContext } from './context.ts';
import { signalLeaving } from './leaving.ts';
import { sendWhole, type WholeAnswer } from './refusal.ts';
import type { Visit } from './visit.ts';

function readHeaders(headers: IncomingHttpHeaders): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  return map;
}

function searchOf(url: string): string {
  const start = url.indexOf('?');
  return start < 0 ? '' : url.slice(start);
}

/** Any request for an operation, through the whole of Apollo Server. Answers what was sent. */
export async function serveLongWay(
  apollo: ApolloServer<GatewayContext>,
  { request, response, requestId, caller, body }: Visit,
): Promise<WholeAnswer> {
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method ?? 'GET',
      headers: readHeaders(request.headers),
      search: searchOf(request.url ?? ''),
      body,
    },
    context: async () => startContext(requestId, caller, signalLeaving(response)),
  });
  if (answer.body.kind !== 'complete') throw new Error('Answers in parts are not served.');
  const { status = 200, headers, body: whole } = answer;
  const sent = { status, headers: Object.fromEntries(headers), text: whole.string };
  sendWhole(response, sent);
  return sent;
}
