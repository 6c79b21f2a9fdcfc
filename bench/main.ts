import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { readBenchConfig, type BenchConfig, type Part } from './config.ts';
import { compareEnforcement } from './enforcement/compare.ts';
import { reportEnforcement } from './enforcement/report.ts';
import { compareEngines } from './engines/compare.ts';
import { reportEngines } from './engines/report.ts';
import { measureGrowth } from './growth/measure.ts';
import { reportGrowth } from './growth/report.ts';
import { withPopulation, type Population } from './population.ts';
import { compareWhole } from './whole/compare.ts';
import { reportWhole } from './whole/report.ts';

type Results = Partial<Record<Part, unknown>>;

async function runEngines(config: BenchConfig, results: Results): Promise<void> {
  for (const part of ['w1', 'w2'] as const) {
    if (!config.parts.includes(part)) continue;
    const comparisons = await compareEngines(part, config);
    results[part] = comparisons;
    reportEngines(comparisons);
  }
}

async function runCitizens(population: Population, results: Results): Promise<void> {
  const { parts } = population.config;
  if (parts.includes('w3')) {
    const compared = await compareWhole(population);
    results.w3 = compared;
    reportWhole(compared);
  }
  if (parts.includes('growth')) {
    const grown = await measureGrowth(population);
    results.growth = grown;
    reportGrowth(grown);
  }
  if (parts.includes('enforcement')) {
    const comparisons = await compareEnforcement(population);
    results.enforcement = comparisons;
    reportEnforcement(comparisons);
  }
}

/** How many measured requests were not answered as they must be, anywhere in the results. */
function countFailures(results: unknown): number {
  if (results === null || typeof results !== 'object') return 0;
  const own = 'failures' in results && typeof results.failures === 'number' ? results.failures : 0;
  return Object.values(results).reduce<number>((sum, each) => sum + countFailures(each), own);
}

const config = readBenchConfig();
const node = execFileSync(config.launch.node, ['--version'], { encoding: 'utf8' }).trim();
const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, servers on Node ${node}`;
console.log(
  `${machine}; rounds of ${config.seconds} s; CPU is user and system time, threads and children included.`,
);
const results: Results = {};
await runEngines(config, results);
if (config.parts.some((part) => part !== 'w1' && part !== 'w2'))
  await withPopulation(config, (population) => runCitizens(population, results));
if (config.json) writeFileSync(config.json, `${JSON.stringify({ machine, ...results }, null, 2)}\n`);
if (countFailures(results) > 0) {
  console.error('Some requests were not answered as they must be: the figures of their rows are not valid.');
  process.exitCode = 1;
}
