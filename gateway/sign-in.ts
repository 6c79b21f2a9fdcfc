import type { IncomingMessage } from 'node:http';
import type { RequestHandler, Response } from 'express';
import { describeRefusal, type Caller } from '#schema';
import type { Authenticate, AuthenticationFailure } from './authenticate.ts';

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

const invalid: AuthenticationFailure = { kind: 'refused', reason: 'TOKEN_INVALID' };

function send(response: Response, failure: AuthenticationFailure): void {
  const { status, headers, body } = describeFailure(failure);
  response.status(status).set(headers).set('cache-control', 'no-store').json(body);
}

const isRepeated = ({ headersDistinct }: IncomingMessage): boolean =>
  (headersDistinct['authorization']?.length ?? 0) > 1;

/**
 * Puts who asks into `response.locals.caller`, or answers 401. A token in the address is refused, as it stands in logs
 * and histories (RFC 6750 §5.3), and so are two `authorization` headers.
 */
export function signIn(authenticate: Authenticate): RequestHandler {
  return async (request, response, next) => {
    if (Object.hasOwn(request.query, 'access_token') || isRepeated(request)) return send(response, invalid);
    const caller = await authenticate(request.headers.authorization);
    if (caller.kind === 'refused') return send(response, caller);
    response.locals['caller'] = caller;
    next();
  };
}

/** Refuses a token in a parsed body (RFC 6750 §2.2), where nobody would look for it. */
export const refuseTokenInBody: RequestHandler = (request, response, next) => {
  const body: unknown = request.body;
  if (typeof body === 'object' && body !== null && Object.hasOwn(body, 'access_token'))
    return send(response, invalid);
  next();
};

/** Who {@link signIn} found. @throws TypeError when it was not asked */
export function callerOf({ locals }: Response): Caller {
  const caller = locals['caller'] as Caller | undefined;
  if (caller) return caller;
  throw new TypeError('signIn comes before whoever asks for the caller.');
}
