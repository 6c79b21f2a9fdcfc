import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { startEmbedded } from '#db/embedded';
import { vietnamDay } from '#db/population';
import { populateOnce, prepareDatabases } from '../subgraphs/load.ts';
import { loadAgencies } from '../subgraphs/registry.ts';
import { readBenchConfig, type BenchConfig, type Layout } from './config.ts';
import { startBenchIssuer, type BenchIssuer } from './issuer.ts';
import { measureRound, requireSameAnswers, type Round } from './measure.ts';
import { startStack, stopStack, type Ground, type Stack } from './processes.ts';
import { costRow, stackRows, type Comparison } from './report.ts';
import { benchOrder, endRight, prepareRight, type Asked } from './right.ts';

interface Bench {
  readonly config: BenchConfig;
  readonly ground: Ground;
  readonly issuer: BenchIssuer;
  readonly asked: Asked;
}

/** Rounds in turns, so that what else the machine does falls on both alike: A B, B A, A B, … */
async function compare(
  stacks: readonly [Stack, Stack],
  connections: number,
  bench: Bench,
): Promise<Comparison> {
  const { config, issuer, asked } = bench;
  const rounds = new Map<Stack, Round[]>(stacks.map((stack) => [stack, []]));
  const runRound = async (stack: Stack, warmUpMs: number): Promise<Round> =>
    measureRound(stack, {
      asked,
      connections,
      warmUpMs,
      measureMs: config.seconds * 1000,
      token: await issuer.sign(benchOrder),
    });
  for (let round = 0; round < config.rounds; round += 1)
    for (const stack of round % 2 === 0 ? stacks : [...stacks].reverse())
      rounds.get(stack)?.push(await runRound(stack, round === 0 ? 8000 : 500));
  const [enforced, bare] = stacks.map((stack) => rounds.get(stack) ?? []);
  return { layout: stacks[0].layout, connections, enforced: enforced ?? [], bare: bare ?? [] };
}

async function compareLayout(layout: Layout, bench: Bench): Promise<Comparison[]> {
  const { ground, asked, issuer, config } = bench;
  const enforced = await startStack(layout, true, ground);
  const started: Stack[] = [enforced];
  try {
    const bare = await startStack(layout, false, ground);
    started.push(bare);
    await requireSameAnswers(started, asked, await issuer.sign(benchOrder));
    const comparisons: Comparison[] = [];
    for (const connections of config.connections)
      comparisons.push(await compare([enforced, bare], connections, bench));
    return comparisons;
  } finally {
    await Promise.all(started.map(stopStack));
  }
}

function report(comparisons: readonly Comparison[]): void {
  console.table(comparisons.flatMap(stackRows));
  console.log('The cost of enforcement: CPU per request, with it to without it.');
  console.table(comparisons.map(costRow));
  const failures = comparisons.flatMap(({ enforced, bare }) => [...enforced, ...bare]);
  if (failures.some((round) => round.failures > 0 || round.requests === 0))
    throw new Error('Some requests were not answered with data: the figures are not valid.');
}

async function run(adminUrl: string, config: BenchConfig): Promise<void> {
  const urls = await prepareDatabases(adminUrl);
  const wanted = { seed: 1, citizens: config.population, asOf: vietnamDay(new Date()) };
  const plan = await populateOnce({ urls, agencies: await loadAgencies(), plan: wanted });
  const issuer = await startBenchIssuer(config.dataDir);
  const { variables, close } = issuer;
  try {
    const ground = { adminUrl, urls, issuer: variables, profileDir: config.profileDir };
    const bench = { config, ground, issuer, asked: await prepareRight(urls) };
    const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
    console.log(
      `Profile query, ${bench.asked.numbers.length} of ${plan.citizens} citizens at random, who consented; ${config.rounds} rounds of ${config.seconds} s; ${machine}.`,
    );
    const comparisons: Comparison[] = [];
    for (const layout of config.layouts) comparisons.push(...(await compareLayout(layout, bench)));
    if (config.json)
      writeFileSync(config.json, `${JSON.stringify({ machine, plan, comparisons }, null, 2)}\n`);
    report(comparisons);
  } finally {
    close();
    await endRight(urls);
  }
}

const config = readBenchConfig();
if (config.databaseUrl) await run(config.databaseUrl, config);
else {
  const embedded = await startEmbedded({ dataDir: config.dataDir });
  await run(embedded.adminUrl, config).finally(() => embedded.stop());
}
