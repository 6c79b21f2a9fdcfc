import { errors, type Dispatcher } from 'undici';
import { createGrowingBody } from './body.ts';

/** An HTTP answer that came whole. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly contentEncoding: string;
  readonly body: Buffer;
}

/**
 * Why there is no HTTP answer. `NOT_REACHED`: no connection, or it was lost before the answer began. `BROKEN_OFF`: it was
 * lost in the middle of the answer. `UNUSABLE`: what came is not HTTP, or too large.
 */
export type ExchangeFault = 'NOT_REACHED' | 'BROKEN_OFF' | 'UNUSABLE';

export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly fault: ExchangeFault;
  constructor(fault: ExchangeFault) {
    super(fault);
    this.fault = fault;
  }
}

const notHttp = [
  errors.HTTPParserError,
  errors.HeadersOverflowError,
  errors.ResponseContentLengthMismatchError,
];

function faultOf(error: Error, hasBegun: boolean): ExchangeFault {
  if (notHttp.some((kind) => error instanceof kind)) return 'UNUSABLE';
  return hasBegun ? 'BROKEN_OFF' : 'NOT_REACHED';
}

export interface ExchangeOptions {
  /** Of the body, as it comes over the wire. */
  readonly maxBytes: number;
  /** Ends the exchange at once; its reason is what the exchange rejects with. */
  readonly signal: AbortSignal;
}

interface Waiting extends ExchangeOptions {
  readonly resolve: (answer: HttpAnswer) => void;
  readonly reject: (reason: unknown) => void;
}

const textOf = (header: string | string[] | undefined): string => String(header ?? '').toLowerCase();

/** Takes the answer piece by piece. There is no stream that could be left unread or fail unheard. */
function createReceiver({ maxBytes, signal, resolve, reject }: Waiting): Dispatcher.DispatchHandler {
  const body = createGrowingBody(maxBytes);
  let head: Omit<HttpAnswer, 'body'> | undefined;
  let abort = (): void => {};
  const stop = (): void => {
    reject(signal.reason);
    abort();
  };
  const refuse = (controller: Dispatcher.DispatchController): void =>
    controller.abort(new ExchangeError('UNUSABLE'));
  signal.addEventListener('abort', stop, { once: true });
  return {
    onRequestStart: (controller) => {
      abort = () => controller.abort(new ExchangeError('BROKEN_OFF'));
      if (signal.aborted) abort();
    },
    onResponseStart: (controller, status, headers) => {
      if (status < 200) return;
      const [contentType, contentEncoding] = [headers['content-type'], headers['content-encoding']];
      head = { status, contentType: textOf(contentType), contentEncoding: textOf(contentEncoding) };
      if (Number(headers['content-length']) > maxBytes) refuse(controller);
    },
    onResponseData: (controller, chunk) => void (body.add(chunk) || refuse(controller)),
    onResponseEnd: () =>
      head ? resolve({ ...head, body: body.bytes() }) : reject(new ExchangeError('UNUSABLE')),
    onResponseError: (_, error) =>
      reject(error instanceof ExchangeError ? error : new ExchangeError(faultOf(error, head !== undefined))),
  };
}

/** Sends one request and waits for the whole answer. Rejects with an `ExchangeError` or the signal's reason. */
export function exchange(
  dispatcher: Dispatcher,
  sent: Dispatcher.DispatchOptions,
  options: ExchangeOptions,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    if (options.signal.aborted) return reject(options.signal.reason);
    dispatcher.dispatch(sent, createReceiver({ ...options, resolve, reject }));
  });
}
