import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { composeHeld, startHeldAgency, type HeldAgency } from '../support/held-agency.ts';
import { connectKeptAlive } from '../support/kept-alive.ts';
import { runProcess, type RunningProcess } from '../support/running-graph.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Running {
  readonly agency: HeldAgency;
  readonly gateway: RunningProcess;
  readonly client: () => ReturnType<typeof connectKeptAlive>;
}

async function run(env: Readonly<Record<string, string>>): Promise<Running> {
  const dir = mkdtempSync(join(tmpdir(), 'drain-'));
  closers.push(() => rmSync(dir, { recursive: true, force: true }));
  const agency = await startHeldAgency();
  closers.push(agency.close);
  const file = join(dir, 'supergraph.graphql');
  writeFileSync(file, composeHeld(agency.url));
  const gateway = await runProcess({
    script: 'gateway/main.ts',
    args: ['--supergraph', file],
    env,
    until: /serves/,
  });
  closers.push(() => gateway.stop('SIGKILL'));
  const client = (): ReturnType<typeof connectKeptAlive> => {
    const connection = connectKeptAlive(gateway.port);
    closers.push(connection.close);
    return connection;
  };
  return { agency, gateway, client };
}

/** Asks until the process is no longer ready, on a connection of its own each time. */
async function untilNotReady({ client }: Running): Promise<number> {
  const deadlineMs = performance.now() + 5000;
  for (;;) {
    const { status } = await client().get('/health/ready');
    if (status !== 200 || performance.now() > deadlineMs) return status;
  }
}

test('SIGTERM: not ready at once, nobody is cut off, exit 0', async () => {
  const running = await run({ DRAIN_NOTICE_MS: '1500', DRAIN_LIMIT_MS: '6000' });
  const { agency, gateway, client } = running;
  const idle = Array.from({ length: 20 }, client);
  for (const connection of idle)
    expect((await connection.query('{ quick }')).headers.connection).toBe('keep-alive');
  const inFlight = client().query('{ held }');
  await agency.waiting(1);
  const silent = connect(gateway.port, '127.0.0.1');
  await once(silent, 'connect');
  closers.push(() => silent.destroy());

  const startedMs = performance.now();
  const exit = gateway.stop('SIGTERM');
  expect(await untilNotReady(running)).toBe(503);
  expect((await client().get('/health/live')).status).toBe(200);
  const answers = await Promise.all(idle.map((connection) => connection.query('{ quick }')));
  expect(answers.map(({ status, headers, text }) => [status, headers.connection, text])).toEqual(
    idle.map(() => [200, 'close', '{"data":{"quick":"at once"}}\n']),
  );
  agency.release();
  const { status, headers, text } = await inFlight;
  expect([status, headers.connection, text]).toEqual([200, 'close', '{"data":{"held":"at last"}}\n']);
  expect(await exit).toBe(0);
  const tookMs = performance.now() - startedMs;
  expect(tookMs).toBeGreaterThan(1400);
  expect(tookMs).toBeLessThan(4000);
});

test('Ctrl-C: idle connections close at once, what never ends is cut off at the limit, a second signal changes nothing', async () => {
  const { agency, gateway, client } = await run({ DRAIN_NOTICE_MS: '20000', DRAIN_LIMIT_MS: '1000' });
  const events: string[] = [];
  const hanging = client()
    .query('{ held }')
    .catch(() => events.push('cut off'));
  await agency.waiting(1);
  const silent = connect(gateway.port, '127.0.0.1');
  await once(silent, 'connect');
  const closed = once(silent, 'close').then(() => events.push('idle closed'));
  const startedMs = performance.now();
  const exit = gateway.stop('SIGINT');
  gateway.child.kill('SIGINT');
  await Promise.all([hanging, closed]);
  expect(events).toEqual(['idle closed', 'cut off']);
  expect(await exit).toBe(0);
  expect(performance.now() - startedMs).toBeLessThan(4000);
});
