import { measureCitizens, requireSameAnswers, type CitizenRound } from '../citizens.ts';
import { takeTurns } from '../measure.ts';
import type { Population } from '../population.ts';
import { startStack, stopStack, type Stack } from '../stacks.ts';
import { startFloor, startNaive } from './references.ts';

/** Rounds of one stack at one number of connections. */
export interface WholeResult {
  readonly name: string;
  readonly connections: number;
  readonly rounds: readonly CitizenRound[];
}

type Start = () => Promise<Stack>;

/** References first. */
function listStarts({ ground, config }: Population): readonly Start[] {
  const { layouts, withSingleCalls } = config;
  const product = layouts.map(
    (layout): Start =>
      () =>
        startStack({ layout, isEnforced: true }, ground),
  );
  const single: Start = async () => ({
    ...(await startStack({ layout: 'over HTTP', isEnforced: true, isTogether: false }, ground)),
    name: 'over HTTP, calls alone',
  });
  return [
    () => startNaive(ground),
    () => startFloor(ground),
    ...product,
    ...(withSingleCalls ? [single] : []),
  ];
}

async function compareAt(
  stacks: readonly Stack[],
  connections: number,
  { asked, config, signToken }: Population,
): Promise<readonly WholeResult[]> {
  const measureMs = config.seconds * 1000;
  const rounds = await takeTurns(stacks, config.rounds ?? 5, async (stack, warmUpMs) =>
    measureCitizens(stack, { asked, connections, warmUpMs, measureMs, token: await signToken() }),
  );
  return stacks.map(({ name }, at) => ({ name, connections, rounds: rounds[at] ?? [] }));
}

/** W3: the product in its layouts beside the naive stack and the floor, on the same citizens. */
export async function compareWhole(population: Population): Promise<WholeResult[]> {
  const stacks: Stack[] = [];
  try {
    for (const start of listStarts(population)) stacks.push(await start());
    await requireSameAnswers(stacks, population.asked, await population.signToken());
    const results: WholeResult[] = [];
    for (const connections of population.config.connections ?? [50, 10, 1])
      results.push(...(await compareAt(stacks, connections, population)));
    return results;
  } finally {
    await Promise.all(stacks.map(stopStack));
  }
}
