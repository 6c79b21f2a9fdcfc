import type { AnsweredFacts, ClientFacts, DependantFacts, FactKey, Facts, FactsSource } from '#schema';
import { maxSubjects } from '#schema';

/** The register as one process sees it: questions of one moment travel together, answers are kept for a moment. */
export interface FactsReader {
  /** Rejects when the register does not answer, or not in time; never answers with facts older than the limit. */
  read(key: FactKey): Promise<Facts>;
  claim: FactsSource['claim'];
  readClient(clientId: string, purpose: string | null): Promise<ClientFacts | null>;
}

export interface FactsReaderOptions {
  /** Milliseconds of the monotonic clock. */
  readonly clockMs: () => number;
  /** Age of a fact at most, from the moment its read began; default 500 ms, never more. */
  readonly maxAgeMs?: number;
  /** Time limit of a read, default 1000 ms. */
  readonly timeoutMs?: number;
  /** Facts kept at most, default 5,000. */
  readonly capacity?: number;
}

interface Kept<Value> {
  readonly readAtMs: number;
  readonly value: Promise<Value>;
}

/** Answers kept from the moment they were asked for; failures are not kept. */
function createShelf<Value>(clockMs: () => number, maxAgeMs: number, capacity: number) {
  const kept = new Map<string, Kept<Value>>();
  const find = (key: string): Promise<Value> | undefined => {
    const entry = kept.get(key);
    if (!entry) return undefined;
    if (clockMs() - entry.readAtMs < maxAgeMs) return entry.value;
    kept.delete(key);
    return undefined;
  };
  const keep = (key: string, value: Promise<Value>, readAtMs = clockMs()): Promise<Value> => {
    const entry = { readAtMs, value };
    kept.set(key, entry);
    // The oldest leave first: a Map keeps the order of insertion.
    if (kept.size > capacity) kept.delete(kept.keys().next().value ?? key);
    value.catch(() => kept.get(key) === entry && kept.delete(key));
    return value;
  };
  return { find, keep };
}

interface Waiting {
  readonly key: FactKey;
  readonly sinceMs: number;
  readonly resolve: (facts: Facts) => void;
  readonly reject: (error: unknown) => void;
}

class RegisterTimeout extends Error {
  override readonly name = 'RegisterTimeout';
}

function withLimit<Value>(work: Promise<Value>, timeoutMs: number): Promise<Value> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new RegisterTimeout('The register did not answer in time.'));
    const timer = setTimeout(giveUp, Math.max(0, timeoutMs));
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      finish();
    };
    work.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error as Error)),
    );
  });
}

/** Reads under way at one time. The questions that come meanwhile make the next read: the more there are, the fewer reads. */
const maxInFlight = 2;

interface BatcherOptions {
  readonly clockMs: () => number;
  readonly timeoutMs: number;
  /** Told of the dependants of a subject that was asked about, and when their facts began to be read. */
  readonly onDependants: (key: FactKey, dependants: readonly DependantFacts[], readAtMs: number) => void;
}

/** Gathers questions into reads of at most 100 keys. The time limit begins when a question is asked, not when it is read. */
function createBatcher(
  source: FactsSource,
  { clockMs, timeoutMs, onDependants }: BatcherOptions,
): (key: FactKey) => Promise<Facts> {
  const waiting: Waiting[] = [];
  let inFlight = 0;
  let isScheduled = false;
  const ask = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const beganMs = clockMs();
      const leftMs = timeoutMs - (beganMs - (batch[0]?.sinceMs ?? 0));
      const facts = await withLimit(source.read(batch.map(({ key }) => key)), leftMs);
      if (facts.length !== batch.length) throw new Error('The register answered another number of facts.');
      batch.forEach(({ key, resolve }, index) => {
        const { dependants, ...own } = facts[index] as AnsweredFacts;
        if (dependants.length > 0) onDependants(key, dependants, beganMs);
        resolve(own);
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
  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, sinceMs: clockMs(), resolve, reject });
      if (isScheduled || inFlight >= maxInFlight) return;
      isScheduled = true;
      setImmediate(flush);
    });
}

const textOf = ({ subject, clientId, purpose, callerId }: FactKey): string =>
  JSON.stringify([subject, clientId, purpose, callerId]);

/** Reads the register for a whole process, of all its agencies. */
export function createFactsReader(source: FactsSource, options: FactsReaderOptions): FactsReader {
  const { clockMs, maxAgeMs = 500, timeoutMs = 1000, capacity = 5000 } = options;
  const age = Math.min(maxAgeMs, 500);
  const facts = createShelf<Facts>(clockMs, age, capacity);
  const clients = createShelf<ClientFacts | null>(clockMs, age, capacity);
  const onDependants: BatcherOptions['onDependants'] = (key, dependants, readAtMs) => {
    for (const { subject, facts: found } of dependants) {
      const text = textOf({ ...key, subject });
      if (!facts.find(text)) void facts.keep(text, Promise.resolve(found), readAtMs);
    }
  };
  const load = createBatcher(source, { clockMs, timeoutMs, onDependants });
  return {
    read: (key) => {
      const text = textOf(key);
      return facts.find(text) ?? facts.keep(text, load(key));
    },
    claim: (grant, operationId) => withLimit(source.claim(grant, operationId), timeoutMs),
    readClient: async (clientId, purpose) => {
      const text = JSON.stringify([clientId, purpose]);
      const read = () => withLimit(source.readClient(clientId, purpose), timeoutMs);
      return clients.find(text) ?? clients.keep(text, read());
    },
  };
}
