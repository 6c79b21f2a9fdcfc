import { compare, type Difference } from './compare.ts';
import { ruleFor } from './known-differences.ts';
import { generateOperations, type OperationSize } from './operations/generate.ts';
import type { Operation } from './operations/operation.ts';
import { shrink } from './shrink.ts';
import type { Side, SideAnswer } from './sides/side.ts';
import { readWeather, weatherKinds } from './world/weather.ts';
import type { World } from './world/world.ts';

/** A world with stock and us above it. */
export interface Match {
  readonly world: World;
  readonly stock: Side;
  readonly ours: Side;
}

/** One operation in one weather. */
export interface Case {
  readonly operation: Operation;
  readonly weather: string;
}

export interface Verdict extends Case {
  readonly stock: SideAnswer;
  readonly ours: SideAnswer;
  /** `data` as it should be; `undefined` in weather in which that is not known. */
  readonly truth: string | undefined;
  /** Mutation fields as they should be executed. */
  readonly effects: readonly string[];
  /** `null`: none. */
  readonly difference: Difference | null;
  /** The name of the rule of known differences; `null`: none. */
  readonly rule: string | null;
  /** Both say the same when all is well, and it is not true: a gap that we share, and no difference. */
  readonly isAlike: boolean;
}

const isFair = (weather: string): boolean => weather.startsWith('fair');

async function look({ world, stock, ours }: Match, { operation, weather }: Case): Promise<Verdict> {
  const answered = await stock.ask(operation, readWeather(weather));
  const answeredByUs = await ours.ask(operation, readWeather(weather));
  const { data, effects } = world.truth(operation);
  const truth = isFair(weather) ? data : undefined;
  const difference = compare(answered, answeredByUs);
  const told = { operation, weather, stock: answered, ours: answeredByUs, truth, effects };
  const isUntrue = truth !== undefined && (answeredByUs.data ?? 'null') !== truth;
  if (isUntrue && difference?.kind !== 'data')
    return { ...told, difference: null, rule: null, isAlike: true };
  const rule = (difference && ruleFor({ ...told, difference })?.name) ?? null;
  return { ...told, difference, rule, isAlike: false };
}

/**
 * Asks both, and judges. Where stock is wrong about an operation when all is well, it says nothing about it when it is
 * not.
 */
export async function judge(match: Match, each: Case): Promise<Verdict> {
  const verdict = await look(match, each);
  if (!verdict.difference || verdict.rule !== null || isFair(each.weather)) return verdict;
  const { rule, isAlike } = await look(match, { ...each, weather: 'fair:0' });
  return isAlike ? { ...verdict, difference: null, isAlike } : { ...verdict, rule };
}

/** As many cases, the same for the same seed: each operation in a weather of its own, every other one fair. */
export function* makeCases(
  world: World,
  seed: string,
  count: number,
  size: OperationSize = 'usual',
): Generator<Case> {
  let index = 0;
  for (const operation of generateOperations(world.api, `${seed}/${world.name}`, size)) {
    if (index >= count) return;
    const kind = index % 2 === 0 ? 'fair' : weatherKinds[((index - 1) / 2) % weatherKinds.length];
    yield { operation, weather: `${kind}:${index}` };
    index += 1;
  }
}

const tellAnswer = (name: string, { data, errors }: SideAnswer): string =>
  `${name} ${data} ${JSON.stringify(errors.map(({ path, code }) => [code, path]))}`;

/** The smallest operation that differs in the same way, in words. */
export async function explain(match: Match, verdict: Verdict): Promise<string> {
  const kind = verdict.difference?.kind;
  const fails = async (operation: Operation): Promise<boolean> => {
    const { difference, rule } = await judge(match, { operation, weather: verdict.weather });
    return difference?.kind === kind && rule === verdict.rule;
  };
  const operation = await shrink(verdict.operation, match.world.api, fails);
  const { stock, ours, truth, difference } = await judge(match, { operation, weather: verdict.weather });
  const lines = [
    `${match.world.name}, weather ${verdict.weather}, differs in ${kind}:`,
    operation.text,
    `variables ${JSON.stringify(operation.variables)}`,
    tellAnswer('stock', stock),
    tellAnswer('ours ', ours),
    ...(truth === undefined ? [] : [`truth ${truth}`]),
    ...(kind === 'data' ? [] : [`difference ${JSON.stringify(difference)}`]),
  ];
  return lines.join('\n');
}
