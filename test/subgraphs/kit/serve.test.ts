import { request as send } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { closeServer, createAgencyApp, listen, type AgencyRequest, type AgencyService } from '#kit';
import { publicErrors, type CallerClaims } from '#schema';

const asked: AgencyRequest[] = [];
const held = new Map<string, () => void>();
let isReady = true;

const claims = {} as CallerClaims;
const caller = 'good';

/** Says who asked what; breaks, hangs or answers badly when the query says so. */
async function handle(request: AgencyRequest): Promise<unknown> {
  if (request.callerToken !== caller)
    return { errors: [{ message: 'no', extensions: { code: 'FORBIDDEN' } }] };
  asked.push(request);
  const { query, variables, requestId, operationName } = request;
  if (query === 'throw') throw new Error('SELECT secret at 10.0.0.1');
  if (query === 'hang') await new Promise<void>((resolve) => held.set(requestId ?? '', resolve));
  if (query === 'big') return { data: { n: 1n } };
  if (query === 'nothing') return undefined;
  return { data: { query, variables, requestId, operationName } };
}

const service = {
  verify: (token: string | undefined) => (token === caller ? claims : null),
  handle,
  ping: () => (isReady ? Promise.resolve() : Promise.reject(new Error('10.0.0.1'))),
} as unknown as AgencyService;

let server: Server;
let origin: string;
let port: number;
beforeAll(async () => {
  server = await listen(createAgencyApp(service), 0, '127.0.0.1');
  ({ port } = server.address() as AddressInfo);
  origin = `http://127.0.0.1:${port}`;
});
afterAll(() => {
  server.closeAllConnections();
  return closeServer(server);
});
afterEach(() => {
  isReady = true;
  asked.length = 0;
  for (const release of held.values()) release();
  held.clear();
});

const json = { 'content-type': 'application/json', 'x-caller-token': caller };
const post = (path: string, body: unknown, headers: Record<string, string> = json): Promise<Response> =>
  fetch(`${origin}${path}`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
  });
const errorsOf = (code: keyof typeof publicErrors) => ({
  errors: [{ message: publicErrors[code].message, extensions: { code } }],
});

describe('health', () => {
  test.each([
    ['live', true, 200, 'live'],
    ['live', false, 200, 'live'],
    ['ready', true, 200, 'ready'],
    ['ready', false, 503, 'database unavailable'],
  ])('/health/%s with a database: %s', async (path, has, status, text) => {
    isReady = has;
    const response = await fetch(`${origin}/health/${path}`);
    expect([response.status, await response.json()]).toEqual([status, { status: text }]);
  });

  test('takes no other method', async () => {
    const response = await post('/health/live', {});
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});

describe('one operation', () => {
  test('is answered with 200, as JSON, with the id of the operation', async () => {
    const body = { query: '{ a }', variables: { __proto__: null, v: 1 }, operationName: 'N', extensions: {} };
    const response = await post('/graphql', body, { ...json, 'x-request-id': 'operation-1' });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/json; charset=utf-8',
    ]);
    const { variables, ...rest } = body;
    expect(await response.json()).toEqual({
      data: { query: rest.query, variables, requestId: 'operation-1', operationName: 'N' },
    });
  });

  test('null is as good as nothing', async () => {
    expect((await post('/graphql', { query: '{ a }', variables: null, operationName: null })).status).toBe(
      200,
    );
    expect(asked).toEqual([{ query: '{ a }', callerToken: caller, requestId: undefined }]);
  });

  const { 'x-caller-token': _, ...noToken } = json;
  test.each([
    ['no token', 401, 'FORBIDDEN', '/graphql', '{}', noToken],
    ['another token', 401, 'FORBIDDEN', '/graphql', '{}', { ...json, 'x-caller-token': 'bad' }],
    [
      'another token for many',
      401,
      'FORBIDDEN',
      '/graphql/batch',
      '[]',
      { ...json, 'x-caller-token': 'bad' },
    ],
    ['an unknown path', 404, 'BAD_REQUEST', '/graphql/', '{}', json],
    ['the path of Object', 404, 'BAD_REQUEST', '/constructor', '{}', json],
    ['text', 415, 'BAD_REQUEST', '/graphql', '{}', { ...json, 'content-type': 'text/plain' }],
    [
      'latin1',
      415,
      'BAD_REQUEST',
      '/graphql',
      '{}',
      { ...json, 'content-type': 'application/json; charset=latin1' },
    ],
    [
      'gzip',
      415,
      'ENCODING_NOT_SUPPORTED',
      '/graphql',
      gzipSync('{}'),
      { ...json, 'content-encoding': 'gzip' },
    ],
    ['no JSON', 400, 'BAD_REQUEST', '/graphql', '{', json],
    ['nothing', 400, 'BAD_REQUEST', '/graphql', '', json],
    ['a list', 400, 'BAD_REQUEST', '/graphql', '[]', json],
    ['null', 400, 'BAD_REQUEST', '/graphql', 'null', json],
    ['no query', 400, 'BAD_REQUEST', '/graphql', '{"__proto__":{"query":"{ a }"}}', json],
    ['a number for variables', 400, 'BAD_REQUEST', '/graphql', '{"query":"{ a }","variables":1}', json],
    ['a list for variables', 400, 'BAD_REQUEST', '/graphql', '{"query":"{ a }","variables":[]}', json],
    ['too much', 413, 'REQUEST_TOO_LARGE', '/graphql', ' '.repeat(2 ** 21 + 1), json],
  ] as const)('%s: %d %s', async (_, status, code, path, body, headers) => {
    const response = await post(path, body, headers);
    const answer = (await response.json()) as ReturnType<typeof errorsOf>;
    expect(response.status).toBe(status);
    if (status !== 401) expect(answer).toEqual(errorsOf(code));
    else expect(answer.errors[0]?.extensions).toMatchObject({ reason: 'CALLER_TOKEN_INVALID' });
    expect(asked).toEqual([]);
  });

  test('other methods are told which one is right', async () => {
    const response = await fetch(`${origin}/graphql?query={a}`, { headers: json });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await response.json()).toEqual(errorsOf('BAD_REQUEST'));
  });

  test.each(['throw', 'big', 'nothing'])('a service that fails (%s) says nothing of why', async (query) => {
    const response = await post('/graphql', { query });
    expect([response.status, await response.json()]).toEqual([200, errorsOf('INTERNAL_SERVER_ERROR')]);
  });

  test.each([
    ['says how much', { 'content-length': '100000000' }],
    ['does not say how much', {}],
  ])('nothing of an unknown caller is waited for: one who %s', async (_, headers) => {
    const sent = send(`${origin}/graphql`, { method: 'POST', headers: { ...noToken, ...headers } });
    sent.flushHeaders();
    const [status, connection] = await new Promise<unknown[]>((resolve, reject) => {
      sent.on('error', reject);
      sent.on('response', (response) => resolve([response.statusCode, response.headers['connection']]));
    });
    sent.destroy();
    expect([status, connection]).toEqual([401, 'close']);
  });

  test('a body that grows beyond the limit is not read on', async () => {
    const sent = send(`${origin}/graphql`, { method: 'POST', headers: json });
    const status = new Promise((resolve) => {
      sent.on('error', () => {});
      sent.on('response', (response) => resolve(response.statusCode));
    });
    for (let count = 0; count < 40; count += 1) sent.write(' '.repeat(2 ** 16));
    expect(await status).toBe(413);
    sent.destroy();
  });
});

type Line = { readonly id: number; readonly data?: unknown; readonly errors?: readonly unknown[] };
const entry = (id: number, query: string, more: Record<string, unknown> = {}) => ({
  id,
  callerToken: caller,
  requestId: `operation-${id}`,
  request: { query },
  ...more,
});
const readLines = async (response: Response): Promise<readonly Line[]> =>
  (await response.text())
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)
    .sort((one, other) => one.id - other.id);

describe('several operations', () => {
  test('are answered each under its own id, in one piece when all are ready', async () => {
    const response = await post('/graphql/batch', [entry(7, '{ a }'), entry(3, '{ b }')]);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
    expect(response.headers.get('content-length')).not.toBeNull();
    expect(await readLines(response)).toEqual([
      { id: 3, data: { query: '{ b }', requestId: 'operation-3' } },
      { id: 7, data: { query: '{ a }', requestId: 'operation-7' } },
    ]);
  });

  test.each<[string, Record<string, unknown>, unknown]>([
    ['a token of nobody', { callerToken: 'bad' }, { code: 'FORBIDDEN' }],
    ['no token', { callerToken: undefined }, { code: 'FORBIDDEN' }],
    ['a list for a token', { callerToken: [caller] }, { code: 'FORBIDDEN' }],
    ['no request', { request: undefined }, { code: 'BAD_REQUEST' }],
    ['a request that is none', { request: { query: 1 } }, { code: 'BAD_REQUEST' }],
    ['a crash', { request: { query: 'throw' } }, { code: 'INTERNAL_SERVER_ERROR' }],
    ['what cannot be written', { request: { query: 'big' } }, { code: 'INTERNAL_SERVER_ERROR' }],
    ['no answer', { request: { query: 'nothing' } }, { code: 'INTERNAL_SERVER_ERROR' }],
  ])('%s is of one entry alone', async (_, more, extensions) => {
    const response = await post('/graphql/batch', [
      entry(0, '{ a }'),
      entry(1, '{ b }', more),
      entry(2, '{ c }'),
    ]);
    const [first, second, third] = await readLines(response);
    expect([first?.data, third?.data]).toMatchObject([{ query: '{ a }' }, { query: '{ c }' }]);
    expect(second).toEqual({ id: 1, errors: [{ message: expect.any(String) as string, extensions }] });
  });

  test('each has its own caller, id and variables', async () => {
    await post('/graphql/batch', [
      entry(1, '{ a }', { request: { query: '{ a }', variables: { r: 1 } } }),
      entry(2, '{ a }', { requestId: 5 }),
    ]);
    expect(asked).toEqual([
      { query: '{ a }', variables: { r: 1 }, callerToken: caller, requestId: 'operation-1' },
      { query: '{ a }', callerToken: caller, requestId: undefined },
    ]);
  });

  test('one that takes long holds up no other', async () => {
    const response = await post('/graphql/batch', [entry(1, 'hang'), entry(2, '{ b }'), entry(3, '{ c }')]);
    const reader = response.body?.getReader();
    const first = new TextDecoder().decode((await reader?.read())?.value as Uint8Array);
    expect(first.split('\n').length).toBe(3);
    expect(first).not.toContain('"id":1');
    held.get('operation-1')?.();
    const rest = new TextDecoder().decode((await reader?.read())?.value as Uint8Array);
    expect(rest).toContain('"id":1');
    expect((await reader?.read())?.done).toBe(true);
  });

  test('one that is never answered harms nobody after its asker has left', async () => {
    const leaving = new AbortController();
    const response = await fetch(`${origin}/graphql/batch`, {
      method: 'POST',
      headers: json,
      signal: leaving.signal,
      body: JSON.stringify([entry(1, 'hang'), entry(2, '{ b }')]),
    });
    leaving.abort();
    await expect(response.text()).rejects.toThrow();
    held.get('operation-1')?.();
    expect((await post('/graphql', { query: '{ a }' })).status).toBe(200);
  });

  test.each([
    ['no list', {}],
    ['an empty list', []],
    ['too many', Array.from({ length: 65 }, (_, id) => entry(id, '{ a }'))],
    ['no id', [entry(1, '{ a }'), { ...entry(2, '{ a }'), id: undefined }]],
    ['a text for an id', [{ ...entry(2, '{ a }'), id: '2' }]],
    ['the same id twice', [entry(1, '{ a }'), entry(1, '{ b }')]],
    ['null', [null]],
  ])('%s is no batch', async (_, body) => {
    const response = await post('/graphql/batch', body);
    expect([response.status, await response.json()]).toEqual([400, errorsOf('BAD_REQUEST')]);
    expect(asked).toEqual([]);
  });

  test('64 are answered', async () => {
    const lines = await readLines(
      await post(
        '/graphql/batch',
        Array.from({ length: 64 }, (_, id) => entry(id, '{ a }')),
      ),
    );
    expect(lines.map(({ id }) => id)).toEqual(Array.from({ length: 64 }, (_, id) => id));
  });
});

test('a server that closes answers what has begun and leaves no connection open', async () => {
  const own = await listen(createAgencyApp(service), 0, '127.0.0.1');
  const at = `http://127.0.0.1:${(own.address() as AddressInfo).port}`;
  const idle = connect((own.address() as AddressInfo).port, '127.0.0.1');
  const body = JSON.stringify({ query: 'hang' });
  const answer = fetch(`${at}/graphql`, {
    method: 'POST',
    headers: { ...json, 'x-request-id': 'last' },
    body,
  });
  while (!held.has('last')) await new Promise((resolve) => void setImmediate(resolve));
  const startedMs = performance.now();
  const closed = closeServer(own);
  held.get('last')?.();
  expect((await answer).status).toBe(200);
  idle.destroy();
  await closed;
  expect(performance.now() - startedMs).toBeLessThan(2000);
});

test('a port that is taken is said', async () => {
  await expect(listen(createAgencyApp(service), port, '127.0.0.1')).rejects.toThrow('EADDRINUSE');
});
