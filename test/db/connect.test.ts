import { setTimeout as sleep } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectDatabase, DatabaseError, type Database } from '#db';
import { startTemporaryServer, type TemporaryServer } from './temporary-server.ts';

const notes = pgTable('notes', { id: integer('id').primaryKey(), body: text('body').notNull() });

let server: TemporaryServer;
let database: Database;
let sent: string[] = [];
let faults: DatabaseError[] = [];

const secret = '099012345678';

async function failureOf(promise: Promise<unknown>): Promise<DatabaseError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DatabaseError);
  return error as DatabaseError;
}

function connect(options: { poolSize?: number; queryTimeoutMs?: number } = {}): Database {
  return connectDatabase({
    url: server.adminUrl,
    onQuery: (statement) => sent.push(statement),
    onFault: (fault) => faults.push(fault),
    ...options,
  });
}

beforeAll(async () => {
  server = await startTemporaryServer();
  database = connect();
  await database.sql.unsafe('create table notes (id int primary key, body text not null)');
});
afterAll(async () => {
  await database.close();
  await server.remove();
});
beforeEach(async () => {
  await database.sql.unsafe('truncate notes');
  sent = [];
  faults = [];
});

describe('statements', () => {
  it('answers drizzle and plain SQL alike', async () => {
    await database.orm.insert(notes).values({ id: 1, body: 'một' });
    expect(await database.orm.select().from(notes)).toEqual([{ id: 1, body: 'một' }]);
    expect(await database.sql`select body from notes where id = ${1}`).toEqual([{ body: 'một' }]);
    expect(await database.sql.unsafe('select body from notes where id = $1', [1])).toEqual([{ body: 'một' }]);
    await database.ping();
  });

  it('shows each statement to the observer, without parameters', async () => {
    await database.orm.select().from(notes).where(eq(notes.body, secret));
    await database.begin(async ({ sql: inner }) => inner`select 1 where ${secret} = ''`);
    expect(sent).toHaveLength(4);
    expect(sent.slice(1)).toEqual(['begin', "select 1 where $1 = ''", 'commit']);
    expect(sent.join()).not.toContain(secret);
  });

  it('prepares named queries on the server once, and runs them with arrays', async () => {
    const single = connect({ poolSize: 1 });
    const byIds = single.orm
      .select()
      .from(notes)
      .where(sql`${notes.id} = any(${sql.placeholder('ids')})`)
      .prepare('notes_by_ids');
    await single.orm.insert(notes).values([1, 2, 3].map((id) => ({ id, body: String(id) })));
    for (let round = 0; round < 3; round += 1) expect(await byIds.execute({ ids: [1, 3] })).toHaveLength(2);
    await single.orm.select().from(notes).where(eq(notes.id, 1));
    const prepared = await single.sql.unsafe(
      'select statement from pg_prepared_statements where statement like $1',
      ['%notes%'],
    );
    expect(prepared).toHaveLength(1);
    expect(prepared[0]?.['statement']).toContain('any($1)');
    await single.close();
  });

  const oddTexts = {
    empty: '',
    quotes: `"'""''`,
    backslashes: '\\ \\\\ \\"',
    'marks of lists': '{a,b},{"c"}',
    'the word for nothing': 'NULL',
    spaces: ' \t\n ',
    Vietnamese: 'Nguyễn Thị Ánh Tuyết',
    'beyond the basic plane': '𠮷😀',
    'longer than a read of the socket': 'ậ'.repeat(100_000),
  };

  it.each(Object.entries(oddTexts))('sends and reads a text as it is: %s', async (_, text) => {
    const read = () => database.sql<{ one: string; many: string[]; none: null }>`
      select ${text}::text as one, ${[text, 'x', text]}::text[] as many, ${null}::text as none`;
    for (let round = 0; round < 2; round += 1)
      expect(await read()).toEqual([{ one: text, many: [text, 'x', text], none: null }]);
  });

  it('prepares a statement once for texts, and once more for values of another kind', async () => {
    const single = connect({ poolSize: 1 });
    const add = (one: string | number) => single.sql<{ sum: number }>`select 1 + ${one}::int as sum`;
    for (const one of ['1', '2', 3, 4, '5']) expect(await add(one)).toEqual([{ sum: 1 + Number(one) }]);
    const prepared = await single.sql.unsafe(
      "select name from pg_prepared_statements where statement like '%1 + %'",
    );
    expect(prepared).toHaveLength(2);
    await single.close();
  });

  it('keeps every answer with its question when a parameter cannot be encoded', async () => {
    const ask = (n: number) => database.sql<{ n: string }>`select ${n}::text || ${'!'} as n`;
    const broken = Array.from({ length: 10 }, () => database.sql`select ${undefined as never}::text as n`);
    const answers = Promise.all(Array.from({ length: 40 }, (_, n) => ask(n)));
    for (const each of broken) expect((await failureOf(each)).code).toBe('DATABASE_FAILED');
    expect((await answers).map(([row]) => row?.n)).toEqual(Array.from({ length: 40 }, (_, n) => `${n}!`));
    expect(faults).toEqual([]);
  });
});

describe('errors', () => {
  it('throws the connection away when the driver itself fails', async () => {
    const single = connect({ poolSize: 1 });
    await single.ping();
    const error = await failureOf(single.sql`select ${Object.create(null) as never}::text`);
    expect(error.code).toBe('DATABASE_FAILED');
    expect(faults).toHaveLength(1);
    expect(await single.sql`select 1 as one`).toEqual([{ one: 1 }]);
    await single.close();
  });

  it.each([
    [
      'DATABASE_CONFLICT',
      '23505',
      () =>
        database.orm.insert(notes).values([
          { id: 1, body: secret },
          { id: 1, body: secret },
        ]),
    ],
    ['DATABASE_FAILED', '22P02', () => database.sql`select ${`x${secret}`}::int`],
    ['DATABASE_FAILED', '42P01', () => database.orm.execute(sql`select ${secret} from absent`)],
    ['DATABASE_TIMEOUT', '57014', () => database.sql`select pg_sleep(5), ${secret}`],
  ] as const)('%s for SQLSTATE %s, with nothing of the statement in it', async (code, reason, act) => {
    const error = await failureOf(Promise.resolve(act()));
    expect(error.code).toBe(code);
    expect(error.fault.reason).toBe(reason);
    const everything = `${error.message} ${error.stack} ${JSON.stringify(error)} ${JSON.stringify(error.fault)}`;
    expect(everything).not.toMatch(new RegExp(`${secret}|select|insert|127\\.0\\.0\\.1`, 'i'));
    expect(error.cause).toBeUndefined();
    expect(faults).toEqual([]);
  });

  it('DATABASE_UNAVAILABLE at once when nothing listens', async () => {
    const nowhere = connectDatabase({ url: 'postgresql://nobody:secret@127.0.0.1:1/none' });
    const startedAt = performance.now();
    expect((await failureOf(nowhere.ping())).code).toBe('DATABASE_UNAVAILABLE');
    expect((await failureOf(nowhere.begin(async () => {}))).code).toBe('DATABASE_UNAVAILABLE');
    expect(performance.now() - startedAt).toBeLessThan(1000);
    await nowhere.close();
  });

  it('refuses calls after close', async () => {
    const closed = connect();
    await closed.ping();
    await closed.close();
    expect((await failureOf(closed.ping())).fault.reason).toBe('CONNECTION_ENDED');
  });
});

describe('transactions', () => {
  it('rolls back when the work rejects, and passes its error on', async () => {
    const reason = new RangeError('ours');
    const failing = database.begin(async ({ orm }) => {
      await orm.insert(notes).values({ id: 1, body: 'a' });
      throw reason;
    });
    await expect(failing).rejects.toBe(reason);
    const drizzles = database.orm.transaction(async (tx) => {
      await tx.insert(notes).values({ id: 1, body: 'a' });
      await tx.insert(notes).values({ id: 1, body: 'b' });
    });
    expect((await failureOf(drizzles)).code).toBe('DATABASE_CONFLICT');
    expect(await database.orm.select().from(notes)).toEqual([]);
  });

  it('undoes only the inner one when drizzle nests', async () => {
    await database.orm.transaction(async (outer) => {
      await outer.insert(notes).values({ id: 1, body: 'kept' });
      const inner = outer.transaction(async (tx) => {
        await tx.insert(notes).values({ id: 2, body: 'undone' });
        await tx.insert(notes).values({ id: 1, body: 'twice' });
      });
      expect((await failureOf(inner)).code).toBe('DATABASE_CONFLICT');
      await outer.insert(notes).values({ id: 3, body: 'kept' });
    });
    expect((await database.orm.select({ id: notes.id }).from(notes)).map(({ id }) => id)).toEqual([1, 3]);
  });

  it('answers at once, again and again, when its connection is killed between two statements', async () => {
    const startedAt = performance.now();
    const work = database.begin(async ({ sql: inner }) => {
      const [row] = await inner<{ pid: number }>`select pg_backend_pid() as pid`;
      await database.sql`select pg_terminate_backend(${row?.pid ?? 0})`;
      await sleep(50);
      await failureOf(inner`select 1`);
      await inner`select 2`;
    });
    expect((await failureOf(work)).code).toBe('DATABASE_UNAVAILABLE');
    expect(performance.now() - startedAt).toBeLessThan(500);
    await database.ping();
  });

  it('runs statements of one transaction in order, and refuses those that come after its end', async () => {
    let late: (() => Promise<unknown>) | undefined;
    const order: number[] = [];
    await database.begin(async ({ sql: inner }) => {
      late = () => inner`select 1`;
      const ask = (n: number) => inner`select pg_sleep(${0.03 - n / 100})`.then(() => order.push(n));
      await Promise.all([1, 2, 3].map(ask));
    });
    expect(order).toEqual([1, 2, 3]);
    expect((await failureOf(late?.() ?? Promise.resolve())).fault.reason).toBe('TRANSACTION_IS_OVER');
  });

  it('gives long statements of a transaction the time asked for', async () => {
    const quick = connect({ queryTimeoutMs: 200 });
    await quick.begin(async ({ sql: inner }) => inner`select pg_sleep(0.5)`, { queryTimeoutMs: 3000 });
    expect((await failureOf(quick.begin(async ({ sql: inner }) => inner`select pg_sleep(1)`))).code).toBe(
      'DATABASE_TIMEOUT',
    );
    await quick.close();
  });
});

describe('faults', () => {
  it('answers within the limit when the server hangs, and works again with a new connection', async () => {
    const single = connect({ poolSize: 1, queryTimeoutMs: 400 });
    const [row] = await single.sql<{ pid: number }>`select pg_backend_pid() as pid`;
    const pid = row?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    try {
      const startedAt = performance.now();
      const waiting = [1, 2, 3].map(() => failureOf(single.sql`select ${secret}`));
      for (const each of waiting) expect((await each).code).toBe('DATABASE_TIMEOUT');
      expect(performance.now() - startedAt).toBeLessThan(900);
      await single.ping();
      expect(faults.map(({ code }) => code)).toEqual(['DATABASE_TIMEOUT']);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await single.close();
  });

  it('does not throw connections away because callers wait in the queue', async () => {
    const single = connect({ poolSize: 1, queryTimeoutMs: 500 });
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => single.sql`select pg_sleep(0.2)`));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
    expect((await failureOf(Promise.reject((results[3] as PromiseRejectedResult).reason))).code).toBe(
      'DATABASE_TIMEOUT',
    );
    await single.ping();
    expect(faults).toEqual([]);
    await single.close();
  });

  it('runs no more connections than the pool has', async () => {
    const pool = connect({ poolSize: 3 });
    const asked = Array.from({ length: 30 }, () => pool.sql<{ pid: number }>`select pg_backend_pid() as pid`);
    const pids = new Set((await Promise.all(asked)).map(([row]) => row?.pid));
    expect(pids.size).toBe(3);
    await pool.close();
  });
});
