import type { Outcome, TellOutcome } from './breaker.ts';
import { agencyFailure } from './failure.ts';
import type { AgencyAnswer, AgencyRequest } from './request.ts';

/** Why there is no answer. */
export type CallFault =
  'SUBGRAPH_TIMEOUT' | 'SUBGRAPH_UNAVAILABLE' | 'SUBGRAPH_BAD_RESPONSE' | 'REQUEST_CANCELLED';

const outcomes: Readonly<Record<CallFault, Outcome>> = {
  SUBGRAPH_TIMEOUT: 'OUTAGE',
  SUBGRAPH_UNAVAILABLE: 'OUTAGE',
  SUBGRAPH_BAD_RESPONSE: 'UNUSABLE',
  REQUEST_CANCELLED: 'UNTOLD',
};

/** What all calls of one agency have in common. */
export interface CallSetting {
  readonly agency: string;
  readonly timeoutMs: number;
  /** Told before anybody else that a call has ended. */
  readonly onEnd: (call: Call, outcome: Outcome) => void;
}

/**
 * One request under way. It ends once: answered, failed, late or left; what comes afterwards is not heard. It is a plain
 * object whose functions stand beside it: one is made for every fetch.
 */
export interface Call {
  readonly setting: CallSetting;
  readonly request: AgencyRequest;
  readonly resolve: (answer: AgencyAnswer) => void;
  readonly reject: (reason: unknown) => void;
  readonly tell: TellOutcome;
  isOver: boolean;
  /** What to stop when it ends because it is late or left. */
  stop: (() => void) | undefined;
  timer: NodeJS.Timeout | undefined;
  /** An event listener of the request's signal. */
  readonly handleEvent: (this: Call) => void;
}

function endCall(call: Call, outcome: Outcome): void {
  call.isOver = true;
  clearTimeout(call.timer);
  call.request.signal?.removeEventListener('abort', call);
  call.setting.onEnd(call, outcome);
}

export function answerCall(call: Call, answer: AgencyAnswer): void {
  if (call.isOver) return;
  endCall(call, 'ANSWERED');
  call.resolve(answer);
}

export function failCall(call: Call, fault: CallFault): void {
  if (call.isOver) return;
  endCall(call, outcomes[fault]);
  call.reject(agencyFailure(fault, call.setting.agency));
}

function abandonCall(call: Call, fault: CallFault): void {
  failCall(call, fault);
  call.stop?.();
}

function leave(this: Call): void {
  abandonCall(this, 'REQUEST_CANCELLED');
}

/**
 * A call that ends by itself when its client leaves or its time is over, from now to the last byte: at once, coded, whatever
 * is under way.
 */
export function openCall(
  setting: CallSetting,
  request: AgencyRequest,
  tell: TellOutcome,
  { resolve, reject }: Pick<Call, 'resolve' | 'reject'>,
): Call {
  const call: Call = {
    setting,
    request,
    resolve,
    reject,
    tell,
    isOver: false,
    stop: undefined,
    timer: undefined,
    handleEvent: leave,
  };
  call.timer = setTimeout(abandonCall, setting.timeoutMs, call, 'SUBGRAPH_TIMEOUT');
  request.signal?.addEventListener('abort', call);
  return call;
}
