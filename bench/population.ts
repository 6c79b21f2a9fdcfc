import { startEmbedded } from '#db/embedded';
import { vietnamDay } from '#db/population';
import { populateOnce, prepareDatabases } from '../subgraphs/load.ts';
import { createProgressBar } from '../subgraphs/progress.ts';
import { loadAgencies } from '../subgraphs/registry.ts';
import type { BenchConfig } from './config.ts';
import { startBenchIssuer } from './issuer.ts';
import { benchOrder, endRight, prepareRight, type Asked } from './right.ts';
import type { CitizenGround } from './stacks.ts';

/** The citizens that are asked about, whose consent the benchmark has while this is open. */
export interface Population {
  readonly config: BenchConfig;
  readonly ground: CitizenGround;
  readonly asked: Asked;
  readonly citizens: number;
  readonly signToken: () => Promise<string>;
}

async function openOn(
  adminUrl: string,
  config: BenchConfig,
  work: (population: Population) => Promise<void>,
): Promise<void> {
  const urls = await prepareDatabases(adminUrl);
  const wanted = { seed: 1, citizens: config.population, asOf: vietnamDay(new Date()) };
  const onProgress = createProgressBar(process.stdout, () => performance.now());
  const plan = await populateOnce({ urls, agencies: await loadAgencies(), plan: wanted, onProgress });
  const issuer = await startBenchIssuer(config.dataDir);
  try {
    if (plan.citizens !== config.population)
      console.log(
        `${config.dataDir} holds ${plan.citizens} citizens; remove it to load ${config.population}.`,
      );
    const asked = await prepareRight(urls);
    console.log(`${asked.numbers.length} of ${plan.citizens} citizens at random, who consented.`);
    const ground = { adminUrl, urls, issuer: issuer.variables, launch: config.launch };
    const signToken = () => issuer.sign(benchOrder);
    await work({ config, ground, asked, citizens: plan.citizens, signToken });
  } finally {
    issuer.close();
    await endRight(urls);
  }
}

/** Gives the work a database with citizens, loaded the first time; their consents are worthless afterwards. */
export async function withPopulation(
  config: BenchConfig,
  work: (population: Population) => Promise<void>,
): Promise<void> {
  if (config.databaseUrl) return openOn(config.databaseUrl, config, work);
  const embedded = await startEmbedded({ dataDir: config.dataDir });
  await openOn(embedded.adminUrl, config, work).finally(() => embedded.stop());
}
