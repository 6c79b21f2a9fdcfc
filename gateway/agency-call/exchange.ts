import { errors, type Dispatcher } from 'undici';

/** The head of an HTTP answer; what it says in lower case. */
export interface AnswerHead {
  readonly status: number;
  readonly contentType: string;
  readonly contentEncoding: string;
  /** As announced; `NaN` when it is not. */
  readonly length: number;
}

/**
 * Why there is no whole HTTP answer. `NOT_REACHED`: no connection, or it was lost before the answer began. `BROKEN_OFF`: it
 * was lost in the middle of the answer. `UNUSABLE`: what came is not HTTP, or its reader would not have it.
 */
export type ExchangeFault = 'NOT_REACHED' | 'BROKEN_OFF' | 'UNUSABLE';

/** Takes an answer piece by piece: there is no stream that could be left unread or fail unheard. */
export interface AnswerReader {
  /** Whether it will have what follows. */
  readonly begin: (head: AnswerHead) => boolean;
  /** Whether it will have more. */
  readonly take: (chunk: Buffer) => boolean;
  /** The answer came whole. Either this or `fail` is called, once. */
  readonly end: () => void;
  readonly fail: (fault: ExchangeFault) => void;
}

/** Why we ended an exchange; never thrown, so its stack may be anybody's. */
const refused = new Error('The answer is not wanted.');
const stopped = new Error('Nobody waits for the answer.');

const notHttp = [
  errors.HTTPParserError,
  errors.HeadersOverflowError,
  errors.ResponseContentLengthMismatchError,
];

function faultOf(error: Error, hasBegun: boolean): ExchangeFault {
  if (error === refused || notHttp.some((kind) => error instanceof kind)) return 'UNUSABLE';
  return hasBegun ? 'BROKEN_OFF' : 'NOT_REACHED';
}

const textOf = (header: string | string[] | undefined): string => String(header ?? '').toLowerCase();

type Headers = Readonly<Record<string, string | string[] | undefined>>;

const headOf = (status: number, headers: Headers): AnswerHead => ({
  status,
  contentType: textOf(headers['content-type']),
  contentEncoding: textOf(headers['content-encoding']),
  length: Number(headers['content-length'] ?? NaN),
});

/** Sends one request. What it answers ends the exchange at once; its reader then hears nothing more. */
export function exchange(
  dispatcher: Dispatcher,
  sent: Dispatcher.DispatchOptions,
  reader: AnswerReader,
): () => void {
  let current: Dispatcher.DispatchController | undefined;
  let isStopped = false;
  let hasBegun = false;
  dispatcher.dispatch(sent, {
    onRequestStart: (controller) => {
      current = controller;
      if (isStopped) controller.abort(stopped);
    },
    onResponseStart: (controller, status, headers) => {
      if (status < 200 || isStopped) return;
      hasBegun = true;
      if (!reader.begin(headOf(status, headers))) controller.abort(refused);
    },
    onResponseData: (controller, chunk) => {
      if (!isStopped && !reader.take(chunk)) controller.abort(refused);
    },
    onResponseEnd: () => {
      if (isStopped) return;
      if (hasBegun) reader.end();
      else reader.fail('UNUSABLE');
    },
    onResponseError: (_, error) => {
      if (!isStopped) reader.fail(faultOf(error, hasBegun));
    },
  });
  return () => {
    isStopped = true;
    current?.abort(stopped);
  };
}
