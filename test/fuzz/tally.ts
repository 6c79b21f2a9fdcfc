import type { Verdict } from './campaign.ts';

/** What a campaign over one world came to. */
export interface Tally {
  readonly world: string;
  operations: number;
  runs: number;
  /** Fair runs in which each was right, of those whose truth is known. */
  readonly right: { known: number; stock: number; ours: number; second: number; heard: number };
  /** Runs of operations about which stock and we say the same when all is well, and it is not true. */
  alike: number;
  readonly byRule: Map<string, number>;
  /** Of the differences that a rule knows: what the second opinion holds with. */
  readonly second: { ours: number; stock: number; neither: number };
}

export const unknownRule = 'UNKNOWN';

export const startTally = (world: string): Tally => ({
  world,
  operations: 0,
  runs: 0,
  right: { known: 0, stock: 0, ours: 0, second: 0, heard: 0 },
  alike: 0,
  byRule: new Map(),
  second: { ours: 0, stock: 0, neither: 0 },
});

/** `second`: the second opinion's data; `null` when it was not heard. */
export function count(tally: Tally, verdict: Verdict, second: string | undefined | null): void {
  const { stock, ours, truth, difference, rule, isAlike } = verdict;
  tally.runs += 1;
  if (isAlike) tally.alike += 1;
  if (difference) {
    const name = rule ?? unknownRule;
    tally.byRule.set(name, (tally.byRule.get(name) ?? 0) + 1);
    if (second !== null && difference.kind === 'data')
      tally.second[second === ours.data ? 'ours' : second === stock.data ? 'stock' : 'neither'] += 1;
  }
  if (truth === undefined) return;
  tally.right.known += 1;
  if (stock.data === truth) tally.right.stock += 1;
  if (ours.data === truth) tally.right.ours += 1;
  if (second !== null) tally.right.heard += 1;
  if (second === truth) tally.right.second += 1;
}

const row = (cells: readonly (string | number)[]): string => cells.join('\t');

/** The tallies as a table, and the differences by rule. */
export function tellTallies(tallies: readonly Tally[]): string {
  const head = [
    'world',
    'operations',
    'runs',
    'fair',
    'stock right',
    'ours right',
    'second right',
    'both wrong',
  ];
  const rows = tallies.map(({ world, operations, runs, right, alike }) =>
    row([
      world,
      operations,
      runs,
      right.known,
      right.stock,
      right.ours,
      `${right.second}/${right.heard}`,
      alike,
    ]),
  );
  const rules = new Map<string, number>();
  for (const { byRule } of tallies)
    for (const [name, times] of byRule) rules.set(name, (rules.get(name) ?? 0) + times);
  const sum = (pick: (tally: Tally) => number): number => tallies.reduce((all, each) => all + pick(each), 0);
  return [
    row(head.map(String)),
    ...rows,
    row(['all', sum((each) => each.operations), sum((each) => each.runs)]),
    '',
    'differences from stock, by rule',
    ...[...rules].map(([name, times]) => row([times, name])),
    '',
    `where data differs, the second opinion holds with us ${sum(({ second }) => second.ours)} times, with stock ${sum(({ second }) => second.stock)} times, with neither ${sum(({ second }) => second.neither)} times`,
  ].join('\n');
}
