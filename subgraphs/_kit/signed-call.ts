import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { signedAnswerType, signedCallType, signJws, verifyJws, type MacKey, type SignedCall } from '#schema';

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

/** Serves signed calls at `/<audience>`; what is too long or no text is answered like what is not signed right. */
export function serveSigned(audience: string, answerCall: AnswerSigned): RequestHandler {
  const answer: RequestHandler = async (request, response) => {
    const { status, token } = await answerCall(request.body);
    if (token === undefined) response.sendStatus(status);
    else response.type('application/jose').send(token);
  };
  const refuse: ErrorRequestHandler = (_, __, response, ___) => void response.sendStatus(401);
  const body = express.text({ type: () => true, limit: '2mb', inflate: false });
  return express.Router().use(`/${audience}`, body, answer, refuse);
}
