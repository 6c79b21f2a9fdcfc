import { Agent, request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { faults } from '../support/faulty-agency.ts';
import { startFaultyGraph, type FaultyGraph } from '../support/faulty-graph.ts';

const never = faults['never answering']?.[1] ?? null;
const connections = 16;
const clients = 300;

let graph: FaultyGraph;
afterEach(() => graph.close());

/** Sends a request on a connection of its own; answers how to leave without waiting. */
function knock(url: string, query: string): () => void {
  const headers = { 'content-type': 'application/json' };
  const sent = request(url, { method: 'POST', headers, agent: new Agent() });
  sent.on('error', () => {});
  sent.end(JSON.stringify({ query }));
  return () => void sent.destroy();
}

test('300 clients leave: within a second nobody is asked for them any more', async () => {
  graph = await startFaultyGraph({ timeoutMs: 20_000, connections });
  const { reviews } = graph;
  await graph.ask('{ latest }');
  const askedBefore = reviews.received();
  reviews.set(never);
  const leave = Array.from({ length: clients }, () => knock(graph.url, '{ latest }'));
  await reviews.untilInFlight(connections);
  const startedMs = performance.now();
  for (const each of leave) each();
  await reviews.untilInFlight(0);
  expect(performance.now() - startedMs).toBeLessThan(1000);
  expect(reviews.mostSockets()).toBeLessThanOrEqual(connections);
  expect(reviews.received() - askedBefore).toBe(connections);
  reviews.set(null);
  expect((await graph.ask('{ latest }')).data).toEqual({ latest: 'good' });
});

/** Milliseconds of the slowest percent. */
async function slowest(
  ask: () => Promise<{ readonly ms: number; readonly errors?: unknown }>,
): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 25; round += 1) {
    const answers = await Promise.all(Array.from({ length: 5 }, ask));
    for (const { ms, errors } of answers) if (errors === undefined) times.push(ms);
  }
  expect(times).toHaveLength(125);
  return times.sort((one, other) => one - other)[Math.floor(times.length * 0.99)] ?? Infinity;
}

test('an agency that hangs does not slow what does not need it', async () => {
  graph = await startFaultyGraph({ timeoutMs: 20_000, connections });
  const ask = () => graph.ask('{ users { id name } }');
  await slowest(ask);
  const baselineMs = await slowest(ask);
  graph.reviews.set(never);
  const leave = Array.from({ length: 3 * connections }, () =>
    knock(graph.url, '{ users { reviews } latest }'),
  );
  await graph.reviews.untilInFlight(connections);
  expect(await slowest(ask)).toBeLessThan(2 * baselineMs + 20);
  expect(graph.reviews.inFlight()).toBe(connections);
  for (const each of leave) each();
});
