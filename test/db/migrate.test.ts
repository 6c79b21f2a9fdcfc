import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { bootstrapDatabases, connectDatabase, migrateDatabase } from '#db';
import { startTemporaryServer, type TemporaryServer } from './temporary-server.ts';

let server: TemporaryServer;
let folder: string;
let url: string;
let count = 0;

const first = {
  tag: '0000_first',
  when: 1000,
  sql: 'create table a (id int);--> statement-breakpoint\ninsert into a values (1);',
};
const second = { tag: '0001_second', when: 2000, sql: 'create table b (id int);' };
const broken = {
  tag: '0001_broken',
  when: 2000,
  sql: 'create table c (id int);--> statement-breakpoint\nselect nonsense;',
};
const older = { tag: '0002_older', when: 1500, sql: 'create table d (id int);' };

async function write(...migrations: (typeof first)[]): Promise<void> {
  await mkdir(path.join(folder, 'meta'), { recursive: true });
  const entries = migrations.map(({ tag, when }, idx) => ({
    idx,
    version: '7',
    when,
    tag,
    breakpoints: true,
  }));
  const journal = { version: '7', dialect: 'postgresql', entries };
  await writeFile(path.join(folder, 'meta', '_journal.json'), JSON.stringify(journal));
  for (const { tag, sql } of migrations) await writeFile(path.join(folder, `${tag}.sql`), sql);
}

async function tables(): Promise<string[]> {
  const database = connectDatabase({ url });
  const rows = await database.sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1`;
  await database.close();
  return rows.map(({ name }) => name);
}

const run = (): Promise<void> => migrateDatabase({ url, migrationsFolder: folder });

beforeAll(async () => {
  server = await startTemporaryServer();
});
afterAll(() => server.remove());
beforeEach(async () => {
  count += 1;
  const name = `agency-${count}`;
  url = (await bootstrapDatabases(server.adminUrl, [name])).get(name) ?? '';
  folder = await mkdtemp(path.join(tmpdir(), 'db-test-migrations-'));
  return () => rm(folder, { recursive: true, force: true });
});

it('applies what is new, once, as the role of the agency', async () => {
  await write(first);
  await run();
  await run();
  expect(await tables()).toEqual(['a']);
  await write(first, second);
  await run();
  expect(await tables()).toEqual(['a', 'b']);
});

it('is safe when several processes start at once', async () => {
  await write(first, second);
  await Promise.all([run(), run(), run(), run()]);
  expect(await tables()).toEqual(['a', 'b']);
});

it('applies all or nothing', async () => {
  await write(first, broken);
  await expect(run()).rejects.toMatchObject({ code: 'DATABASE_FAILED', fault: { reason: '42703' } });
  expect(await tables()).toEqual([]);
});

it('refuses a history that drizzle would skip silently, and one that was edited', async () => {
  await write(first, second);
  await run();
  const differs = { code: 'DATABASE_FAILED', fault: { reason: 'MIGRATION_HISTORY_DIFFERS' } };
  await write(first, second, older);
  await expect(run()).rejects.toMatchObject(differs);
  await write({ ...first, sql: 'create table z (id int);' }, second);
  await expect(run()).rejects.toMatchObject(differs);
  await write(first);
  await expect(run()).rejects.toMatchObject(differs);
});
