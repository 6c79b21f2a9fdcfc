import { access, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { parse, print } from 'graphql';
import { pino } from 'pino';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createExplorer, prepareBundle, profileQuery } from '../../../gateway/explorer/index.ts';

const variables = { personalId: '099085990000' };
let folder: string;

const explorer = (cacheDir: string, query = profileQuery, lines: string[] = []) => {
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  return supertest(express().use(createExplorer({ cacheDir, query, variables, log })));
};

/** The explorer of a development process: each call of `token` answers another one. */
const signedIn = (cacheDir: string) => {
  let calls = 0;
  const token = async () => `token-${(calls += 1)}`;
  const log = pino({ level: 'silent' });
  return supertest(express().use(createExplorer({ cacheDir, query: profileQuery, variables, log, token })));
};

const settingsOf = (html: string): Record<string, string> =>
  JSON.parse(/<script type="application\/json" id="settings">(.*?)<\/script>/s.exec(html)?.[1] ?? '');

const addressesOf = (html: string): string[] =>
  [...html.matchAll(/(?:href|src)="(.*?)"/g)]
    .map(([, address]) => address ?? '')
    .filter((each) => !each.startsWith('data:'));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'explorer-'));
  await prepareBundle(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the page', () => {
  test('allows scripts of its own origin only, none of them inline', async () => {
    const { headers, text } = await explorer(folder).get('/').expect(200);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text).not.toMatch(/<script(?![^>]*(src=|type="application\/json"))/);
    expect(addressesOf(text).filter((address) => !address.startsWith('/explorer/'))).toEqual([]);
  });

  test('has the query and its variables filled in, laid out but unchanged', async () => {
    const { text } = await explorer(folder).get('/');
    const settings = settingsOf(text);
    expect(settings['endpoint']).toBe('/graphql');
    expect(print(parse(settings['query'] ?? ''))).toBe(print(parse(profileQuery)));
    expect(Math.max(...(settings['query'] ?? '').split('\n').map((line) => line.length))).toBeLessThan(50);
    expect(JSON.parse(settings['variables'] ?? '')).toEqual(variables);
  });

  test('cannot be broken out of by what is filled in', async () => {
    const query = '{ citizen(personalId: "</script><script>alert(1)</script>") { id } }';
    const { text } = await explorer(folder, query).get('/');
    expect(text).not.toContain('<script>alert');
    expect(settingsOf(text)['query']).toContain('</script><script>alert(1)</script>');
  });

  test('holds no access token and names nobody who could give one', async () => {
    const { text } = await explorer(folder).get('/');
    expect(settingsOf(text)['tokenPath']).toBeNull();
    expect(text).not.toContain('signed in');
    await explorer(folder).get('/explorer/token').expect(404);
  });

  test('in development says where a fresh access token is, and holds none', async () => {
    const { text, headers } = await signedIn(folder).get('/');
    expect(settingsOf(text)['tokenPath']).toBe('/explorer/token');
    expect(text).toContain('signed in as a made-up citizen');
    expect(text).not.toContain('token-1');
    const plain = await explorer(folder).get('/');
    expect(headers['content-security-policy']).toBe(plain.headers['content-security-policy']);
  });

  test('in development gives a token to its own origin only, another each time, kept nowhere', async () => {
    const http = signedIn(folder);
    for (const token of ['token-1', 'token-2']) {
      const { text, headers } = await http
        .get('/explorer/token')
        .set('origin', 'https://a.example')
        .expect(200);
      expect(text).toBe(token);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'content-type': 'text/plain; charset=utf-8',
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  test('is asked for again, and answered with 304 when it is the same', async () => {
    const { headers } = await explorer(folder).get('/');
    expect(headers['cache-control']).toBe('no-cache');
    await explorer(folder).get('/').set('if-none-match', String(headers['etag'])).expect(304);
    const changed = await explorer(folder, '{ __typename }').get('/');
    expect(changed.headers['etag']).not.toBe(headers['etag']);
  });
});

describe('its files', () => {
  test('are kept for ever and never sniffed', async () => {
    const { text } = await explorer(folder).get('/');
    const workers = Object.values(settingsOf(text)['workers'] ?? {});
    const addresses = [...addressesOf(text), ...workers];
    expect(addresses.length).toBeGreaterThan(6);
    for (const address of addresses) {
      const { headers } = await explorer(folder).get(address).expect(200);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['content-type']).toMatch(address.endsWith('.css') ? /^text\/css/ : /^text\/javascript/);
      await explorer(folder).get(address).set('if-none-match', String(headers['etag'])).expect(304);
    }
  });

  test('are the same in every encoding', async () => {
    const { manifest } = await prepareBundle(folder);
    const get = (encoding: string) =>
      explorer(folder).get(`/explorer/${manifest.style}`).set('accept-encoding', encoding);
    const plain = await get('identity');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.text.length).toBeGreaterThan(100_000);
    for (const encoding of ['gzip', 'br']) {
      const { headers, text } = await get(encoding);
      expect(headers['content-encoding']).toBe(encoding);
      expect(headers['vary']).toMatch(/accept-encoding/i);
      expect(headers['etag']).not.toBe(plain.headers['etag']);
      expect(text === plain.text).toBe(true);
    }
    expect((await get('deflate, gzip;q=0.5, br;q=0')).headers['content-encoding']).toBe('gzip');
  });

  test.each([
    'manifest.json',
    'page.js',
    '..%2fmanifest.json',
    '%2e%2e%2f%2e%2e%2fpackage.json',
    '__proto__',
    'a%00.js',
  ])('do not include %s', async (name) => {
    await explorer(folder).get(`/explorer/${name}`).expect(404);
  });
});

// Built anew several times: npm run test:proofs.
describe.runIf(inject('isFull'))('the bundle', () => {
  test('is made once, and again only when something has changed', async () => {
    const first = await prepareBundle(folder);
    const { mtimeMs } = await stat(join(first.folder, 'manifest.json'));
    await prepareBundle(folder);
    expect((await stat(join(first.folder, 'manifest.json'))).mtimeMs).toBe(mtimeMs);
  });

  test('is made by two at once, complete, and older ones go', async () => {
    const shared = await mkdtemp(join(tmpdir(), 'explorer-shared-'));
    const old = join(shared, '0123456789abcdef');
    await writeFile(old, '');
    const [one, two] = await Promise.all([prepareBundle(shared), prepareBundle(shared)]);
    expect(one).toEqual(two);
    expect(await readdir(shared)).toEqual([one.folder.split(/[\\/]/).at(-1)]);
    for (const file of one.manifest.files) await access(join(one.folder, `${file}.br`));
    expect((await stat(one.folder)).mode & 0o755).toBe(0o755);
    await rm(shared, { recursive: true });
  });

  test('that cannot be made is said so, and tried again', async () => {
    const place = join(await mkdtemp(join(tmpdir(), 'explorer-broken-')), 'cache');
    await writeFile(place, 'a file where the folder should be');
    const lines: string[] = [];
    const broken = explorer(place, profileQuery, lines);
    const { text, headers } = await broken.get('/').expect(503);
    expect(text).toContain('npm run explorer');
    expect(text).not.toContain(tmpdir());
    expect(headers['cache-control']).toBe('no-store');
    expect(lines).toHaveLength(1);
    await rm(place);
    await broken.get('/').expect(200);
    await rm(join(place, '..'), { recursive: true });
  });
});
