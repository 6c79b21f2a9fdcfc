import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { verifyCallerToken } from '../../subgraphs/_kit/caller.ts';
import { callerTokenTtlSeconds, parseMacKey } from '#schema';
import { askOverHttp } from '../../gateway/agency-source.ts';
import { createCallerTokens } from '../../gateway/caller-token.ts';
import { makeCallerToken } from '../../gateway/print-caller-token.ts';
import { appCaller, citizenCaller } from '../support/callers.ts';
import { callerKeys, numberOf, startMarkedGraph } from '../support/marked-graph.ts';

const nowSeconds = 1_800_000_000;
const at = (seconds: number): Date => new Date(seconds * 1000);
const keyText = Buffer.alloc(32, 'k').toString('base64url');
const key = parseMacKey(keyText, 'KEY');
const tokens = createCallerTokens({ keyOf: () => key, nowSeconds: () => nowSeconds + 0.9 });
const caller = appCaller('bank', 'loans', { caseNumber: 'A-1' });

describe('a caller token', () => {
  const token = tokens.sign('residence', caller, 'operation-1');

  test('says who asks, for one agency', () => {
    expect(verifyCallerToken(token, { audience: 'residence', key, now: at(nowSeconds) })).toEqual({
      iss: 'gateway',
      aud: 'residence',
      iat: nowSeconds,
      exp: nowSeconds + callerTokenTtlSeconds,
      jti: 'operation-1',
      caller,
    });
  });

  test.each([
    ['another agency', { audience: 'vehicles', key, now: at(nowSeconds) }],
    ['another key', { audience: 'residence', key: Buffer.alloc(32, 'x'), now: at(nowSeconds) }],
    ['another minute', { audience: 'residence', key, now: at(nowSeconds + 60) }],
  ])('is nothing to %s', (_, options) => {
    expect(verifyCallerToken(token, options)).toBeNull();
  });
});

test('every fetch carries one, signed with the key of its agency', async () => {
  const graph = await startMarkedGraph();
  const citizen = citizenCaller('c7');
  await graph.ask(`{ citizen(personalId: "${numberOf(7)}") { fullName residence { line } } }`, {
    caller: citizen,
  });
  expect(graph.asked.map(({ agency }) => agency)).toEqual(['population', 'residence']);
  for (const { agency, callerToken } of graph.asked) {
    const options = { audience: agency, key: callerKeys[agency] ?? key, now: at(nowSeconds) };
    expect(verifyCallerToken(callerToken, options)).toMatchObject({ caller: citizen });
  }
  await graph.close();
});

test('over HTTP it is a header, and nothing else of the client travels', async () => {
  const seen: unknown[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    response.setHeader('content-type', 'application/json').end('{"data":{}}');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const ask = askOverHttp({ agency: 'residence', url: `http://127.0.0.1:${port}/` });
  await ask({ query: '{ a }', requestId: 'r', callerToken: 'signed' });
  await ask({ query: '{ a }', requestId: 'r', callerToken: undefined });
  server.closeAllConnections();
  server.close();
  expect(seen[0]).toMatchObject({ 'x-caller-token': 'signed', 'x-request-id': 'r' });
  expect(seen[1]).not.toHaveProperty('x-caller-token');
  expect(Object.keys(seen[0] as object).sort()).toEqual(
    [
      'accept',
      'accept-encoding',
      'connection',
      'content-length',
      'content-type',
      'host',
      'x-caller-token',
      'x-request-id',
    ].sort(),
  );
});

describe('npm run caller-token', () => {
  const make = (line: string, variables: Record<string, string> = { RESIDENCE_CALLER_KEY: keyText }) =>
    makeCallerToken(
      line.split(' '),
      (name) => variables[name],
      () => nowSeconds,
    );
  const callerOf = (token: string) =>
    verifyCallerToken(token, { audience: 'residence', key, now: at(nowSeconds) })?.caller;

  test.each([
    ['residence --citizen c1 --level 1', citizenCaller('c1', 1)],
    ['residence --anonymous', { kind: 'anonymous' }],
    ['residence --app bank --purpose loans --case A-1', caller],
  ])('%s', (line, expected) => {
    expect(callerOf(make(line))).toEqual(expected);
    expect(callerOf(make(line, { CALLER_KEY: keyText }))).toEqual(expected);
  });

  test.each([
    ['nowhere --anonymous', 'Name one agency'],
    ['residence', 'one way'],
    ['residence --anonymous --citizen c1', 'one way'],
    ['residence --app bank', '--purpose'],
    ['residence --citizen c1 --level 3', '--level'],
    ['residence --app bank --purpose loans --role king', '--role'],
    ['residence --other', '--other'],
  ])('%s is not understood', (line, words) => {
    expect(() => make(line)).toThrow(words);
  });

  test('without a key it names the variable', () => {
    expect(() => make('residence --anonymous', {})).toThrow('RESIDENCE_CALLER_KEY (or CALLER_KEY)');
  });

  test('prints the token and nothing else', () => {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const args = [
      '--import',
      './.node/register.mjs',
      'gateway/print-caller-token.ts',
      'residence',
      '--anonymous',
    ];
    const env = { ...process.env, RESIDENCE_CALLER_KEY: keyText };
    const { stdout, stderr, status } = spawnSync(process.execPath, args, {
      cwd: root,
      env,
      encoding: 'utf8',
    });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  });
});
