import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTemporaryServer, type TemporaryServer } from './temporary-server.ts';

const script = path.join(import.meta.dirname, 'survive-child.ts');
let server: TemporaryServer;

beforeAll(async () => {
  server = await startTemporaryServer();
});
afterAll(() => server.remove());

const run = (thrower: string) =>
  promisify(execFile)(process.execPath, [
    '--import',
    './.node/register.mjs',
    script,
    server.adminUrl,
    thrower,
  ]);

it('keeps the process alive when the driver throws out of reach', async () => {
  expect((await run('driver')).stdout).toBe('survived TypeError alive');
});

it('lets any other uncaught error end the process', async () => {
  const outcome = await run('ours').catch((error: unknown) => error);
  expect(outcome).toMatchObject({ code: 1, stdout: '' });
  expect((outcome as { stderr: string }).stderr).toContain('our own mistake');
});
