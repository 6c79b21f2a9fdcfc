import { maxSubjects, type AnsweredFacts, type Attested, type FactKey, type FactsSource } from '#schema';
import type { Dated } from './shelf.ts';
import { withinLimit } from './within-limit.ts';

export interface MergedReadsOptions {
  /** Milliseconds of the monotonic clock. */
  readonly clockMs: () => number;
  /** From the moment a question is asked, not from when it is read. */
  readonly timeoutMs: number;
}

interface Waiting {
  readonly key: FactKey;
  readonly sinceMs: number;
  readonly resolve: (facts: Dated<AnsweredFacts & Attested>) => void;
  readonly reject: (error: unknown) => void;
}

/** Reads under way at one time. The questions that come meanwhile make the next read: the more there are, the fewer reads. */
const maxInFlight = 2;

/** Gathers questions of a whole process into reads of at most 100 keys. */
export function createMergedReads(source: FactsSource, { clockMs, timeoutMs }: MergedReadsOptions) {
  const waiting: Waiting[] = [];
  let inFlight = 0;
  let isScheduled = false;
  const ask = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const beganMs = clockMs();
      const leftMs = timeoutMs - (beganMs - (batch[0]?.sinceMs ?? 0));
      const facts = await withinLimit(source.read(batch.map(({ key }) => key)), leftMs);
      if (facts.length !== batch.length) throw new Error('The register answered another number of facts.');
      batch.forEach(({ resolve }, index) => {
        const value = facts[index] as AnsweredFacts & Attested;
        resolve({ value, readAtMs: beganMs - value.ageMs });
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  const flush = (): void => {
    isScheduled = false;
    while (waiting.length > 0 && inFlight < maxInFlight) {
      inFlight += 1;
      void ask(waiting.splice(0, maxSubjects)).finally(() => {
        inFlight -= 1;
        flush();
      });
    }
  };
  return (key: FactKey): Promise<Dated<AnsweredFacts & Attested>> =>
    new Promise((resolve, reject) => {
      waiting.push({ key, sinceMs: clockMs(), resolve, reject });
      if (isScheduled || inFlight >= maxInFlight) return;
      isScheduled = true;
      setImmediate(flush);
    });
}
