import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { signedAnswerType, signedCallType, signJws, verifyJws, type MacKey, type SignedCall } from '#schema';
import { readBody } from './http/body.ts';
import { pathOf, type InternalRoute } from './http/route.ts';

/** Methods of a service by name. One that throws {@link CallRefused} is not for this caller, or not with such arguments. */
export type SignedMethods = Readonly<
  Record<string, (args: readonly unknown[], issuer: string) => Promise<unknown>>
>;

export interface SignedServiceOptions {
  /** What is called. */
  readonly audience: string;
  /** The key shared with a caller; `undefined` for somebody who may not call. */
  readonly keyOf: (issuer: string) => MacKey | undefined;
  readonly methods: SignedMethods;
  readonly now: () => Date;
}

/** The call is answered with 401, like one that is not signed right. */
export class CallRefused extends Error {
  override readonly name = 'CallRefused';
}

/** How far the clocks of two services may differ, and how long a call may live, in seconds. */
const skewSeconds = 5;
const longestLifeSeconds = 30;

/** Who says to call; not to be believed before the signature is verified. */
function claimedIssuerOf(token: string): string | null {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const iss = (payload as { readonly iss?: unknown } | null)?.iss;
    return typeof iss === 'string' ? iss : null;
  } catch {
    return null;
  }
}

function isCall(payload: object): payload is SignedCall {
  const { iss, aud, iat, exp, jti, method, args } = payload as Record<string, unknown>;
  const areTexts = [iss, aud, jti, method].every((each) => typeof each === 'string');
  return areTexts && Number.isInteger(iat) && Number.isInteger(exp) && Array.isArray(args);
}

function isTimely({ iat, exp }: SignedCall, nowSeconds: number): boolean {
  const isShort = exp > iat && exp - iat <= longestLifeSeconds;
  return isShort && iat <= nowSeconds + skewSeconds && nowSeconds < exp + skewSeconds;
}

/** Remembers calls for as long as they could be sent again; the oldest leave first. */
function createNonces() {
  const seen = new Map<string, number>();
  return {
    /** Whether it is the first time. */
    admit({ iss, jti, exp }: SignedCall, nowSeconds: number): boolean {
      for (const [text, until] of seen) {
        if (until > nowSeconds) break;
        seen.delete(text);
      }
      const text = `${iss}/${jti}`;
      if (seen.has(text)) return false;
      seen.set(text, exp + skewSeconds);
      return true;
    },
  };
}

/** The call of a token; `null` for whatever is wrong with it. */
function createVerifier({ audience, keyOf, now }: SignedServiceOptions) {
  const nonces = createNonces();
  return (token: unknown): { readonly call: SignedCall; readonly key: MacKey } | null => {
    const issuer = typeof token === 'string' ? claimedIssuerOf(token) : null;
    const key = issuer === null ? undefined : keyOf(issuer);
    const call = key && verifyJws(String(token), signedCallType, key);
    const nowSeconds = now().getTime() / 1000;
    if (!key || !call || !isCall(call) || call.aud !== audience || !isTimely(call, nowSeconds)) return null;
    return nonces.admit(call, nowSeconds) ? { call, key } : null;
  };
}

/** What is answered to a signed call: the signed result, or a status that does not say why. */
export type SignedReply =
  { readonly status: 200; readonly token: string } | { readonly status: 401 | 503; readonly token?: never };

/** Answers signed calls, however they were carried here; never rejects. */
export type AnswerSigned = (token: unknown) => Promise<SignedReply>;

/**
 * Answers signed calls: 401 when anything is wrong with one (form, signature, time, a second use, method, arguments),
 * 503 when its method fails.
 */
export function createSignedAnswers(options: SignedServiceOptions): AnswerSigned {
  const { methods } = options;
  const verify = createVerifier(options);
  return async (token) => {
    const verified = verify(token);
    const { call } = verified ?? {};
    const method = call && Object.hasOwn(methods, call.method) ? methods[call.method] : undefined;
    if (!verified || !call || !method) return { status: 401 };
    try {
      const result = await method(call.args, call.iss);
      return { status: 200, token: signJws({ jti: call.jti, result }, signedAnswerType, verified.key) };
    } catch (error) {
      return { status: error instanceof CallRefused ? 401 : 503 };
    }
  };
}

/** The largest call that is read. */
const maxCallBytes = 2 * 2 ** 20;

function sendText(response: ServerResponse, status: number, type: string, text: string): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

/** The text of a call; `undefined` when it is compressed or too long. */
async function readCall(request: IncomingMessage, response: ServerResponse): Promise<string | undefined> {
  const isPlain = (request.headers['content-encoding'] ?? 'identity').toLowerCase() === 'identity';
  const body = isPlain ? await readBody(request, maxCallBytes) : 'TOO_LARGE';
  if (Buffer.isBuffer(body)) return body.toString('utf8');
  response.shouldKeepAlive = false;
  return undefined;
}

/** Serves signed calls at `/<audience>`; what is too long or no text is answered like what is not signed right. */
export function serveSigned(audience: string, answerCall: AnswerSigned): InternalRoute {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, token } = await answerCall(await readCall(request, response));
    if (token === undefined)
      sendText(response, status, 'text/plain; charset=utf-8', STATUS_CODES[status] ?? '');
    else sendText(response, status, 'application/jose', token);
  };
  return (request, response, next) => {
    if (pathOf(request) === `/${audience}`) void answer(request, response);
    else next();
  };
}
