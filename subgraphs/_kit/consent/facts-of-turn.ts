import DataLoader from 'dataloader';
import type { FactKey, Facts } from '#schema';
import type { FactsReader } from './facts-reader.ts';

/**
 * Reads facts, of each subject once. Facts of all subjects of one turn arrive at one moment: so the resolvers that wait for
 * them go on together, and their loaders read everybody in one statement.
 */
export function createFactsOfTurn(reader: FactsReader): (key: FactKey) => Promise<Facts> {
  const loader = new DataLoader<FactKey, Facts, string>(
    async (keys) => {
      const reads = await Promise.allSettled(keys.map((key) => reader.read(key)));
      return reads.map((read) => (read.status === 'fulfilled' ? read.value : (read.reason as Error)));
    },
    { cacheKeyFn: ({ subject }) => subject },
  );
  return (key) => loader.load(key);
}
