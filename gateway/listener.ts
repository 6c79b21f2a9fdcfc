import {
  createServer,
  STATUS_CODES,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { describeRefusedRequest, type Refusal } from './refusal.ts';
import type { Traffic } from './traffic.ts';

/** How long a client may take to say what it wants. */
export interface PatienceLimits {
  /** Until the headers of a request are complete. */
  readonly headersTimeoutMs: number;
  /** Until a request is complete, body included; at least as long. */
  readonly requestTimeoutMs: number;
}

/** How a process ends. */
export interface DrainLimits {
  /** For so long it still answers, not ready and closing every connection it answers on. */
  readonly noticeMs: number;
  /** After so long from the beginning what is still under way is cut off. */
  readonly limitMs: number;
}

/** A supervisor's SIGTERM gives notice to load balancers; who presses Ctrl-C does not wait for them. */
export const drainLimitsFor = (signal: NodeJS.Signals, limits: DrainLimits): DrainLimits =>
  signal === 'SIGTERM' ? limits : { ...limits, noticeMs: 0 };

export const defaultPatience: PatienceLimits = { headersTimeoutMs: 10_000, requestTimeoutMs: 15_000 };

/** How often overdue connections are looked for. */
const checkMs = 1000;

function describeBroken({ code }: NodeJS.ErrnoException): Refusal {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { code: 'REQUEST_TIMEOUT', status: 408 };
  if (code === 'HPE_HEADER_OVERFLOW') return { code: 'REQUEST_TOO_LARGE', status: 431 };
  return { code: 'BAD_REQUEST', status: 400 };
}

function writeAnswer(refusal: Refusal): string {
  const body = JSON.stringify(describeRefusedRequest(refusal));
  const lines = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** Answers what never became a request: too slow, too long, or not HTTP. */
function answerBroken(server: Server): void {
  const answers = new WeakMap<Duplex, ServerResponse>();
  server.on('request', ({ socket }, response) => answers.set(socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const answer = answers.get(socket);
    const isAnswering = answer?.headersSent === true && !answer.writableFinished;
    if (!socket.writable || isAnswering || error.code === 'ECONNRESET') return void socket.destroy();
    socket.write(writeAnswer(describeBroken(error)));
    (socket as Socket).destroySoon();
  });
}

/** Sockets that have not sent a byte: browsers open them ahead, and nobody waits for an answer on them. */
function trackSilent(server: Server): { readonly closeSilent: () => void } {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const closeSilent = (): void => {
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  };
  return { closeSilent };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const words = `Port ${port} is in use. Stop what uses it, or choose another: PORT=4001 npm start`;
      reject(error.code === 'EADDRINUSE' ? new Error(words) : error);
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** A listening door. */
export interface Door {
  readonly port: number;
  /**
   * Ends without cutting anybody off. At once it is no longer ready, and answers close their connections, so that
   * clients and load balancers go elsewhere; after `noticeMs` it takes no new connection, and idle ones are closed;
   * requests in flight finish. Resolves when no connection is open, `limitMs` after the call at the latest.
   */
  readonly close: (traffic: Traffic, limits: DrainLimits) => Promise<void>;
}

/** Listens; rejects with a sentence when the port is taken. */
export async function openDoor(
  app: RequestListener,
  port: number,
  host: string,
  { headersTimeoutMs, requestTimeoutMs }: PatienceLimits = defaultPatience,
): Promise<Door> {
  const timeouts = { headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs };
  const connectionsCheckingInterval = Math.min(checkMs, headersTimeoutMs);
  const server = createServer({ ...timeouts, connectionsCheckingInterval }, app);
  answerBroken(server);
  const { closeSilent } = trackSilent(server);
  const close: Door['close'] = async (traffic, { noticeMs, limitMs }) => {
    traffic.drain();
    const cut = setTimeout(() => server.closeAllConnections(), limitMs);
    await wait(Math.min(noticeMs, limitMs));
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    closeSilent();
    await closed.finally(() => clearTimeout(cut));
  };
  return { port: await listen(server, port, host), close };
}
