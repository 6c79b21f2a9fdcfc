import type { Dispatcher } from 'undici';
import { readAnswer } from './answer.ts';
import { createGrowingBody } from './body.ts';
import { answerCall, failCall, type Call, type CallFault } from './call.ts';
import { exchange, type AnswerHead, type AnswerReader, type ExchangeFault } from './exchange.ts';
import { bodyOf, headersOf } from './written.ts';

/** An agency's place, and how much of an answer is read. */
export interface Target {
  readonly pool: Dispatcher;
  readonly path: string;
  /** Where several calls go in one request. */
  readonly batchPath: string;
  /** Of the answer to one call. */
  readonly maxBytes: number;
}

/** Answers of a proxy that cannot reach the agency. RFC 9110, sections 15.6.3 to 15.6.5. */
export const isAway = (status: number): boolean => status >= 502 && status <= 504;

export const faultOf = (fault: ExchangeFault): CallFault =>
  fault === 'UNUSABLE' ? 'SUBGRAPH_BAD_RESPONSE' : 'SUBGRAPH_UNAVAILABLE';

/** Reads the answer to one call. */
function readCall(
  call: Call,
  maxBytes: number,
  onFault: AnswerReader['fail'],
  onEnd: () => void,
): AnswerReader {
  const body = createGrowingBody(maxBytes);
  let head: AnswerHead | undefined;
  return {
    begin: (given) => {
      head = given;
      return !(given.length > maxBytes);
    },
    take: (chunk) => body.add(chunk),
    end: () => {
      const answer = head ? readAnswer(head, body.bytes()) : null;
      if (answer) answerCall(call, answer);
      else failCall(call, head && isAway(head.status) ? 'SUBGRAPH_UNAVAILABLE' : 'SUBGRAPH_BAD_RESPONSE');
      onEnd();
    },
    fail: onFault,
  };
}

export interface AloneOptions {
  /** Whether one that found no connection is sent once more. */
  readonly mayRepeat: boolean;
  /** The exchange is over, whatever became of the call. */
  readonly onEnd?: () => void;
}

/** Sends one call in a request of its own. */
export function sendAlone(target: Target, call: Call, { mayRepeat, onEnd = () => {} }: AloneOptions): void {
  const { pool, path, maxBytes } = target;
  const sent = {
    method: 'POST' as const,
    path,
    headers: headersOf(call.request),
    body: bodyOf(call.request),
  };
  const attempt = (onFault: AnswerReader['fail']): void => {
    const stop = exchange(pool, sent, readCall(call, maxBytes, onFault, onEnd));
    call.stop = () => {
      stop();
      onEnd();
    };
  };
  const giveUp = (fault: ExchangeFault): void => {
    failCall(call, faultOf(fault));
    onEnd();
  };
  attempt((fault) => {
    if (fault === 'NOT_REACHED' && mayRepeat) attempt(giveUp);
    else giveUp(fault);
  });
}
