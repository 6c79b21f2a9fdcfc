import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { connectDatabase } from '#db';
import { startEmbedded } from '#db/embedded';
import { vietnamDay } from '#db/population';
import { profileQuery } from '../gateway/explorer/profile-query.ts';
import { populateOnce, prepareDatabases, type DatabaseUrls } from '../subgraphs/load.ts';
import { loadAgencies } from '../subgraphs/registry.ts';
import { readBenchConfig, type BenchConfig } from './config.ts';
import { readCpuMs, readParent } from './cpu.ts';
import { runLoad, type LoadResult } from './load.ts';
import { startInOneProcess, startOverHttp, stopStack, type Stack } from './processes.ts';

interface Measurement extends LoadResult {
  readonly stack: string;
  /** Milliseconds of processor time per request; `null`: part of the gateway's process. */
  readonly cpuMs: { readonly gateway: number; readonly agencies: number | null; readonly postgres: number };
}

const pidsOf = (children: Stack['gateway']): number[] => children.map((child) => child.pid ?? 0);

/** Numbers of citizens drawn at random, so that no cache of a few rows flatters the result. */
async function drawNumbers(urls: DatabaseUrls): Promise<{ numbers: string[]; postmaster: number }> {
  const database = connectDatabase({
    url: urls.get('population') ?? '',
    poolSize: 1,
    queryTimeoutMs: 60_000,
  });
  const rows = await database.sql<{ number: string }>`
    select personal_id as number from citizens order by random() limit 20000`;
  const [backend] = await database.sql<{ pid: number }>`select pg_backend_pid() as pid`;
  const postmaster = readParent(backend?.pid ?? 0);
  await database.close();
  return { numbers: rows.map(({ number }) => number), postmaster };
}

async function measure(stack: Stack, source: Awaited<ReturnType<typeof drawNumbers>>, config: BenchConfig) {
  const { numbers, postmaster } = source;
  const groups = { gateway: pidsOf(stack.gateway), agencies: pidsOf(stack.agencies), postgres: [postmaster] };
  const read = () => Object.entries(groups).map(([name, pids]) => [name, readCpuMs(pids)] as const);
  let before: ReturnType<typeof read> = [];
  let after: ReturnType<typeof read> = [];
  let next = 0;
  const result = await runLoad({
    origin: stack.origin,
    connections: config.connections,
    warmUpMs: 5000,
    measureMs: config.seconds * 1000,
    nextBody: () => {
      const personalId = numbers[next++ % numbers.length];
      return JSON.stringify({ query: profileQuery, variables: { personalId } });
    },
    onMeasure: (phase) => void (phase === 'begin' ? (before = read()) : (after = read())),
  });
  const used = after.map(([name, ms], at) => [name, (ms - (before[at]?.[1] ?? 0)) / result.requests]);
  const cpu = Object.fromEntries(used) as { gateway: number; agencies: number; postgres: number };
  const cpuMs = { ...cpu, agencies: stack.agencies.length > 0 ? cpu.agencies : null };
  return { stack: stack.name, ...result, cpuMs } satisfies Measurement;
}

const fixed = (value: number | null, digits = 2): string =>
  value === null ? 'in gateway' : value.toFixed(digits);

function printTable(measurements: readonly Measurement[]): void {
  console.table(
    measurements.map(({ stack, cpuMs, ...result }) => ({
      stack,
      'requests/s': Math.round(result.requestsPerSecond),
      'p50 ms': fixed(result.p50Ms, 1),
      'p99 ms': fixed(result.p99Ms, 1),
      'CPU ms gateway': fixed(cpuMs.gateway),
      'CPU ms agencies': fixed(cpuMs.agencies),
      'CPU ms PostgreSQL': fixed(cpuMs.postgres),
      failures: result.failures,
    })),
  );
}

async function run(adminUrl: string, config: BenchConfig): Promise<void> {
  const urls = await prepareDatabases(adminUrl);
  const wanted = { seed: 1, citizens: config.population, asOf: vietnamDay(new Date()) };
  const plan = await populateOnce({ urls, agencies: await loadAgencies(), plan: wanted });
  const source = await drawNumbers(urls);
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  console.log(
    `Profile query, ${plan.citizens} citizens at random, ${config.connections} connections; ${machine}.`,
  );
  const measurements: Measurement[] = [];
  for (const start of [() => startInOneProcess(adminUrl), () => startOverHttp(urls)]) {
    const stack = await start();
    try {
      measurements.push(await measure(stack, source, config));
    } finally {
      await stopStack(stack);
    }
  }
  printTable(measurements);
  if (config.json)
    writeFileSync(config.json, `${JSON.stringify({ machine, plan, measurements }, null, 2)}\n`);
}

const config = readBenchConfig();
if (config.databaseUrl) await run(config.databaseUrl, config);
else {
  const embedded = await startEmbedded({ dataDir: config.dataDir });
  await run(embedded.adminUrl, config).finally(() => embedded.stop());
}
