import { expect } from 'vitest';

/** How much longer than for another one the wait for one kind may be. */
const allowedRatio = 1.1;

/** Rounds that are measured before it is judged, then between judgements, and in all. */
export interface Rounds {
  readonly first: number;
  readonly more: number;
  readonly atMost: number;
}

/** Milliseconds by kind, one for each round. */
type Waits<Kind> = ReadonlyMap<Kind, number[]>;

/** Each once, in an order that changes so that each follows each other one as often; for a prime number of kinds. */
function orderOf<Kind>(kinds: readonly Kind[], round: number): readonly Kind[] {
  const step = 1 + (round % (kinds.length - 1));
  return kinds.map((_, turn) => kinds[(turn * step + round) % kinds.length] as Kind);
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/** Every two kinds whose waits differ too much: the median, over all rounds, of one wait by the other of the same round. */
function findUnlike<Kind extends string>(waits: Waits<Kind>): string[] {
  const all = [...waits];
  return all.flatMap(([slow, slowMs]) =>
    all.flatMap(([fast, fastMs]) => {
      const ratio = medianOf(slowMs.map((ms, round) => ms / (fastMs[round] ?? NaN)));
      if (ratio <= allowedRatio) return [];
      const [one, other] = [slowMs, fastMs].map((each) => `${medianOf(each).toFixed(3)} ms`);
      return [`${slow} ${one}, ${fast} ${other}: ${ratio.toFixed(3)} over ${slowMs.length} rounds`];
    }),
  );
}

/**
 * Nobody waits more than a tenth longer for one kind than for another. Waits are compared within a round alone, a few
 * milliseconds in which a busy machine does not change its pace. While two seem unlike, more rounds are measured and all
 * are kept: chance grows less with them, and a real difference stays.
 */
export async function expectAlikeWaits<Kind extends string>(
  kinds: readonly Kind[],
  { first, more, atMost }: Rounds,
  ask: (kind: Kind, round: number) => Promise<unknown>,
): Promise<void> {
  const waits: Waits<Kind> = new Map(kinds.map((kind) => [kind, []]));
  let unlike: string[] = [];
  for (let round = 0, judged = first; round < atMost; judged += more) {
    for (; round < judged; round += 1)
      for (const kind of orderOf(kinds, round)) {
        const startedMs = performance.now();
        await ask(kind, round);
        waits.get(kind)?.push(performance.now() - startedMs);
      }
    unlike = findUnlike(waits);
    if (unlike.length === 0) return;
  }
  expect(unlike, 'kinds for which one waits longer than for others').toEqual([]);
}
