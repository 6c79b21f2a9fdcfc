import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBody } from '../../gateway/request-body.ts';

type Outcome = { readonly body: unknown } | { readonly status: unknown };
const outcomes: ((outcome: Outcome) => void)[] = [];
const nextOutcome = (): Promise<Outcome> => new Promise((resolve) => outcomes.push(resolve));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const outcome = await readBody(request, response).then(
    (body) => ({ body }),
    (error: { readonly status?: unknown }) => ({ status: error.status }),
  );
  outcomes.shift()?.(outcome);
  response.end();
}

const server = createServer((request, response) => void answer(request, response));
let port = 0;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

/** Sends a head and parts of a body, each when the one before has gone out; then leaves, or waits for the answer. */
async function send(
  headers: readonly string[],
  parts: readonly (string | Buffer)[],
  leaves = false,
): Promise<Outcome> {
  const outcome = nextOutcome();
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const head = ['POST / HTTP/1.1', 'host: localhost', 'connection: close', ...headers, '', ''].join('\r\n');
  for (const part of [head, ...parts]) await new Promise<void>((sent) => socket.write(part, () => sent()));
  if (leaves) socket.destroy();
  else socket.resume();
  const found = await outcome;
  socket.destroy();
  return found;
}

const json = 'content-type: application/json';
const length = (text: string): string => `content-length: ${Buffer.byteLength(text)}`;

describe('a body', () => {
  test.each<[what: string, headers: readonly string[], parts: readonly string[], outcome: Outcome]>([
    ['in one piece', [json, length('{"a":1}')], ['{"a":1}'], { body: { a: 1 } }],
    ['in pieces', [json, length('{"a":"ế"}')], ['{"a":"', 'ế"', '}'], { body: { a: 'ế' } }],
    ['chunked', [json, 'transfer-encoding: chunked'], ['7\r\n{"a":1}\r\n', '0\r\n\r\n'], { body: { a: 1 } }],
    ['a list', [json, length('[1]')], ['[1]'], { body: [1] }],
    ['empty', [json, length('')], [], { body: {} }],
    ['broken', [json, length('{"a":')], ['{"a":'], { status: 400 }],
    ['a single value', [json, length('null')], ['null'], { status: 400 }],
    ['too long by its own word', [json, 'content-length: 262145'], ['x'.repeat(262_145)], { status: 413 }],
    [
      'as long as may be',
      [json, 'content-length: 262144'],
      [`{"a":"${'x'.repeat(262_136)}"}`],
      { body: { a: 'x'.repeat(262_136) } },
    ],
    ['of another type', ['content-type: text/plain', length('{}')], ['{}'], { body: undefined }],
    ['of no type', [length('{}')], ['{}'], { body: undefined }],
    ['compressed', [json, 'content-encoding: gzip', length('{}')], ['{}'], { status: 415 }],
    ['compressed by name only', [json, 'content-encoding: identity', length('{}')], ['{}'], { body: {} }],
    [
      'with __proto__',
      [json, length('{"__proto__":{"a":1}}')],
      ['{"__proto__":{"a":1}}'],
      { body: JSON.parse('{"__proto__":{"a":1}}') },
    ],
  ])('%s', async (_, headers, parts, outcome) => {
    expect(await send(headers, parts)).toEqual(outcome);
  });

  test('cut in the middle of a letter is put together', async () => {
    const bytes = Buffer.from('{"a":"ế"}');
    const parts = [bytes.subarray(0, 7), bytes.subarray(7)];
    expect(await send([json, `content-length: ${bytes.length}`], parts)).toEqual({ body: { a: 'ế' } });
  });

  test.each([
    ['told', [json, 'content-length: 100']],
    ['untold', [json, 'transfer-encoding: chunked']],
  ])('of a client that leaves, its length %s', async (_, headers) => {
    expect(await send(headers, ['5\r\n{"a":'], true)).toEqual({ status: 400 });
  });

  test('that was read before is not waited for', async () => {
    let read: unknown;
    const app = express()
      .use(express.json())
      .use(async (request, response) => {
        read = await readBody(request, response);
        response.end();
      });
    const other = createServer(app).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":1}' });
    expect(read).toEqual({ a: 1 });
    other.close();
    other.closeAllConnections();
  });
});
