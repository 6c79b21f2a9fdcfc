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

/** Reads under way at one time, at most. */
const maxInFlight = 2;
/** So long the next read waits for the one under way: what is asked meanwhile goes together. A slow one holds it no longer. */
const holdMs = 50;

/** When the next read may begin: when the one before has come back, or has taken too long. `onOpen` is told. */
function createGate(onOpen: () => void) {
  let inFlight = 0;
  /** The read that the next one waits for. */
  let held: NodeJS.Timeout | undefined;
  const letGo = (): void => {
    clearTimeout(held);
    held = undefined;
    onOpen();
  };
  const pass = (read: Promise<void>): void => {
    inFlight += 1;
    const timer = setTimeout(letGo, holdMs);
    held = timer;
    void read.finally(() => {
      inFlight -= 1;
      if (held === timer) letGo();
      else onOpen();
    });
  };
  return { isOpen: () => held === undefined && inFlight < maxInFlight, pass };
}

/** Gathers questions of a whole process into reads of at most 100 keys. */
export function createMergedReads(source: FactsSource, { clockMs, timeoutMs }: MergedReadsOptions) {
  const waiting: Waiting[] = [];
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
    if (waiting.length > 0 && gate.isOpen()) gate.pass(ask(waiting.splice(0, maxSubjects)));
  };
  const gate = createGate(flush);
  return (key: FactKey): Promise<Dated<AnsweredFacts & Attested>> =>
    new Promise((resolve, reject) => {
      waiting.push({ key, sinceMs: clockMs(), resolve, reject });
      if (isScheduled || !gate.isOpen()) return;
      isScheduled = true;
      setImmediate(flush);
    });
}
