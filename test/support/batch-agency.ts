import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** One request among others, as it travels. */
export interface SentEntry {
  readonly id: number;
  readonly callerToken: string;
  readonly requestId: string;
  readonly request: { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> };
}

/** Answers several requests that came together. */
export type AnswerMany = (entries: readonly SentEntry[], response: ServerResponse) => void;

export const lineOf = ({ id, requestId, request }: SentEntry, more: object = {}): string =>
  `${JSON.stringify({ id, data: { latest: `${requestId} ${request.query}` }, ...more })}\n`;

export const linesHeaders = { 'content-type': 'application/jsonl; charset=utf-8' };
export const answerAll: AnswerMany = (entries, response) =>
  void response.writeHead(200, linesHeaders).end(entries.map((entry) => lineOf(entry)).join(''));

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as unknown;
}

/** An agency over real HTTP that takes batches, and answers them as a test wants. */
export async function startBatchAgency() {
  let many: AnswerMany = answerAll;
  let alone: ((response: ServerResponse) => boolean) | null = null;
  const heads: (string | undefined)[] = [];
  const sizes: number[] = [];
  const open = new Set<ServerResponse>();
  const sockets = new Set<Socket>();
  const watchers = new Set<() => void>();
  const tell = (): void => watchers.forEach((look) => look());
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readJson(request);
    heads.push(String(request.headers['x-caller-token']));
    sizes.push(Array.isArray(body) ? body.length : 1);
    tell();
    if (request.url === '/graphql/batch') return many(body as readonly SentEntry[], response);
    if (alone?.(response)) return;
    const { query } = body as SentEntry['request'];
    const data = { latest: `${String(request.headers['x-request-id'])} ${query}` };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
  };
  const server = createServer((request, response) => {
    open.add(response);
    response.once('close', () => {
      open.delete(response);
      tell();
    });
    answer(request, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  await once(server, 'listening');
  const until = (isTrue: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!isTrue()) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
    });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    answerMany: (next: AnswerMany): void => void (many = next),
    /** Answers whether it has dealt with a request that came alone; `null`: all is well again. */
    answerAlone: (next: ((response: ServerResponse) => boolean) | null): void => void (alone = next),
    /** How many requests of callers came in each HTTP request so far. */
    sizes: (): readonly number[] => sizes,
    /** The tokens before the bodies. */
    heads: (): readonly (string | undefined)[] => heads,
    untilAsked: (times: number): Promise<void> => until(() => sizes.length >= times),
    untilOpen: (count: number): Promise<void> => until(() => open.size === count),
    sockets: (): number => sockets.size,
    close: (): void => {
      server.close();
      server.closeAllConnections();
    },
  };
}

export type BatchAgency = Awaited<ReturnType<typeof startBatchAgency>>;
