import { faultOf, isAway, type Target } from './alone.ts';
import { isPlain } from './answer.ts';
import { awaitAnswers, type Pending } from './answered.ts';
import { failCall, type Call, type CallFault } from './call.ts';
import { exchange, type AnswerReader, type ExchangeFault } from './exchange.ts';
import { headersOfMany } from './written.ts';

/** Calls to send in one request, by id: each is taken out when it has its answer. */
export interface Batch {
  readonly calls: Map<number, Call>;
  readonly body: string;
  /** The token of any of them. */
  readonly callerToken: string;
}

export interface BatchEnd {
  /** Nothing of them ran, or nobody knows: queries that may be sent once more, each alone. */
  readonly onAlone: (call: Call) => void;
  /** The agency does not know batches. */
  readonly onUnknown: () => void;
  /** The exchange is over. */
  readonly onEnd: () => void;
}

const isLines = (contentType: string): boolean =>
  /^application\/jsonl\s*(;|$)/.test(contentType) && !/charset=(?!"?utf-?8)/.test(contentType);

/** The agency has no such place. */
const isUnknown = (status: number): boolean => status === 404 || status === 405;

/** How long an agency may keep a connection that has nothing left to say. */
const lingerMs = 1000;

interface Reading extends BatchEnd {
  readonly pending: Pending;
  /** Ends the exchange from our side. */
  readonly stop: () => void;
}

/** Reads lines, each for its call. A refusal of the whole means that nothing ran; its calls go alone. */
function readMany({ pending, onAlone, onUnknown, onEnd, stop }: Reading): AnswerReader {
  let status = 200;
  let linger: NodeJS.Timeout | undefined;
  const finish = (settle: (call: Call) => void): void => {
    clearTimeout(linger);
    for (const call of pending.takeRest()) settle(call);
    onEnd();
  };
  const failAll = (fault: CallFault): void => finish((call) => failCall(call, fault));
  const failed = (fault: ExchangeFault): void => {
    if (isUnknown(status)) onUnknown();
    if (status >= 400 && status < 500) finish(onAlone);
    else if (isAway(status)) failAll('SUBGRAPH_UNAVAILABLE');
    else if (fault === 'UNUSABLE') failAll(faultOf(fault));
    else finish(onAlone);
  };
  return {
    begin: (head) => {
      status = head.status;
      return status === 200 && isLines(head.contentType) && isPlain(head);
    },
    take: (chunk) => {
      const isMeantWell = pending.lines.take(chunk);
      if (pending.isEmpty()) linger ??= setTimeout(stop, lingerMs);
      return isMeantWell;
    },
    end: () => {
      pending.lines.end();
      failAll('SUBGRAPH_BAD_RESPONSE');
    },
    fail: failed,
  };
}

/**
 * Sends several calls in one request. A call that ends before its answer leaves the others alone; when none is left, the
 * exchange ends at once.
 */
export function sendMany({ pool, batchPath: path, maxBytes }: Target, batch: Batch, end: BatchEnd): void {
  const pending = awaitAnswers(batch.calls, maxBytes);
  let isEnded = false;
  const onEnd = (): void => {
    if (!isEnded) end.onEnd();
    isEnded = true;
  };
  const stop = (): void => {
    stopExchange();
    onEnd();
  };
  for (const [id, call] of batch.calls)
    call.stop = () => {
      pending.drop(id);
      if (pending.isEmpty() && !isEnded) stop();
    };
  const sent = { method: 'POST' as const, path, headers: headersOfMany(batch.callerToken), body: batch.body };
  const stopExchange = exchange(pool, sent, readMany({ ...end, onEnd, pending, stop }));
}
