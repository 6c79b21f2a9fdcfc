import { measureCitizens, requireSameAnswers, type CitizenRound } from '../citizens.ts';
import type { Layout } from '../config.ts';
import { takeTurns } from '../measure.ts';
import type { Population } from '../population.ts';
import { startStack, stopStack, type Stack } from '../stacks.ts';

/** Rounds of one layout and number of connections: the product, and the same without enforcement, in turns. */
export interface EnforcementComparison {
  readonly layout: Layout;
  readonly connections: number;
  readonly enforced: readonly CitizenRound[];
  readonly bare: readonly CitizenRound[];
}

async function compare(
  stacks: readonly [Stack, Stack],
  connections: number,
  { config, asked, signToken }: Population,
): Promise<readonly (readonly CitizenRound[])[]> {
  const measureMs = config.seconds * 1000;
  return takeTurns(stacks, config.rounds ?? 10, async (stack, warmUpMs) =>
    measureCitizens(stack, { asked, connections, warmUpMs, measureMs, token: await signToken() }),
  );
}

async function compareLayout(layout: Layout, population: Population): Promise<EnforcementComparison[]> {
  const { ground, asked, config } = population;
  const enforced = await startStack({ layout, isEnforced: true }, ground);
  const started: Stack[] = [enforced];
  try {
    const bare = await startStack({ layout, isEnforced: false }, ground);
    started.push(bare);
    await requireSameAnswers(started, asked, await population.signToken());
    const comparisons: EnforcementComparison[] = [];
    for (const connections of config.connections ?? [50, 1]) {
      const [withIt = [], without = []] = await compare([enforced, bare], connections, population);
      comparisons.push({ layout, connections, enforced: withIt, bare: without });
    }
    return comparisons;
  } finally {
    await Promise.all(started.map(stopStack));
  }
}

/** What access control costs: the product beside the same without it, in each layout. */
export async function compareEnforcement(population: Population): Promise<EnforcementComparison[]> {
  const comparisons: EnforcementComparison[] = [];
  for (const layout of population.config.layouts)
    comparisons.push(...(await compareLayout(layout, population)));
  return comparisons;
}
