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

/** A read of so many keys says that many requests are under way. */
const manyKeys = 8;
/** About as long as the process works on one request; while it works on those whose facts came, others gather. */
const gatherMsPerKey = 1.5;
const maxGatherMs = 30;

/** How long after it began a read is followed by the next, when many ask: requests that go together share all their statements. */
const pauseAfter = (keys: number): number =>
  keys < manyKeys ? 0 : Math.min(maxGatherMs, gatherMsPerKey * keys);

/** When the next read may begin: when the one before has come back, or has taken too long. `onOpen` is told. */
function createGate(clockMs: () => number, onOpen: () => void) {
  let inFlight = 0;
  /** The read that the next one waits for. */
  let held: NodeJS.Timeout | undefined;
  const letGo = (): void => {
    clearTimeout(held);
    held = undefined;
    onOpen();
  };
  const pass = (read: Promise<void>, keys: number): void => {
    inFlight += 1;
    const beganMs = clockMs();
    const timer = setTimeout(letGo, holdMs);
    held = timer;
    void read.finally(() => {
      inFlight -= 1;
      if (held !== timer) return onOpen();
      const leftMs = pauseAfter(keys) - (clockMs() - beganMs);
      if (leftMs < 1) return letGo();
      clearTimeout(timer);
      held = setTimeout(letGo, leftMs);
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
    if (waiting.length === 0 || !gate.isOpen()) return;
    const batch = waiting.splice(0, maxSubjects);
    gate.pass(ask(batch), batch.length);
  };
  const gate = createGate(clockMs, flush);
  return (key: FactKey): Promise<Dated<AnsweredFacts & Attested>> =>
    new Promise((resolve, reject) => {
      waiting.push({ key, sinceMs: clockMs(), resolve, reject });
      if (isScheduled || !gate.isOpen()) return;
      isScheduled = true;
      setImmediate(flush);
    });
}
