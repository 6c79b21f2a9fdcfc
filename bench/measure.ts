import { readCpuMs } from './cpu.ts';
import { runLoad, type LoadOptions, type LoadResult } from './load.ts';

/** Milliseconds of processor time per request, by group of processes. */
export type CpuMs<Group extends string> = Readonly<Record<Group, number>>;

export interface Round<Group extends string = string> extends LoadResult {
  readonly cpuMs: CpuMs<Group>;
}

/** Process ids by group; their threads and children count. */
export type Processes<Group extends string> = Readonly<Record<Group, readonly number[]>>;

/** A server under load for a while, and what it cost each group of processes. */
export async function measureRound<Group extends string>(
  processes: Processes<Group>,
  load: Omit<LoadOptions, 'onMeasure'>,
): Promise<Round<Group>> {
  const groups = Object.entries<readonly number[]>(processes);
  const read = (): number[] => groups.map(([, pids]) => readCpuMs(pids));
  let before: number[] = [];
  let after: number[] = [];
  const onMeasure = (phase: 'begin' | 'end'): void =>
    void (phase === 'begin' ? (before = read()) : (after = read()));
  const result = await runLoad({ ...load, onMeasure });
  const used = groups.map(([name], at) => [
    name,
    ((after[at] ?? 0) - (before[at] ?? 0)) / Math.max(result.requests, 1),
  ]);
  return { ...result, cpuMs: Object.fromEntries(used) as CpuMs<Group> };
}

/** Of the middle, or between the two there. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

/** Of one figure of each round. */
export const medianOf = <Each>(rounds: readonly Each[], pick: (round: Each) => number): number =>
  median(rounds.map(pick));

/** The first round of a stack lets its compiler finish; later ones only fill the connections. */
export const warmUpMsOf = (round: number): number => (round === 0 ? 6000 : 400);

/**
 * Rounds in turns, so that what else the machine does falls on all alike: A B C, C B A, A B C, …
 *
 * @returns the rounds of each, in the order of `stacks`
 */
export async function takeTurns<Stack, Result>(
  stacks: readonly Stack[],
  rounds: number,
  run: (stack: Stack, warmUpMs: number) => Promise<Result>,
): Promise<readonly (readonly Result[])[]> {
  const results = new Map<Stack, Result[]>(stacks.map((stack) => [stack, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const stack of round % 2 === 0 ? stacks : [...stacks].reverse())
      results.get(stack)?.push(await run(stack, warmUpMsOf(round)));
  return stacks.map((stack) => results.get(stack) ?? []);
}
