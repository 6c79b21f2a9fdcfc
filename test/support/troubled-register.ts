import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What may be wrong with the register on the way to it. */
export const troubles = [
  'refuses connections',
  'hangs',
  'answers text',
  'answers JSON',
  'answers with a wrong signature',
  'answers 500',
  'breaks off',
] as const;
export type Trouble = (typeof troubles)[number];

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

async function readBody(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const flipped = (token: string): string => `${token.slice(0, -4)}${token.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;

/** Stands between the register and who asks it; troubled as the test says. */
export async function startTroubledRegister() {
  let origin = '';
  let trouble: Trouble | null = null;
  const held = new Set<ServerResponse>();
  const pass = async (request: IncomingMessage): Promise<string> => {
    const body = (await readBody(request)) as Uint8Array<ArrayBuffer>;
    const headers = { 'content-type': 'application/jose' };
    const answer = await fetch(new URL(request.url ?? '/', origin), { method: 'POST', headers, body });
    return answer.text();
  };
  const answers: Readonly<Record<Exclude<Trouble, 'refuses connections'> | 'nothing', Answer>> = {
    nothing: async (request, response) => void response.end(await pass(request)),
    hangs: async (_, response) => void held.add(response),
    'answers text': async (_, response) => void response.end('It works!'),
    'answers JSON': async (_, response) => void response.end('{"result":[{"client":{"isFirstParty":true}}]}'),
    'answers with a wrong signature': async (request, response) =>
      void response.end(flipped(await pass(request))),
    'answers 500': async (_, response) => void response.writeHead(500).end(),
    'breaks off': async (request, response) => {
      const text = await pass(request);
      response.writeHead(200, { 'content-length': text.length });
      response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
    },
  };
  let asked = 0;
  const server: Server = createServer((request, response) => {
    asked += 1;
    const answer = trouble === 'refuses connections' ? undefined : answers[trouble ?? 'nothing'];
    answer?.(request, response).catch(() => response.destroy());
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const open = (port: number): Promise<void> =>
    new Promise((resolve) => void server.listen(port, '127.0.0.1', () => resolve()));
  const shut = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  await open(0);
  const { port } = server.address() as AddressInfo;
  /** `null`: all is well again. */
  const set = async (next: Trouble | null): Promise<void> => {
    if (next === 'refuses connections') await shut();
    else if (trouble === 'refuses connections') await open(port);
    trouble = next;
    for (const response of held) response.destroy();
    held.clear();
  };
  return {
    /** Where the register is found, in the place of its own address. */
    urlOf: (address: string): string => {
      origin = address;
      return `http://127.0.0.1:${port}/graphql`;
    },
    set,
    /** How often it was called since the last time this was asked. */
    takeCount: (): number => {
      const count = asked;
      asked = 0;
      return count;
    },
    close: async (): Promise<void> => void (server.listening && (await shut())),
  };
}
