import type { Database } from '#db';
import type { RegisterOptions } from '#kit';
import { feedNames, maxSubjects, type FactsSource, type FeedName } from '#schema';
import { applyNotices } from './apply-notices.ts';
import { createClaim } from './claim.ts';
import { createClientRead } from './client.ts';
import { createFactsRead } from './facts.ts';
import { createFeed } from './feed.ts';

/**
 * The register over its own tables. A read first hears of every change that the agencies committed 250 ms before it;
 * whose agency does not tell within 400 ms is marked as not fresh, and the facts are answered as last known.
 */
export function createRegister(database: Database, options: RegisterOptions): FactsSource {
  const { now, clockMs } = options;
  const apply = applyNotices.bind(null, database);
  const feeds = feedNames.map((name) => createFeed(options.feeds[name], { clockMs, apply }));
  const readFacts = createFactsRead(database);
  return {
    read: async (keys) => {
      if (keys.length > maxSubjects)
        throw new RangeError(`The register answers ${maxSubjects} keys at most.`);
      if (keys.length === 0) return [];
      const heard = await Promise.all(feeds.map((feed) => feed.catchUp()));
      const isFresh = Object.fromEntries(
        feedNames.map((name, index) => [name, heard[index] === true]),
      ) as Record<FeedName, boolean>;
      const reads = await readFacts(keys, now(), isFresh);
      return reads.map(({ facts, dependants }) => Object.assign(facts, { dependants, ageMs: 0 }));
    },
    claim: createClaim(database, now),
    readClient: createClientRead(database),
  };
}
