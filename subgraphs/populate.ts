import { parseArgs } from 'node:util';
import { startEmbedded } from '#db/embedded';
import { vietnamDay, writePopulationMark, type PopulationPlan } from '#db/population';
import { readEnvironment, readPasswords } from './config.ts';
import {
  loadPopulation,
  PopulationConflict,
  prepareDatabases,
  readPopulation,
  type DatabaseUrls,
} from './load.ts';
import { createProgressBar } from './progress.ts';
import { loadAgencies } from './registry.ts';

const usage = 'npm run populate -- [--citizens 1000] [--seed 1] [--as-of YYYY-MM-DD] [--reset | --keep]';

function readArguments() {
  const { values } = parseArgs({
    options: {
      citizens: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      'as-of': { type: 'string' },
      reset: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  const whole = (name: 'citizens' | 'seed', max: number): number => {
    const number = Number(values[name]);
    if (Number.isInteger(number) && number >= 0 && number <= max) return number;
    throw new Error(`--${name} takes a whole number up to ${max}. Usage: ${usage}`);
  };
  const asOf = values['as-of'];
  if (asOf !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(asOf))
    throw new Error(`--as-of takes a day as YYYY-MM-DD. Usage: ${usage}`);
  return {
    citizens: whole('citizens', 68_400_000),
    seed: whole('seed', 2 ** 31),
    asOf,
    reset: values.reset,
    keep: values.keep,
  };
}

/** Without `--as-of`, an unfinished load of the same seed and size keeps its day; a new one is told as of today. */
async function planOf(urls: DatabaseUrls, given: ReturnType<typeof readArguments>): Promise<PopulationPlan> {
  const { seed, citizens, asOf, reset } = given;
  const mark = asOf || reset ? null : await readPopulation(urls);
  const isResumed = mark && !mark.isFinished && mark.seed === seed && mark.citizens === citizens;
  return { seed, citizens, asOf: asOf ?? (isResumed ? mark.asOf : vietnamDay(new Date())) };
}

async function populate(adminUrl: string, dataDir: string): Promise<void> {
  const given = readArguments();
  const urls = await prepareDatabases(adminUrl, readPasswords());
  const mark = given.keep ? await readPopulation(urls) : null;
  if (mark?.isFinished) {
    writePopulationMark(dataDir, mark);
    return console.log(`A population is there (${mark.citizens} citizens, as of ${mark.asOf}); it is kept.`);
  }
  const plan = await planOf(urls, given);
  const agencies = await loadAgencies();
  const startedMs = performance.now();
  const onProgress = createProgressBar(process.stdout, () => performance.now());
  const rows = await loadPopulation({ urls, agencies, plan, reset: given.reset, onProgress });
  writePopulationMark(dataDir, plan);
  const seconds = (performance.now() - startedMs) / 1000;
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${rows} rows in ${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} rows/s, memory at most ${peakMb} MB. ` +
      `Synthetic population: seed ${plan.seed}, ${plan.citizens} citizens and the personas, as of ${plan.asOf}.`,
  );
}

async function main(): Promise<void> {
  const { DATABASE_URL, DATA_DIR } = readEnvironment();
  if (DATABASE_URL) return populate(DATABASE_URL, DATA_DIR);
  const embedded = await startEmbedded({ dataDir: DATA_DIR, log: console.log });
  await populate(embedded.adminUrl, DATA_DIR).finally(() => embedded.stop());
}

main().catch((error: unknown) => {
  const isExpected = error instanceof PopulationConflict || (error instanceof Error && !('fault' in error));
  console.error(isExpected ? error.message : error);
  process.exitCode = 1;
});
