import { randomUUID } from 'node:crypto';
import { request } from 'undici';
import { signJws, verifyJws, type MacKey } from './jws.ts';

/** `typ` of a call between services, and of its answer: neither can stand for the other, nor for a caller token. */
export const signedCallType = 'call+jwt';
export const signedAnswerType = 'answer+jwt';
/** Life of a call in seconds. */
export const signedCallTtlSeconds = 10;
/** The longest answer that is read, in bytes. */
export const maxAnswerBytes = 8_388_608;

/** One call of one service to another, as it is signed. Instants in epoch seconds. */
export interface SignedCall {
  readonly iss: string;
  /** What is called: `register` or `notices`. */
  readonly aud: string;
  readonly iat: number;
  readonly exp: number;
  /** Good for one call; the answer repeats it. */
  readonly jti: string;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** Carries a signed call to the other service and its answer back, both as they are; rejects when there is none in time. */
export type CarryCall = (token: string, timeoutMs: number) => Promise<string>;

/** How and as whom a service calls another. */
export interface SignedTarget {
  readonly carry: CarryCall;
  /** Shared by both sides, and nobody else. */
  readonly key: MacKey;
  readonly issuer: string;
  /** What is called: `register` or `notices`. */
  readonly audience: string;
  readonly now: () => Date;
  /** Limit of the whole call, default 1000 ms. */
  readonly timeoutMs?: number;
}

/** A signed call that was not answered, or not by the one who holds the key. Says nothing of host or content. */
export class SignedCallError extends Error {
  override readonly name = 'SignedCallError';
}

function makeCall(target: SignedTarget, method: string, args: readonly unknown[]): SignedCall {
  const iat = Math.floor(target.now().getTime() / 1000);
  const { issuer: iss, audience: aud } = target;
  return { iss, aud, iat, exp: iat + signedCallTtlSeconds, jti: randomUUID(), method, args };
}

async function readLimited(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) throw new SignedCallError('The answer to a signed call is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Calls go to that URL. */
export function carryOverHttp(url: string): CarryCall {
  const headers = { 'content-type': 'application/jose' };
  return async (body, timeoutMs) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await request(url, { method: 'POST', headers, body, signal });
    if (response.statusCode === 200) return readLimited(response.body);
    response.body.on('error', () => {}).destroy();
    throw new SignedCallError(`A signed call was refused with status ${response.statusCode}.`);
  };
}

/**
 * Calls a method of another service and answers its result. Rejects with {@link SignedCallError} when there is no
 * answer in time, a refusal, or an answer that is not signed for exactly this call.
 */
export async function callSigned(
  target: SignedTarget,
  method: string,
  args: readonly unknown[],
): Promise<unknown> {
  const { carry, key, timeoutMs = 1000 } = target;
  const call = makeCall(target, method, args);
  const text = await carry(signJws(call, signedCallType, key), timeoutMs).catch((error: unknown) => {
    if (error instanceof SignedCallError) throw error;
    throw new SignedCallError('A signed call was not answered.');
  });
  const answer = verifyJws(text, signedAnswerType, key);
  if (answer?.['jti'] === call.jti) return answer['result'];
  throw new SignedCallError('The answer to a signed call is not signed for it.');
}
