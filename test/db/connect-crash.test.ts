import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const script = path.join(import.meta.dirname, 'connect-under-fire.ts');
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'db-test-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

it('survives kill -9 of PostgreSQL under load: coded errors at once, service back, nothing acknowledged lost', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    './.node/register.mjs',
    script,
    dataDir,
    '5',
  ]);
  const report = JSON.parse(stdout) as Record<string, number> & { codes: Record<string, number> };
  expect(report.uncoded).toBe(0);
  expect(report.codes['DATABASE_UNAVAILABLE']).toBeGreaterThan(0);
  expect(report.slowestMs).toBeLessThan(2000);
  expect(report.longestGapMs).toBeLessThan(10_000);
  expect(report.acknowledged).toBeGreaterThan(5 * 200);
  expect(report.lost).toBe(0);
}, 60_000);
