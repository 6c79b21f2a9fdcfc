import { once } from 'node:events';
import { connect } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { admitAnonymously } from '../../gateway/authenticate.ts';
import { readConfig } from '../../gateway/config.ts';
import { startGraph } from '../../gateway/graph.ts';
import { createDoor, openDoor, type Door } from '../../gateway/server.ts';
import { createTraffic } from '../../gateway/traffic.ts';
import { composeHeld } from '../support/held-agency.ts';
import { connectKeptAlive } from '../support/kept-alive.ts';

const patience = { headersTimeoutMs: 300, requestTimeoutMs: 600 };
let graph: Awaited<ReturnType<typeof startGraph>>;
let door: Door;
beforeAll(async () => {
  const supergraph = composeHeld('http://127.0.0.1:1/graphql');
  const askOf = () => async () => ({ data: { quick: 'at once' } });
  graph = await startGraph({ supergraph, askOf, ownScalars: false, log: pino({ level: 'silent' }) });
  const isReady = async (): Promise<boolean> => true;
  const shortWay = inject('shortWay');
  const options = { graph, authenticate: admitAnonymously, isReady, pages: [], origins: [], shortWay };
  door = await openDoor(createDoor(options), 0, '127.0.0.1', patience);
});
afterAll(async () => {
  await door.close(createTraffic({ maxInFlight: 1 }), { noticeMs: 0, limitMs: 1000 });
  await graph.stop();
});

/** What comes back on a connection until the server closes it. */
async function hear(bytes: string): Promise<{ readonly text: string; readonly tookMs: number }> {
  const startedMs = performance.now();
  const socket = connect(door.port, '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  socket.setTimeout(5000, () => socket.destroy(new Error('The server keeps the connection.')));
  socket.write(bytes);
  await once(socket, 'close');
  return { text, tookMs: performance.now() - startedMs };
}

const head = 'POST /graphql HTTP/1.1\r\nhost: here\r\ncontent-type: application/json\r\n';

test.each([
  ['headers that never end', head, 408, 'REQUEST_TIMEOUT', 300],
  ['nothing at all', '', 408, 'REQUEST_TIMEOUT', 300],
  ['a body that never ends', `${head}content-length: 100\r\n\r\n{"query":`, 408, 'REQUEST_TIMEOUT', 600],
  [
    'chunks that never end',
    `${head}transfer-encoding: chunked\r\n\r\n1\r\n{\r\n`,
    408,
    'REQUEST_TIMEOUT',
    600,
  ],
  ['headers of 20 kB', `${head}x: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'REQUEST_TOO_LARGE', 0],
  ['what is not HTTP', 'hello\r\n\r\n', 400, 'BAD_REQUEST', 0],
])('%s: a coded refusal, and the connection is closed', async (_, bytes, status, code, patienceMs) => {
  const { text, tookMs } = await hear(bytes);
  const [headers = '', body = ''] = text.split('\r\n\r\n');
  expect(headers).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [\\s\\S]*connection: close`));
  const { errors } = JSON.parse(body) as { errors: { extensions: { code: string; howTo: string } }[] };
  expect(errors.map(({ extensions }) => extensions)).toEqual([{ code, howTo: expect.any(String) }]);
  expect(tookMs).toBeGreaterThanOrEqual(patienceMs);
  expect(tookMs).toBeLessThan(patienceMs + 2000);
});

test('200 slow connections do not keep anybody else waiting', async () => {
  const slow = Array.from({ length: 200 }, () => hear(head));
  const client = connectKeptAlive(door.port);
  expect((await client.query('{ quick }')).text).toBe('{"data":{"quick":"at once"}}\n');
  client.close();
  for (const { text } of await Promise.all(slow)) expect(text).toContain(' 408 ');
});

test('10 s for the headers and 15 s for the whole, unless told otherwise', () => {
  expect(readConfig([]).limits.patience).toEqual({ headersTimeoutMs: 10_000, requestTimeoutMs: 15_000 });
});
