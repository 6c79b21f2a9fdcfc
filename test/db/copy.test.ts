import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  date,
  doublePrecision,
  integer,
  jsonb,
  numeric,
  pgTable,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { connectDatabase, copyRows, type Database } from '#db';
import { startTemporaryServer, type TemporaryServer } from './temporary-server.ts';

const things = pgTable('Odd "name"', {
  citizenId: uuid('citizen_id').notNull(),
  seq: integer('seq').primaryKey(),
  name: text('name'),
  tags: text('tags').array(),
  counts: integer('counts').array(),
  payload: jsonb('payload'),
  amount: numeric('amount', { precision: 20, scale: 4 }),
  salary: bigint('salary', { mode: 'number' }),
  ratio: doublePrecision('ratio'),
  bornOn: date('born_on'),
  seenAt: timestamp('seen_at', { withTimezone: true }),
  isAlive: boolean('is_alive'),
  status: text('status').notNull().default('NEW'),
  token: text('token')
    .notNull()
    .$defaultFn(() => 'made'),
});
const citizenId = '0190a6f0-1c2d-7abc-8def-0123456789ab';
const bare = {
  name: null,
  tags: null,
  counts: null,
  payload: null,
  amount: null,
  salary: null,
  ratio: null,
  bornOn: null,
  seenAt: null,
  isAlive: null,
};
const full = {
  citizenId,
  seq: 1,
  name: 'Nguyễn\tVăn\nA\r\n\\N \\. "quoted" {x,y} 😀',
  tags: ['a,b', 'c"d', 'e\\f', 'tab\there', 'line\nbreak', '', 'null', '{}'],
  counts: [1, -2, 3],
  payload: { path: 'C:\\temp\\new', text: 'tab\tline\nquote"', list: [1, null, { đ: true }] },
  amount: '12345678901234.5678',
  salary: 9_007_199_254_740_991,
  ratio: -1.5e-7,
  bornOn: '1945-09-02',
  seenAt: new Date('2026-02-28T23:59:59.123Z'),
  isAlive: false,
};

let server: TemporaryServer;
let database: Database;

beforeAll(async () => {
  server = await startTemporaryServer();
  database = connectDatabase({ url: server.adminUrl });
  await database.sql
    .unsafe(`create table "Odd ""name""" (citizen_id uuid not null, seq int primary key, name text,
    tags text[], counts int[], payload jsonb, amount numeric(20,4), salary bigint, ratio float8, born_on date,
    seen_at timestamptz, is_alive boolean, status text not null, token text not null)`);
  await database.sql.unsafe('create table checkpoint (done int)');
});
afterAll(async () => {
  await database.close();
  await server.remove();
});
beforeEach(() => database.sql.unsafe('truncate "Odd ""name""", checkpoint'));

const stored = () => database.orm.select().from(things).orderBy(things.seq);

it('brings every value back as it was', async () => {
  const rows = [
    full,
    { citizenId, seq: 2, ...bare },
    { citizenId, seq: 3, name: '', tags: [], status: 'SET', token: '' },
  ];
  expect(await copyRows(database.sql, things, rows)).toBe(3);
  expect(await stored()).toEqual([
    { ...full, status: 'NEW', token: 'made' },
    { citizenId, seq: 2, ...bare, status: 'NEW', token: 'made' },
    { citizenId, seq: 3, ...bare, name: '', tags: [], status: 'SET', token: '' },
  ]);
});

it('writes several tables and a checkpoint all or nothing', async () => {
  const load = (ids: number[]) =>
    database.begin(
      async ({ sql: inner, orm }) => {
        await copyRows(
          inner,
          things,
          ids.map((seq) => ({ citizenId, seq })),
        );
        await orm.execute(sql`insert into checkpoint values (${ids.length})`);
      },
      { queryTimeoutMs: 60_000 },
    );
  await load([1, 2]);
  await expect(load([3, 4, 1])).rejects.toMatchObject({
    code: 'DATABASE_CONFLICT',
    fault: { reason: '23505' },
  });
  expect((await stored()).map(({ seq }) => seq)).toEqual([1, 2]);
  expect(await database.sql`select done from checkpoint`).toEqual([{ done: 2 }]);
});

it('tells at once of an error that PostgreSQL finds in the data, early or late, and goes on working', async () => {
  function* rows(bad: number) {
    for (let seq = 0; seq < 20_000; seq += 1)
      yield { citizenId, seq, bornOn: seq === bad ? '2026-02-30' : null };
  }
  for (const bad of [0, 19_999]) {
    const startedAt = performance.now();
    await expect(copyRows(database.sql, things, rows(bad))).rejects.toMatchObject({
      fault: { reason: '22008' },
    });
    expect(performance.now() - startedAt).toBeLessThan(1000);
  }
  expect(await copyRows(database.sql, things, [])).toBe(0);
  expect(await stored()).toEqual([]);
});

it('passes the error of its source on and writes nothing', async () => {
  const reason = new RangeError('source');
  function* rows() {
    yield { citizenId, seq: 1 };
    throw reason;
  }
  await expect(copyRows(database.sql, things, rows())).rejects.toBe(reason);
  const unfit = [{ citizenId, seq: 1, name: {} as string }];
  await expect(copyRows(database.sql, things, unfit)).rejects.toThrow(TypeError);
  expect(await stored()).toEqual([]);
});

it('streams a large load in constant memory', async () => {
  function* rows() {
    for (let seq = 0; seq < 100_000; seq += 1) yield { ...full, seq };
  }
  await database.begin(({ sql: inner }) => copyRows(inner, things, rows()), { queryTimeoutMs: 60_000 });
  expect(await database.sql`select count(*)::int as n from "Odd ""name"""`).toEqual([{ n: 100_000 }]);
});
