// Run as a process of its own by connect-crash.test.ts: callers in a loop, PostgreSQL killed under them.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { integer, pgTable } from 'drizzle-orm/pg-core';
import { connectDatabase, DatabaseError, surviveDriverFaults } from '#db';
import { startEmbedded } from '#db/embedded';

const [dataDir = '', kills = '1'] = process.argv.slice(2);
const strikes = pgTable('strikes', { id: integer('id').primaryKey() });

let driverFaults = 0;
surviveDriverFaults(() => (driverFaults += 1));
const server = await startEmbedded({ dataDir });
const database = connectDatabase({ url: server.adminUrl });
await database.sql.unsafe('create table strikes (id int primary key)');
const byId = database.orm
  .select()
  .from(strikes)
  .where(sql`${strikes.id} = any(${sql.placeholder('ids')})`)
  .prepare('strikes_by_ids');

let nextId = 0;
let isOver = false;
let slowestMs = 0;
let uncoded = 0;
let longestGapMs = 0;
let lastSuccess = performance.now();
const acknowledged: number[] = [];
const codes = new Map<string, number>();

async function insertOne(): Promise<void> {
  const id = (nextId += 1);
  await database.orm.insert(strikes).values({ id });
  acknowledged.push(id);
}

async function insertTogether(): Promise<void> {
  const ids = [(nextId += 1), (nextId += 1)];
  await database.begin(async ({ orm }) => {
    await Promise.all(ids.map((id) => orm.insert(strikes).values({ id })));
  });
  acknowledged.push(...ids);
}

async function copyMany(): Promise<void> {
  const ids = Array.from({ length: 200 }, () => (nextId += 1));
  await database.begin(({ sql }) =>
    sql.copyFrom(
      'copy strikes from stdin',
      ids.map((id) => `${id}\n`),
    ),
  );
  acknowledged.push(...ids);
}

async function look(): Promise<void> {
  await byId.execute({ ids: [1, 2, 3] });
}

async function call(work: () => Promise<void>): Promise<void> {
  while (!isOver) {
    const startedAt = performance.now();
    try {
      await work();
      longestGapMs = Math.max(longestGapMs, performance.now() - lastSuccess);
      lastSuccess = performance.now();
    } catch (error) {
      const code = error instanceof DatabaseError ? error.code : String(error);
      if (!(error instanceof DatabaseError)) uncoded += 1;
      codes.set(code, (codes.get(code) ?? 0) + 1);
      await sleep(5);
    }
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
  }
}

let killed = 0;

/** Kills the server that is running now; one that was killed before leaves its file behind for a moment. */
async function killPostmaster(): Promise<void> {
  const text = await readFile(path.join(dataDir, 'postgres-18', 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid = '', , , , , , , status = ''] = text.split('\n');
  if (!status.startsWith('ready') || Number(pid) === killed) return sleep(10).then(killPostmaster);
  killed = Number(pid);
  process.kill(killed, 'SIGKILL');
}

const callers = Array.from({ length: 24 }, (_, index) =>
  call([insertOne, insertTogether, copyMany, look][index % 4]!),
);
for (let kill = 0; kill < Number(kills); kill += 1) {
  await sleep(400);
  await killPostmaster();
  await sleep(200);
  const deadline = performance.now() + 15_000;
  const mark = acknowledged.length;
  while (acknowledged.length < mark + 200 && performance.now() < deadline) await sleep(10);
}
isOver = true;
await Promise.all(callers);
const kept = new Set((await database.sql<{ id: number }>`select id from strikes`).map(({ id }) => id));
const lost = acknowledged.filter((id) => !kept.has(id)).length;
await database.close();
await server.stop();
const report = { slowestMs, longestGapMs, uncoded, lost, driverFaults, acknowledged: acknowledged.length };
process.stdout.write(JSON.stringify({ ...report, codes: Object.fromEntries(codes) }));
