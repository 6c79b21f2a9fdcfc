import { performance } from 'node:perf_hooks';
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
const manyKeys = 3;
/** After such a read others gather while the event loop is busy for so much of the time; it is looked at this often. */
const busyShare = 0.5;
const lookMs = 2;
/** So long after it began, a read is followed by the next in any case. */
const maxGatherMs = 60;

/** Tells what share of the time since it was made, or last asked, the event loop had something to do. */
function createBusyMeter(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const before = last;
    last = performance.eventLoopUtilization();
    return performance.eventLoopUtilization(last, before).utilization;
  };
}

/**
 * When the next read may begin: when the one before has come back, or has taken too long. When many ask, also not before
 * the process has worked off those whose facts came: others gather meanwhile, and requests that go together share all
 * later statements. `onOpen` is told.
 */
function createGate(clockMs: () => number, onOpen: () => void) {
  let inFlight = 0;
  /** The read that the next one waits for. */
  let held: NodeJS.Timeout | undefined;
  const letGo = (): void => {
    clearTimeout(held);
    held = undefined;
    onOpen();
  };
  const gather = (untilMs: number): void => {
    const readBusyShare = createBusyMeter();
    const look = (): void => {
      if (readBusyShare() < busyShare || clockMs() >= untilMs) letGo();
      else held = setTimeout(look, lookMs);
    };
    clearTimeout(held);
    held = setTimeout(look, lookMs);
  };
  const pass = (read: Promise<void>, keys: number): void => {
    inFlight += 1;
    const untilMs = clockMs() + maxGatherMs;
    const timer = setTimeout(letGo, holdMs);
    held = timer;
    void read.finally(() => {
      inFlight -= 1;
      if (held !== timer) onOpen();
      else if (keys < manyKeys) letGo();
      else gather(untilMs);
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
