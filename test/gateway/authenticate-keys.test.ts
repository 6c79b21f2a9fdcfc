import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fetchedKeys, fixedKeys, type KeySet } from '../../gateway/issuer-keys.ts';

const first: JWK[] = [];
const second: JWK[] = [];
beforeAll(async () => {
  for (const [set, kid] of [
    [first, 'one'],
    [second, 'two'],
  ] as const) {
    const { publicKey } = await generateKeyPair('EdDSA');
    set.push({ ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' });
  }
});

let server: Server;
let fetches: number;
let answer: RequestListener;
let nowMs: number;
let faults: string[];
let timeoutMs: number;

const serve =
  (keys: readonly JWK[]): RequestListener =>
  (_, response) =>
    void response.end(JSON.stringify({ keys }));

beforeEach(async () => {
  [fetches, nowMs, faults, timeoutMs, answer] = [0, 5, [], 5000, serve(first)];
  server = createServer((request, response) => {
    fetches += 1;
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const open = () =>
  fetchedKeys({
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    clockMs: () => nowMs,
    get timeoutMs() {
      return timeoutMs;
    },
    onFault: (sentence) => void faults.push(sentence),
  });
const knows = (set: KeySet | null, kid: string): Promise<boolean> =>
  set === null
    ? Promise.resolve(false)
    : set.find({ alg: 'EdDSA', kid }).then(
        () => true,
        () => false,
      );

describe('keys of an issuer', () => {
  test('are fetched when first asked for, once however many ask', async () => {
    const keys = open();
    expect(fetches).toBe(0);
    const sets = await Promise.all(Array.from({ length: 50 }, () => keys.current()));
    expect(new Set(sets).size).toBe(1);
    expect(await knows(sets[0] ?? null, 'one')).toBe(true);
    expect(fetches).toBe(1);
  });

  test('of unknown names: one fetch per 30 s however many arrive', async () => {
    const keys = open();
    await keys.current();
    for (let time = 0; time < 3; time += 1) await Promise.all(Array.from({ length: 50 }, keys.renewed));
    expect(fetches).toBe(1);
    nowMs += 29_999;
    await keys.renewed();
    expect(fetches).toBe(1);
    nowMs += 1;
    await Promise.all(Array.from({ length: 50 }, keys.renewed));
    await keys.renewed();
    expect(fetches).toBe(2);
  });

  test('come with a rotation, at the first token that names the new one', async () => {
    const keys = open();
    await keys.current();
    answer = serve([...first, ...second]);
    nowMs += 30_000;
    expect(await knows(await keys.renewed(), 'two')).toBe(true);
    expect(await knows(await keys.current(), 'one')).toBe(true);
  });

  test('that were removed end with the fetch after 10 minutes, without anybody naming an unknown one', async () => {
    const keys = open();
    const before = await keys.current();
    answer = serve(second);
    nowMs += 599_999;
    expect(await keys.current()).toBe(before);
    expect(fetches).toBe(1);
    nowMs += 1;
    const after = await keys.current();
    expect([await knows(after, 'one'), await knows(after, 'two')]).toEqual([false, true]);
    expect(fetches).toBe(2);
  });

  test('that were all removed are none', async () => {
    const keys = open();
    await keys.current();
    answer = serve([]);
    nowMs += 600_000;
    expect(await knows(await keys.current(), 'one')).toBe(false);
  });

  test('stay the same object while nothing changes', async () => {
    const keys = open();
    const before = await keys.current();
    nowMs += 600_000;
    expect(await keys.current()).toBe(before);
    expect(fetches).toBe(2);
  });
});

const broken: Readonly<Record<string, RequestListener>> = {
  'closes the connection': (request) => void request.socket.destroy(),
  'answers 500': (_, response) => void response.writeHead(500).end('{"keys":[]}'),
  'sends elsewhere': (_, response) => void response.writeHead(302, { location: '/others' }).end(),
  'answers 500 without end': (_, response) => void response.writeHead(500).write('x'.repeat(70_000)),
  'answers HTML': (_, response) => void response.end('<html>'),
  'answers without keys': (_, response) => void response.end('{}'),
  'answers with keys of another kind': (_, response) => void response.end('{"keys":["one"]}'),
  'answers at too great a length': (_, response) =>
    void response.end(JSON.stringify({ keys: first }).padEnd(65_537)),
  'answers without end': (_, response) => void response.write('{"keys":['.padEnd(70_000, ' ')),
};
const silent: Readonly<Record<string, RequestListener>> = {
  'says nothing': () => {},
  'stops in the middle': (_, response) => void response.write('{"keys":['),
};

describe('an issuer that', () => {
  test.each(Object.entries({ ...broken, ...silent }))(
    '%s: the last keys stay, and nobody waits again',
    async (name, listener) => {
      const keys = open();
      const before = await keys.current();
      answer = listener;
      timeoutMs = Object.hasOwn(silent, name) ? 50 : 5000;
      nowMs += 600_000;
      expect(await keys.current()).toBe(before);
      expect(await keys.renewed()).toBe(before);
      expect(fetches).toBe(2);
      expect(faults).toHaveLength(1);
      expect(faults[0]).not.toMatch(/127\.0\.0\.1|\/keys/);
      answer = serve(second);
      timeoutMs = 5000;
      nowMs += 30_000;
      expect(await keys.current()).toBe(before);
      expect(await knows(await keys.renewed(), 'two')).toBe(true);
      expect(await knows(await keys.current(), 'two')).toBe(true);
      expect(fetches).toBe(3);
    },
  );

  test('takes longer than the pause is not asked again meanwhile', async () => {
    answer = () => {};
    const keys = open();
    const waiting = keys.current();
    await once(server, 'request');
    nowMs += 30_000;
    const more = keys.renewed();
    server.closeAllConnections();
    expect(await Promise.all([waiting, more])).toEqual([null, null]);
    expect(fetches).toBe(1);
  });

  test('never answered has no keys, and is asked again after 30 s', async () => {
    answer = (request) => void request.socket.destroy();
    const keys = open();
    expect(await keys.current()).toBeNull();
    expect(await keys.renewed()).toBeNull();
    nowMs += 29_999;
    expect(await keys.current()).toBeNull();
    expect(fetches).toBe(1);
    answer = serve(first);
    nowMs += 1;
    expect(await knows(await keys.current(), 'one')).toBe(true);
  });
});

test.each(['HS256', 'none', 'RS256'])('no key answers for %s', async (alg) => {
  const { x = '' } = first[0] ?? {};
  const { find } = (await fixedKeys({
    keys: [...first, { kty: 'oct', k: x, kid: 'one', alg: 'HS256' }],
  }).current())!;
  await expect(find({ alg, kid: 'one' })).rejects.toThrow();
});
