import type { IncomingMessage, ServerResponse } from 'node:http';
import { describeRefusal, type Caller } from '#schema';
import type { Authenticate, AuthenticationFailure } from './authenticate.ts';
import { sendWhole } from './refusal.ts';

/** An HTTP answer that lets nobody in. */
export interface SignInRefusal {
  readonly status: 401 | 503;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly errors: readonly ReturnType<typeof describeRefusal>[] };
}

/** RFC 6750 §3 for a bad token; a key server that was never reached is our fault, and a new token would not help. */
export function describeFailure({ reason }: AuthenticationFailure): SignInRefusal {
  const error = describeRefusal(reason, null);
  const body = { errors: [error] };
  if (reason === 'AGENCY_UNAVAILABLE') return { status: 503, headers: { 'retry-after': '30' }, body };
  const challenge = `Bearer error="invalid_token", error_description="${error.message}"`;
  return { status: 401, headers: { 'www-authenticate': challenge }, body };
}

export function sendFailure(response: ServerResponse, failure: AuthenticationFailure): void {
  const { status, headers, body } = describeFailure(failure);
  const always = { 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' };
  sendWhole(response, { status, headers: { ...headers, ...always }, text: JSON.stringify(body) });
}

/** The refusal of a token that is where none may be. */
export const misplacedToken: AuthenticationFailure = { kind: 'refused', reason: 'TOKEN_INVALID' };

/** In the address it stands in logs and histories (RFC 6750 §5.3). */
function isTokenInAddress(url: string): boolean {
  const start = url.indexOf('?');
  return start >= 0 && new URLSearchParams(url.slice(start)).has('access_token');
}

const isRepeated = ({ headersDistinct }: IncomingMessage): boolean =>
  (headersDistinct['authorization']?.length ?? 0) > 1;

/** Who asks. A token in the address and two `authorization` headers are refused. */
export async function signIn(
  authenticate: Authenticate,
  request: IncomingMessage,
): Promise<Caller | AuthenticationFailure> {
  if (isTokenInAddress(request.url ?? '') || isRepeated(request)) return misplacedToken;
  return authenticate(request.headers.authorization);
}

/** Whether a parsed body holds a token (RFC 6750 §2.2), where nobody would look for it. */
export const isTokenInBody = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && Object.hasOwn(body, 'access_token');
