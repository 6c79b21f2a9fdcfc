import type { AnsweredFacts, ClientFacts, FactKey, Facts, FactsSource } from '#schema';
import { createKeyText } from './key-text.ts';
import { createMergedReads } from './merged-reads.ts';
import { createShelf, type Dated } from './shelf.ts';
import { withinLimit } from './within-limit.ts';

/** The register as one process sees it: questions of one moment travel together, answers are kept for a moment. */
export interface FactsReader {
  /** What was read within the limit and is here; `undefined`: it must be read. Asks nobody. */
  find(key: FactKey): Facts | undefined;
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

const limitsOf = ({ maxAgeMs = 500, timeoutMs = 1000, capacity = 5000 }: FactsReaderOptions) => ({
  ageMs: Math.min(maxAgeMs, 500),
  timeoutMs,
  capacity,
});

const valueOf = <Value>({ value }: Dated<Value>): Value => value;

/** Reads the register for a whole process, of all its agencies. */
export function createFactsReader(source: FactsSource, options: FactsReaderOptions): FactsReader {
  const { clockMs } = options;
  const { ageMs, timeoutMs, capacity } = limitsOf(options);
  const facts = createShelf<Facts>(clockMs, ageMs, capacity);
  const clients = createShelf<ClientFacts | null>(clockMs, ageMs, capacity);
  const load = createMergedReads(source, { clockMs, timeoutMs });
  const textOfKey = createKeyText();
  const readAnew = async (key: FactKey): Promise<Dated<Facts>> => {
    const { value, readAtMs } = await load(key);
    for (const { subject, facts: found } of value.dependants)
      facts.add(textOfKey({ ...key, subject }), { value: found, readAtMs });
    return { value, readAtMs };
  };
  const readClientAnew = async (clientId: string, purpose: string | null) => {
    const readAtMs = clockMs();
    return { value: await withinLimit(source.readClient(clientId, purpose), timeoutMs), readAtMs };
  };
  return {
    find: (key) => {
      const found = facts.find(textOfKey(key));
      return found === undefined || found instanceof Promise ? undefined : found.value;
    },
    read: async (key) => {
      const text = textOfKey(key);
      return valueOf(await (facts.find(text) ?? facts.keep(text, readAnew(key))));
    },
    claim: (grant, operationId) => withinLimit(source.claim(grant, operationId), timeoutMs),
    readClient: async (clientId, purpose) => {
      const text = JSON.stringify([clientId, purpose]);
      return valueOf(await (clients.find(text) ?? clients.keep(text, readClientAnew(clientId, purpose))));
    },
  };
}

/** So long one read serves all agencies that ask the same; what is left of 500 ms is theirs. */
const sharedAgeMs = 250;

/**
 * The register for agencies in other processes: those that ask the same within a moment, as all agencies of one operation
 * do, share one read of its tables. Every answer says how old it is.
 */
export function shareReads(source: FactsSource, options: FactsReaderOptions): FactsSource {
  const { clockMs } = options;
  const { timeoutMs, capacity } = limitsOf(options);
  const facts = createShelf<AnsweredFacts>(clockMs, sharedAgeMs, capacity);
  const load = createMergedReads(source, { clockMs, timeoutMs });
  const textOfKey = createKeyText();
  const read = async (key: FactKey): Promise<AnsweredFacts> => {
    const text = textOfKey(key);
    const { value, readAtMs } = await (facts.find(text) ?? facts.keep(text, load(key)));
    return { ...value, ageMs: clockMs() - readAtMs };
  };
  return { ...source, read: (keys) => Promise.all(keys.map(read)) };
}
