import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { personas } from '#db/population';
import { openIssuerKey, startDevelopmentIssuer } from '../../../db/population/issuer/index.ts';
import { readRequest } from '../../../db/population/issuer/print-token.ts';
import { readOptions } from '../../../db/population/print-personas.ts';
import { createAuthenticator } from '../../../gateway/authenticate.ts';
import { fixedKeys } from '../../../gateway/issuer-keys.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'token-'));
afterAll(() => rmSync(dataDir, { recursive: true }));

const run = (program: string, ...args: string[]) =>
  spawnSync(process.execPath, ['--import', './.node/register.mjs', program, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir },
  });
const token = (...args: string[]) => run('db/population/issuer/print-token.ts', ...args);

describe('npm run token', () => {
  it('prints one token and nothing else, before anything was started', async () => {
    const { stdout, stderr, status } = token('nguyen-van-an', '--ttl', '90');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const { issuer, audience, algorithms, jwks } = await startDevelopmentIssuer({
      ...{ dataDir, host: '127.0.0.1', issuer: undefined, isSynthetic: true },
    });
    const authenticate = createAuthenticator({
      ...{ issuer, audience, algorithms, clockSkewSeconds: 30, maxAgeSeconds: 3600 },
      keys: fixedKeys(jwks),
      now: () => new Date(),
    });
    expect(await authenticate(`Bearer ${stdout.trim()}`)).toMatchObject({ clientId: 'vneid', level: 2 });
    expect(decodeJwt(stdout).exp! - decodeJwt(stdout).iat!).toBe(90);
  });

  it('takes every option', () => {
    const options = ['--app', 'school', '--purpose', 'school-enrolment', '--case', 'TS-1', '--reason', 'Xét'];
    expect(readRequest(['stranger', ...options, '--role', 'officer', '--level', '1', '--ttl', '9'])).toEqual({
      persona: 'stranger',
      level: 1,
      app: 'school',
      purpose: 'school-enrolment',
      caseNumber: 'TS-1',
      reason: 'Xét',
      role: 'officer',
      ttlSeconds: 9,
    });
  });

  it('used wrongly: a sentence and the usage on stderr, nothing on stdout', () => {
    const { stdout, stderr, status } = token('--level', '2', 'nobody');
    expect([stdout, status]).toEqual(['', 1]);
    expect(stderr).toContain('There are: nguyen-van-an');
    expect(stderr).toContain('Usage: npm run --silent token -- PERSONA');
    expect(stderr).not.toMatch(/^ +at |nobody/m);
  });

  it.each([
    [[], 'Name one persona'],
    [['stranger', 'orphan'], 'Name one persona'],
    [['stranger', '--level', '3'], '--level is 1 or 2'],
    [['stranger', '--role', 'king'], 'analyst, auditor, clinician, officer'],
    [['stranger', '--password', 'x'], '--password'],
  ])('%j is used wrongly', (args, text) => {
    expect(() => readRequest(args)).toThrow(text);
  });
});

interface WithTokens {
  readonly name: string;
  readonly level: number;
  readonly tokens: { readonly level1: string | null; readonly level2: string | null };
}

describe('npm run personas --tokens', () => {
  it('adds a token for each level that the account has', async () => {
    const { stdout, stderr } = run(
      'db/population/print-personas.ts',
      ...['--json', '--tokens', '--as-of', '2026-11-01'],
    );
    expect(stderr).toBe('');
    const list = JSON.parse(stdout) as WithTokens[];
    expect(list.map(({ tokens: _, ...persona }) => persona)).toEqual(personas('2026-11-01'));
    const { publicJwk } = await openIssuerKey(dataDir);
    for (const { level, tokens } of list) {
      expect([tokens.level1 !== null, tokens.level2 !== null]).toEqual([level >= 1, level >= 2]);
      for (const each of [tokens.level1, tokens.level2])
        if (each !== null) expect(decodeProtectedHeader(each).kid).toBe(publicJwk.kid);
    }
    const { tokens } = list[0]!;
    expect(decodeJwt(tokens.level1!)['acr']).toBe('urn:vn:eid:level:1');
    expect(decodeJwt(tokens.level2!)['acr']).toBe('urn:vn:eid:level:2');
    expect(decodeJwt(tokens.level1!).sub).toBe(decodeJwt(tokens.level2!).sub);
    expect(new Set(list.map(({ level }) => level))).toEqual(new Set([0, 1, 2]));
  });

  it('needs --json', () => {
    expect(() => readOptions(['--tokens'])).toThrow('--tokens needs --json');
  });
});
