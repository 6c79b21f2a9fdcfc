import { pino } from 'pino';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { askOverHttp } from '../../gateway/agency-source.ts';
import { admitAnonymously } from '../../gateway/authenticate.ts';
import { startGraph } from '../../gateway/graph.ts';
import { createDoor, openDoor, type Door } from '../../gateway/server.ts';
import { createTraffic } from '../../gateway/traffic.ts';
import { composeHeld, startHeldAgency, type HeldAgency } from '../support/held-agency.ts';
import { connectKeptAlive } from '../support/kept-alive.ts';

const maxInFlight = 3;
const traffic = createTraffic({ maxInFlight });
let agency: HeldAgency;
let graph: Awaited<ReturnType<typeof startGraph>>;
let door: Door;
beforeAll(async () => {
  agency = await startHeldAgency();
  const askOf = (name: string, url: string) => askOverHttp({ agency: name, url });
  const log = pino({ level: 'silent' });
  graph = await startGraph({ supergraph: composeHeld(agency.url), askOf, ownScalars: false, log });
  const isReady = async (): Promise<boolean> => true;
  const shortWay = inject('shortWay');
  const options = { graph, authenticate: admitAnonymously, isReady, pages: [], origins: [], shortWay };
  door = await openDoor(createDoor({ ...options, traffic }), 0, '127.0.0.1');
});
afterAll(async () => {
  await door.close(traffic, { noticeMs: 0, limitMs: 1000 });
  await graph.stop();
  await agency.close();
});

test('past capacity: 503 with retry-after, health answers, and what is under way is not touched', async () => {
  const clients = Array.from({ length: maxInFlight }, () => connectKeptAlive(door.port));
  const next = connectKeptAlive(door.port);
  const underWay = clients.map((client) => client.query('{ held }'));
  await agency.waiting(maxInFlight);
  for (let round = 0; round < 3; round += 1) {
    const { status, headers, text } = await next.query('{ quick }');
    expect(status).toBe(503);
    expect(headers['retry-after']).toMatch(/^[1-9]\d*$/);
    expect(JSON.parse(text)).toEqual({
      errors: [
        expect.objectContaining({
          extensions: { code: 'OVERLOADED', retryAfterSeconds: 1, howTo: expect.any(String) },
        }),
      ],
    });
  }
  for (const path of ['/health/live', '/health/ready']) expect((await next.get(path)).status).toBe(200);
  agency.release();
  for (const { status, text } of await Promise.all(underWay))
    expect([status, text]).toEqual([200, '{"data":{"held":"at last"}}\n']);
  const after = await next.query('{ quick }');
  expect([after.status, after.text]).toEqual([200, '{"data":{"quick":"at once"}}\n']);
  for (const client of [...clients, next]) client.close();
});

test('refused requests free nothing and take nothing', async () => {
  const client = connectKeptAlive(door.port);
  for (let round = 0; round < 2 * maxInFlight; round += 1)
    expect((await client.query('{ nothing }')).status).toBe(200);
  expect((await client.query('{ quick }')).text).toBe('{"data":{"quick":"at once"}}\n');
  client.close();
});
