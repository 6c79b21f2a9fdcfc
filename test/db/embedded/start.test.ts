import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, lstat, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { connectDatabase, type Database } from '#db';
import { startEmbedded } from '#db/embedded';
import { chooseAccount } from '../../../db/embedded/account.ts';
import { findPrograms } from '../../../db/embedded/programs.ts';
import { canRunUs, hold } from './holding.ts';

const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65534, gid: 65534 };
let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'db-test-'));
  await chmod(dataDir, 0o755);
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function use<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = connectDatabase({ url, poolSize: 1 });
  return work(database).finally(() => database.close());
}

async function postmasterPid(place = dataDir): Promise<number> {
  const text = await readFile(path.join(place, 'postgres-18', 'postmaster.pid'), 'utf8').catch(() => '');
  return Number(text.split('\n')[0]);
}

function connects(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port }, () => resolve(true));
    socket.once('error', () => resolve(false)).once('connect', () => socket.destroy());
  });
}

/** Half a minute of killing and starting: npm run test:proofs. */
const isFull = inject('isFull');

describe('startEmbedded', () => {
  it('starts cold, keeps the data, starts warm, and stops without a trace', async () => {
    let startedAt = performance.now();
    const cold = await startEmbedded({ dataDir });
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(cold.warm).toBe(false);
    await use(cold.adminUrl, (database) => database.sql.unsafe('create table kept as select 1 as one'));
    await cold.stop();
    expect(await connects('127.0.0.1', cold.port)).toBe(false);
    expect(existsSync(path.join(dataDir, 'postgres-18', 'postmaster.pid'))).toBe(false);
    startedAt = performance.now();
    const warm = await startEmbedded({ dataDir });
    expect(performance.now() - startedAt).toBeLessThan(1500);
    expect(warm.warm).toBe(true);
    expect(await use(warm.adminUrl, (database) => database.sql`select * from kept`)).toEqual([{ one: 1 }]);
    await warm.stop();
    await warm.stop();
  });

  it('is open to loopback only, with a password only we can read, and logs no values', async () => {
    const server = await startEmbedded({ dataDir });
    const others = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    for (const { address, family, internal } of others)
      if (family === 'IPv4' && !internal) expect(await connects(address, server.port)).toBe(false);
    const open = server.adminUrl.replace(/:[^:@]+@/, ':wrong@');
    await expect(use(open, (database) => database.ping())).rejects.toMatchObject({
      fault: { reason: '28P01' },
    });
    expect((await stat(path.join(dataDir, 'postgres-18.password'))).mode & 0o777).toBe(0o600);
    await use(server.adminUrl, (database) => database.sql`select ${'v099012345678'}::int`).catch(() => {});
    expect(await readFile(path.join(dataDir, 'postgres-18.log'), 'utf8')).not.toContain('select $1');
    await server.stop();
  });

  it('carries its own locale, sorts Vietnamese with vi-x-icu, and commits durably', async () => {
    const server = await startEmbedded({ dataDir });
    await use(server.adminUrl, async ({ sql }) => {
      expect(
        await sql`select datlocprovider as provider, datlocale as locale, pg_encoding_to_char(encoding) as encoding,
          current_setting('synchronous_commit') as durable, current_setting('server_version_num')::int / 10000 as major
          from pg_database where datname = current_database()`,
      ).toEqual([{ provider: 'b', locale: 'C.UTF-8', encoding: 'UTF8', durable: 'on', major: 18 }]);
      const names = ['Đặng', 'Ân', 'Dũng', 'An', 'Ánh', 'Ăn'];
      const sorted = await sql<{ name: string }>`
        select name from unnest(${names}::text[]) as name order by name collate "vi-x-icu"`;
      expect(sorted.map(({ name }) => name)).toEqual(['An', 'Ánh', 'Ăn', 'Ân', 'Dũng', 'Đặng']);
    });
    await server.stop();
  });

  it('is shared by those who start it at the same time; the last one out stops it', async () => {
    const [other, own] = await Promise.all([hold(dataDir), startEmbedded({ dataDir })]);
    expect(other.answer.port).toBe(own.port);
    const late = await hold(dataDir);
    expect(late.answer).toMatchObject({ port: own.port, warm: true });
    await late.end('SIGINT');
    await other.end('SIGINT');
    await use(own.adminUrl, (database) => database.ping());
    await own.stop();
    expect(await connects('127.0.0.1', own.port)).toBe(false);
  });

  it('outlives Ctrl-C until we stop it, and is down when we are', async () => {
    const holder = await hold(dataDir);
    await holder.end('SIGINT');
    expect(holder.child.exitCode).toBe(0);
    expect(await connects('127.0.0.1', holder.answer.port)).toBe(false);
    const log = await readFile(path.join(dataDir, 'postgres-18.log'), 'utf8');
    expect(log).toContain('database system is shut down');
  });

  it.runIf(isFull)('is adopted by the next start after kill -9 of node, and stopped by it', async () => {
    const holder = await hold(dataDir);
    const pid = await postmasterPid();
    await holder.end('SIGKILL');
    const next = await startEmbedded({ dataDir });
    expect(await postmasterPid()).toBe(pid);
    expect(next.port).toBe(holder.answer.port);
    await use(next.adminUrl, (database) => database.ping());
    await next.stop();
    expect(await connects('127.0.0.1', next.port)).toBe(false);
  });

  it.runIf(isFull)('recovers when node and PostgreSQL were both killed', async () => {
    const holder = await hold(dataDir);
    await use(holder.answer.adminUrl, (database) =>
      database.sql.unsafe('create table kept as select 1 as one'),
    );
    const pid = await postmasterPid();
    await holder.end('SIGKILL');
    process.kill(pid, 'SIGKILL');
    const next = await startEmbedded({ dataDir });
    expect(await use(next.adminUrl, (database) => database.sql`select * from kept`)).toEqual([{ one: 1 }]);
    await next.stop();
  });

  it.runIf(isFull)('begins again when the first start was interrupted', async () => {
    await mkdir(path.join(dataDir, 'postgres-18.new', 'base'), { recursive: true });
    await writeFile(path.join(dataDir, 'postgres-18.lock'), '999999999:1');
    const server = await startEmbedded({ dataDir });
    await use(server.adminUrl, (database) => database.ping());
    await server.stop();
  });

  it.runIf(isFull)('is not fooled by a postmaster.pid whose process is another program now', async () => {
    const first = await startEmbedded({ dataDir });
    const note = path.join(dataDir, 'postgres-18', 'postmaster.pid');
    const lines = (await readFile(note, 'utf8')).split('\n');
    await first.stop();
    const stranger = spawn('sleep', ['60'], (await chooseAccount()) ?? {});
    await writeFile(note, [String(stranger.pid), ...lines.slice(1)].join('\n'));
    const next = await startEmbedded({ dataDir });
    await use(next.adminUrl, (database) => database.ping());
    await next.stop();
    expect(stranger.exitCode).toBeNull();
    stranger.kill();
  });
});

if (!isRoot)
  console.warn('SKIPPED: that PostgreSQL started by root runs as another account; this is not root');

describe.skipIf(!isRoot || !isFull)('started by root', () => {
  it('runs PostgreSQL as another account, and as itself for an ordinary user', async (context) => {
    if (!(await canRunUs(nobody)))
      return context.skip('an ordinary user cannot run Node or read the sources');
    const root = await hold(dataDir);
    expect((await stat(`/proc/${await postmasterPid()}`)).uid).not.toBe(0);
    await root.end('SIGINT');
    const theirs = path.join(dataDir, 'theirs');
    await mkdir(theirs);
    await chown(theirs, nobody.uid, nobody.gid);
    const ordinary = await hold(path.join(theirs, 'data'), nobody);
    expect(ordinary.answer.message).toBeUndefined();
    expect((await stat(`/proc/${await postmasterPid(path.join(theirs, 'data'))}`)).uid).toBe(nobody.uid);
    await use(ordinary.answer.adminUrl, (database) => database.ping());
    await ordinary.end('SIGINT');
    expect(await connects('127.0.0.1', ordinary.answer.port)).toBe(false);
  });

  it('keeps the data elsewhere when the account cannot reach the place, and finds it again', async () => {
    const hidden = path.join(dataDir, 'hidden');
    await mkdir(hidden, { mode: 0o700 });
    await writeFile(path.join(hidden, 'something'), '');
    const places: string[] = [];
    const first = await startEmbedded({
      dataDir: path.join(hidden, 'data'),
      log: (line) => places.push(line),
    });
    await use(first.adminUrl, (database) => database.sql.unsafe('create table kept as select 1 as one'));
    await first.stop();
    const place = /\/var\/lib\/citizen-data-graph\/[0-9a-f]{16}/.exec(places[0] ?? '')?.[0] ?? '';
    expect(place).not.toBe('');
    const next = await startEmbedded({ dataDir: path.join(hidden, 'data') });
    expect(next.warm).toBe(true);
    expect(await use(next.adminUrl, (database) => database.sql`select * from kept`)).toEqual([{ one: 1 }]);
    await next.stop();
    await rm(place, { recursive: true });
  });

  it('copies the programs when the account cannot reach them, links included', async () => {
    const { postgres } = await findPrograms(path.join(dataDir, 'unused'), nobody);
    const hidden = path.join(dataDir, 'hidden');
    await mkdir(hidden, { mode: 0o700 });
    const native = path.join(hidden, 'native');
    const isNoLink = async (source: string): Promise<boolean> => !(await lstat(source)).isSymbolicLink();
    await cp(path.resolve(postgres, '../..'), native, { recursive: true, filter: isNoLink });
    await writeFile(path.join(hidden, 'package.json'), '{ "version": "1.2.3" }');
    const copied = await findPrograms(path.join(dataDir, 'programs'), nobody, native);
    expect(copied.postgres).toBe(path.join(dataDir, 'programs-1.2.3', 'bin', 'postgres'));
    const { stdout } = await promisify(execFile)(copied.postgres, ['--version'], nobody);
    expect(stdout).toContain('PostgreSQL) 18.');
  });
});
