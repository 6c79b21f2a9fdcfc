import { measureCitizens, type CitizenRound } from '../citizens.ts';
import type { Layout } from '../config.ts';
import type { Population } from '../population.ts';
import { startStack, stopStack, type Stack } from '../stacks.ts';
import { growthSeries, type GrowthStep } from './loads.ts';

/** What one step costs. */
export interface GrowthResult {
  readonly layout: Layout;
  readonly what: string;
  readonly amount: number;
  readonly rounds: readonly CitizenRound[];
}

async function measureStep(stack: Stack, step: GrowthStep, population: Population): Promise<CitizenRound[]> {
  const { asked, config, signToken } = population;
  const { connections, bodyOf } = step;
  const measureMs = config.seconds * 1000;
  const rounds: CitizenRound[] = [];
  for (let round = 0; round < (config.rounds ?? 3); round += 1) {
    const load = { asked, connections, bodyOf, measureMs, warmUpMs: round === 0 ? 3000 : 300 };
    rounds.push(await measureCitizens(stack, { ...load, token: await signToken() }));
  }
  return rounds;
}

async function measureLayout(layout: Layout, population: Population): Promise<GrowthResult[]> {
  const stack = await startStack({ layout, isEnforced: true }, population.ground);
  try {
    const results: GrowthResult[] = [];
    for (const { what, steps } of growthSeries)
      for (const step of steps) {
        const rounds = await measureStep(stack, step, population);
        results.push({ layout, what, amount: step.amount, rounds });
      }
    return results;
  } finally {
    await stopStack(stack);
  }
}

/** How the cost of a request grows with the citizens, agencies and connections in it. */
export async function measureGrowth(population: Population): Promise<GrowthResult[]> {
  const results: GrowthResult[] = [];
  for (const layout of population.config.layouts) results.push(...(await measureLayout(layout, population)));
  return results;
}
