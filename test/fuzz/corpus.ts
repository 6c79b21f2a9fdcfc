import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explain, judge, makeCases, type Match } from './campaign.ts';
import { sharePlans } from './planner.ts';
import { startOurs } from './sides/ours.ts';
import { startStock } from './sides/stock.ts';
import type { World } from './world/world.ts';

/** Operations of the corpus, of each world. */
export const operationsPerWorld = 400;
const perTest = 40;

/**
 * Runs a world's part of the corpus: 2,000 operations of five worlds, each through stock and through us. To see one world
 * with operations of other seeds: `npm run fuzz -- SEED COUNT WORLD`.
 */
export function runCorpus(compose: () => World): void {
  let match: Match;
  let cases: ReturnType<typeof makeCases>;
  let end: () => void;
  const alike: string[] = [];
  beforeAll(async () => {
    end = sharePlans();
    const world = compose();
    match = { world, stock: await startStock(world), ours: await startOurs(world) };
    cases = makeCases(world, 'corpus', operationsPerWorld, 'small');
  });
  afterAll(async () => {
    end();
    await Promise.all([match.stock.stop(), match.ours.stop()]);
  });
  describe.each(Array.from({ length: operationsPerWorld / perTest }, (_, part) => part))('part %i', () => {
    it('is answered as stock answers, or better', async () => {
      const unknown: string[] = [];
      for (let count = 0; count < perTest; count += 1) {
        const { value, done } = cases.next();
        if (done === true) break;
        const verdict = await judge(match, value);
        if (verdict.isAlike) alike.push(`${verdict.weather} ${verdict.operation.text}`);
        if (verdict.difference && verdict.rule === null) unknown.push(await explain(match, verdict));
      }
      expect(unknown.join('\n\n')).toBe('');
    });
  });
  it('shares no gap with stock', () => {
    expect(alike.join('\n')).toBe('');
  });
}
