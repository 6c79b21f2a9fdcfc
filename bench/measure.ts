import { Pool } from 'undici';
import { profileQuery } from '../gateway/explorer/profile-query.ts';
import { readCpuMs } from './cpu.ts';
import { ask, runLoad, type LoadResult } from './load.ts';
import type { Stack } from './processes.ts';
import type { Asked } from './right.ts';

/** Milliseconds of processor time per request. */
export interface CpuMs {
  readonly gateway: number;
  /** 0: part of the gateway's process. */
  readonly agencies: number;
  readonly postgres: number;
}

export interface Round extends LoadResult {
  readonly cpuMs: CpuMs;
}

export interface RoundOptions {
  readonly asked: Asked;
  readonly token: string;
  readonly connections: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

const bodyOf = (personalId: string | undefined): string =>
  JSON.stringify({ query: profileQuery, variables: { personalId } });

const pidsOf = (children: Stack['gateway']): number[] => children.map((child) => child.pid ?? 0);

/** One stack under load for a while. */
export async function measureRound(stack: Stack, options: RoundOptions): Promise<Round> {
  const { asked, measureMs, ...load } = options;
  const { numbers, postmaster } = asked;
  const groups = { gateway: pidsOf(stack.gateway), agencies: pidsOf(stack.agencies), postgres: [postmaster] };
  const read = () => Object.entries(groups).map(([name, pids]) => [name, readCpuMs(pids)] as const);
  let before: ReturnType<typeof read> = [];
  let after: ReturnType<typeof read> = [];
  let next = Math.floor(Math.random() * numbers.length);
  const result = await runLoad({
    ...load,
    measureMs,
    origin: stack.origin,
    nextBody: () => bodyOf(numbers[next++ % numbers.length]),
    onMeasure: (phase) => void (phase === 'begin' ? (before = read()) : (after = read())),
  });
  const used = after.map(([name, ms], at) => [name, (ms - (before[at]?.[1] ?? 0)) / result.requests]);
  return { ...result, cpuMs: Object.fromEntries(used) as unknown as CpuMs };
}

const sampleSize = 50;

/** @throws Error when two stacks do not answer the same: then their costs cannot be compared */
export async function requireSameAnswers(
  stacks: readonly Stack[],
  { numbers }: Asked,
  token: string,
): Promise<void> {
  const pools = stacks.map(({ origin }) => new Pool(origin, { connections: 1 }));
  for (const number of numbers.slice(0, sampleSize)) {
    const answers = await Promise.all(pools.map((pool) => ask(pool, bodyOf(number), token)));
    const [first] = answers;
    if (first == null || answers.some((answer) => answer !== first))
      throw new Error('With and without enforcement the answers differ, or carry no data.');
  }
  await Promise.all(pools.map((pool) => pool.close()));
}
