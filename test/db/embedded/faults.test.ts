import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EmbeddedError, startEmbedded } from '#db/embedded';
import { canRunUs, hold } from './holding.ts';

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65534, gid: 65534 };
let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'db-test-'));
  await chmod(dataDir, 0o755);
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function refusal(place = dataDir, port?: number): Promise<EmbeddedError> {
  const outcome = await startEmbedded({ dataDir: place, ...(port === undefined ? {} : { port }) }).catch(
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(EmbeddedError);
  return outcome as EmbeddedError;
}

/** A file system of its own, if we may mount one. */
async function mount(options: string): Promise<boolean> {
  if (!isRoot) return false;
  return run('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', dataDir]).then(
    () => true,
    () => false,
  );
}

it('says when the port asked for is in use, and starts on another when none was', async () => {
  const other = net.createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as net.AddressInfo;
  const error = await refusal(dataDir, port);
  expect(error.code).toBe('EMBEDDED_PORT_IN_USE');
  expect(error.message).toContain(String(port));
  const server = await startEmbedded({ dataDir });
  expect(server.port).not.toBe(port);
  await server.stop();
  await new Promise((resolve) => other.close(resolve));
});

it.each([
  ['postgres-17', undefined],
  ['postgres-18', '17'],
])('says what to do about %s holding data of version %s', async (name, version) => {
  await mkdir(path.join(dataDir, name));
  if (version) await writeFile(path.join(dataDir, name, 'PG_VERSION'), `${version}\n`);
  const error = await refusal();
  expect(error.code).toBe('EMBEDDED_OTHER_VERSION');
  expect(error.message).toContain(path.join(dataDir, name));
  expect(error.message).toMatch(/PostgreSQL 17.*PostgreSQL 18.*DATA_DIR/);
});

it('says when the password is gone', async () => {
  await (await startEmbedded({ dataDir })).stop();
  await rm(path.join(dataDir, 'postgres-18.password'));
  expect((await refusal()).code).toBe('EMBEDDED_PASSWORD_MISSING');
});

it('says when the place cannot be written', async (context) => {
  if (isRoot && !(await canRunUs(nobody)))
    return context.skip('an ordinary user cannot run Node or read the sources');
  await chmod(dataDir, 0o555);
  const { code, message } = isRoot ? (await hold(dataDir, nobody)).answer : await refusal();
  expect(code).toBe('EMBEDDED_NOT_WRITABLE');
  expect(message).toContain(dataDir);
  expect(message).toContain('DATA_DIR');
});

it('says when the place is a file', async () => {
  const file = path.join(dataDir, 'file');
  await writeFile(file, '');
  expect((await refusal(path.join(file, 'data'))).code).toBe('EMBEDDED_NOT_WRITABLE');
});

it('says when the file system is read-only', async (context) => {
  if (!(await mount('ro'))) return context.skip('no permission to mount a file system');
  try {
    expect((await refusal()).code).toBe('EMBEDDED_NOT_WRITABLE');
  } finally {
    await run('umount', [dataDir]);
  }
});

it.for(['64k', '30m'])('says when the disk is full before there is a cluster (%s)', async (size, context) => {
  if (!(await mount(`size=${size},mode=755`))) return context.skip('no permission to mount a file system');
  try {
    const error = await refusal();
    expect(error.code).toBe('EMBEDDED_DISK_FULL');
    expect(error.message).toMatch(/full.*DATA_DIR/);
  } finally {
    await run('umount', [dataDir]);
  }
});

it('says when the disk has become full, and starts again when there is room', async (context) => {
  if (!(await mount('size=64m,mode=755'))) return context.skip('no permission to mount a file system');
  try {
    await (await startEmbedded({ dataDir })).stop();
    const ballast = path.join(dataDir, 'ballast');
    await run('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=4k']).catch(() => {});
    expect((await refusal()).code).toBe('EMBEDDED_DISK_FULL');
    await rm(ballast);
    const server = await startEmbedded({ dataDir });
    expect(server.warm).toBe(true);
    await server.stop();
  } finally {
    await run('umount', [dataDir]);
  }
});
