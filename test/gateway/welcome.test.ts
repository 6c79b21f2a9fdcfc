import { execFileSync } from 'node:child_process';
import express from 'express';
import supertest from 'supertest';
import { expect, test } from 'vitest';
import { personas } from '#db/population';
import { orderToken } from '../../db/population/issuer/index.ts';
import { serveIssuerKeys } from '../../gateway/issuer-route.ts';
import { formatExample, formatWelcome } from '../../gateway/welcome.ts';

const url = 'http://127.0.0.1:4000/graphql';

/** What a shell makes of the command, with `curl` and `npm` that only print what they are given. */
const runPrinted = (command: string): string[] =>
  execFileSync(
    'bash',
    [
      '-c',
      String.raw`curl() { printf '%s\n' "$@"; }; npm() { echo "npm $* in $DATA_DIR"; }; DATA_DIR=; ACCESS_TOKEN=given; ` +
        command,
    ],
    { encoding: 'utf8' },
  ).split('\n');

test.each([
  ['.data', 'authorization: Bearer npm run --silent token -- nguyen-van-an in '],
  ["/tmp/it's here", "authorization: Bearer npm run --silent token -- nguyen-van-an in /tmp/it's here"],
  [null, 'authorization: Bearer given'],
])('the example asks with an access token, the key being in %s', (tokenDir, header) => {
  const words = runPrinted(formatExample(url, tokenDir));
  expect(words).toContain(header);
  expect(words).toContain(url);
});

test('says how to be an app, by an app and a purpose that are registered', () => {
  const text = formatWelcome({
    host: '127.0.0.1',
    port: 4000,
    personas: personas('2026-11-01'),
    tokenDir: '.data',
  });
  const [, persona, app, purpose] =
    /npm run --silent token -- (\S+) --app (\S+) --purpose (\S+)/.exec(text) ?? [];
  expect(persona).toBeTruthy();
  expect(() => orderToken({ persona: persona!, app: app!, purpose: purpose! }, '2026-11-01')).not.toThrow();
});

test('with another issuer names no command that would not work', () => {
  const text = formatWelcome({
    host: '127.0.0.1',
    port: 4000,
    personas: personas('2026-11-01'),
    tokenDir: null,
  });
  expect(text).not.toContain('npm run');
  expect(text).toContain('ISSUER');
});

test('the development issuer’s keys are served as a key set', async () => {
  const jwks = { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'AAAA', kid: 'one' }] };
  const { text, headers } = await supertest(express().use(serveIssuerKeys(jwks)))
    .get('/dev-issuer/jwks')
    .expect(200);
  expect(JSON.parse(text)).toEqual(jwks);
  expect(headers['content-type']).toMatch(/^application\/jwk-set\+json/);
});
