import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';

type Answer = { data?: Record<string, unknown> | null; errors?: unknown; [key: string]: unknown };
/** What a troubled agency does in place of sending its answer. */
export type Fault = (response: ServerResponse, answer: Answer) => void;

const json = { 'content-type': 'application/json' };
const send = (
  response: ServerResponse,
  body: string | Buffer,
  headers: Record<string, string> = json,
): void => void response.writeHead(200, headers).end(body);
const entitiesOf = ({ data }: Answer): unknown[] => (data?.['_entities'] ?? []) as unknown[];
const withEntities = (change: (entities: unknown[]) => unknown): Fault =>
  function answerChanged(response, answer) {
    const isOfEntities = answer.data?.['_entities'] !== undefined;
    send(response, isOfEntities ? JSON.stringify({ data: { _entities: change(entitiesOf(answer)) } }) : '{}');
  };

const megabyte = Buffer.alloc(2 ** 20, '[1,2],');

/** 300 MB, as fast as they are taken. */
const flood: Fault = (response) => {
  response.writeHead(200, json).write('{"data":{"latest":[');
  let left = 300;
  const pour = (): void => {
    while (left-- > 0 && !response.destroyed)
      if (!response.write(megabyte)) return void response.once('drain', pour);
    response.end();
  };
  pour();
};

/** Members of a gzip file stand one after the other: 300 MB in 300 kB. */
const bomb = Buffer.concat(Array<Buffer>(300).fill(gzipSync(Buffer.alloc(2 ** 20, ' '))));

const drip: Fault = (response) => {
  response.writeHead(200, json).write('{"data":');
  const timer = setInterval(() => response.write(' '), 10);
  response.once('close', () => clearInterval(timer));
};

const later = (ms: number): Fault =>
  function answerLate(response, answer) {
    const timer = setTimeout(() => send(response, JSON.stringify(answer)), ms);
    response.once('close', () => clearTimeout(timer));
  };

const manyErrors = `{"errors":[${'{},'.repeat(999_999)}{}]}`;
const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** The faults that an answer can have, by name, with the code that a client is told. */
export const faults: Readonly<Record<string, readonly [code: string, fault: Fault]>> = {
  '500 with data': [
    'SUBGRAPH_BAD_RESPONSE',
    (response, answer) => void response.writeHead(500, json).end(JSON.stringify(answer)),
  ],
  '500 with text': [
    'SUBGRAPH_BAD_RESPONSE',
    (response) => void response.writeHead(500).end('SELECT secret at 10.0.0.1'),
  ],
  '503 of a proxy': ['SUBGRAPH_UNAVAILABLE', (response) => void response.writeHead(503).end('no upstream')],
  'a redirection': [
    'SUBGRAPH_BAD_RESPONSE',
    (response) => void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
  ],
  HTML: [
    'SUBGRAPH_BAD_RESPONSE',
    (response) => send(response, '<h1>It works!</h1>', { 'content-type': 'text/html' }),
  ],
  'garbage for JSON': [
    'SUBGRAPH_BAD_RESPONSE',
    (response) => send(response, Buffer.from([0, 255, 254, 123, 34])),
  ],
  'garbage for HTTP': [
    'SUBGRAPH_BAD_RESPONSE',
    (response) => void response.socket?.end('hello, who is there?\r\n\r\n'),
  ],
  'a truncated body': [
    'SUBGRAPH_BAD_RESPONSE',
    (response, answer) => send(response, JSON.stringify(answer).slice(0, -3)),
  ],
  'an empty body': ['SUBGRAPH_BAD_RESPONSE', (response) => send(response, '')],
  'no content': ['SUBGRAPH_BAD_RESPONSE', (response) => void response.writeHead(204).end()],
  'wrong content type': [
    'SUBGRAPH_BAD_RESPONSE',
    (response, answer) => send(response, JSON.stringify(answer), { 'content-type': 'text/plain' }),
  ],
  'reset before the answer': ['SUBGRAPH_UNAVAILABLE', (response) => void response.socket?.resetAndDestroy()],
  'reset in the body': [
    'SUBGRAPH_UNAVAILABLE',
    (response, answer) => {
      const text = JSON.stringify(answer);
      response.writeHead(200, { ...json, 'content-length': text.length });
      response.write(text.slice(0, -3), () => response.socket?.resetAndDestroy());
    },
  ],
  'too late': ['SUBGRAPH_TIMEOUT', later(5_000)],
  'never answering': ['SUBGRAPH_TIMEOUT', () => {}],
  'headers and no body': ['SUBGRAPH_TIMEOUT', (response) => response.writeHead(200, json).flushHeaders()],
  'a dripping body': ['SUBGRAPH_TIMEOUT', drip],
  '300 MB': ['SUBGRAPH_BAD_RESPONSE', flood],
  '300 MB, announced': [
    'SUBGRAPH_BAD_RESPONSE',
    (response) => response.writeHead(200, { ...json, 'content-length': 3e8 }).flushHeaders(),
  ],
  'a gzip bomb': [
    'SUBGRAPH_BAD_RESPONSE',
    (response) => send(response, bomb, { ...json, 'content-encoding': 'gzip' }),
  ],
  'JSON 100,000 deep': [
    'SUBGRAPH_BAD_RESPONSE',
    (response) => send(response, `{"data":{"latest":${deep(1e5)},"_entities":[{"reviews":${deep(1e5)}}]}}`),
  ],
  'a list for data': ['SUBGRAPH_BAD_RESPONSE', (response) => send(response, '{"data":[1,2]}')],
  'errors that are none': [
    'SUBGRAPH_BAD_RESPONSE',
    (response) => send(response, '{"data":null,"errors":[null,"x"]}'),
  ],
  'a million errors': ['SUBGRAPH_BAD_RESPONSE', (response) => send(response, manyErrors)],
  'nothing, and no reason': ['SUBGRAPH_BAD_RESPONSE', (response) => send(response, '{"data":null}')],
  'entities in another order': [
    'SUBGRAPH_BAD_RESPONSE',
    withEntities(([first, ...others]) => [...others, first]),
  ],
  'too few entities': ['SUBGRAPH_BAD_RESPONSE', withEntities((entities) => entities.slice(1))],
  'too many entities': ['SUBGRAPH_BAD_RESPONSE', withEntities((entities) => [...entities, ...entities])],
  'entities that are no list': ['SUBGRAPH_BAD_RESPONSE', withEntities(() => ({ 0: null }))],
  'entities that are no objects': [
    'SUBGRAPH_BAD_RESPONSE',
    withEntities((entities) => entities.map(() => 1)),
  ],
  'entities without their keys': [
    'SUBGRAPH_BAD_RESPONSE',
    withEntities((entities) => entities.map(() => ({ reviews: ['foreign'] }))),
  ],
};

export interface SubgraphSource {
  readonly sdl: string;
  readonly resolvers: object;
}

const federation = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])';
export const readSdl = (sdl: string) => parse(`${federation}\n${sdl}`);

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** A foreign subgraph over real HTTP that answers well, or with a fault. */
export async function startFaultyAgency({ sdl, resolvers }: SubgraphSource) {
  const schema = buildSubgraphSchema({ typeDefs: readSdl(sdl), resolvers } as Parameters<
    typeof buildSubgraphSchema
  >[0]);
  let fault: Fault | null = null;
  let received = 0;
  const sockets = new Set<Socket>();
  const inFlight = new Set<ServerResponse>();
  let mostSockets = 0;
  const waiting = new Set<() => void>();
  const tell = (): void => {
    for (const look of waiting) look();
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { query: source, variables: variableValues } = JSON.parse(await readBody(request)) as never;
    const good = JSON.parse(JSON.stringify(await graphql({ schema, source, variableValues }))) as Answer;
    if (fault) fault(response, good);
    else send(response, JSON.stringify(good));
  };
  const server: Server = createServer((request, response) => {
    received += 1;
    inFlight.add(response);
    response.once('close', () => {
      inFlight.delete(response);
      tell();
    });
    answer(request, response).catch(() => response.destroy());
    tell();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    mostSockets = Math.max(mostSockets, sockets.size);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  const open = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await open(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    /** `null`: all is well again. */
    set: (next: Fault | null): void => void (fault = next),
    close,
    reopen: () => open(port),
    received: () => received,
    inFlight: () => inFlight.size,
    mostSockets: () => mostSockets,
    /** Resolves when as many requests are being answered. */
    untilInFlight: (count: number): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (inFlight.size !== count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

export type FaultyAgency = Awaited<ReturnType<typeof startFaultyAgency>>;
