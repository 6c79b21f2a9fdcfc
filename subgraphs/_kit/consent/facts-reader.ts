import {
  maxSubjects,
  readCarried,
  type AnsweredFacts,
  type Attested,
  type CarriedFacts,
  type ClientFacts,
  type FactKey,
  type Facts,
  type FactsSource,
  type MacKey,
  type RegisterClock,
} from '#schema';
import { createKeyText } from './key-text.ts';
import { createMergedReads } from './merged-reads.ts';
import { createShelf, type Dated, type Shelf } from './shelf.ts';
import { withinLimit } from './within-limit.ts';

/** The register as one process sees it: questions of one moment travel together, answers are kept for a moment. */
export interface FactsReader {
  /** What was read within the limit and is here; `undefined`: it must be read. Asks nobody. */
  find(key: FactKey): (Facts & Attested) | undefined;
  /** Rejects when the register does not answer, or not in time; never answers with facts older than the limit. */
  read(key: FactKey): Promise<Facts & Attested>;
  claim: FactsSource['claim'];
  readClient(clientId: string, purpose: string | null): Promise<ClientFacts | null>;
  /** Takes over what the register attests and is young enough, as if it had been read here; the rest is not there. */
  readonly accept?: (carried: readonly CarriedFacts[]) => void;
}

/** How facts are known that did not come from the register itself. */
export interface AttestedFactsOptions {
  /** Shared with the register. */
  readonly key: MacKey;
  readonly clock: RegisterClock;
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
  /** Without it nothing is accepted. */
  readonly attested?: AttestedFactsOptions;
}

const limitsOf = ({ maxAgeMs = 500, timeoutMs = 1000, capacity = 5000 }: FactsReaderOptions) => ({
  ageMs: Math.min(maxAgeMs, 500),
  timeoutMs,
  capacity,
});

const valueOf = <Value>({ value }: Dated<Value>): Value => value;

/** Facts that are kept, and what tells one question from another among them. */
interface Kept {
  readonly shelf: Shelf<Facts & Attested>;
  readonly textOfKey: (key: FactKey) => string;
}

function addDependants(
  { shelf, textOfKey }: Kept,
  key: FactKey,
  { value, readAtMs }: Dated<AnsweredFacts>,
): void {
  const { clientId, purpose, callerId } = key;
  for (const { subject, facts } of value.dependants)
    shelf.add(textOfKey({ subject, clientId, purpose, callerId }), { value: facts, readAtMs });
}

/** What is too old is kept by no shelf. */
function createAccept(kept: Kept, { key: macKey, clock }: AttestedFactsOptions) {
  const take = (carried: CarriedFacts): void => {
    const read = readCarried(carried, macKey);
    const age = read && clock.ageOf(read);
    if (!read || age === null) return;
    kept.shelf.add(kept.textOfKey(read.key), { value: read.facts, readAtMs: clock.clockMs() - age });
  };
  return (carried: readonly CarriedFacts[]): void => carried.slice(0, maxSubjects).forEach(take);
}

/** Reads the register for a whole process, of all its agencies. */
export function createFactsReader(source: FactsSource, options: FactsReaderOptions): FactsReader {
  const { clockMs } = options;
  const { ageMs, timeoutMs, capacity } = limitsOf(options);
  const shelf = createShelf<Facts & Attested>(clockMs, ageMs, capacity);
  const textOfKey = createKeyText();
  const kept: Kept = { shelf, textOfKey };
  const clients = createShelf<ClientFacts | null>(clockMs, ageMs, capacity);
  const load = createMergedReads(source, { clockMs, timeoutMs });
  const readAnew = async (key: FactKey): Promise<Dated<Facts & Attested>> => {
    const read = await load(key);
    addDependants(kept, key, read);
    return read;
  };
  const readClientAnew = async (clientId: string, purpose: string | null) => {
    const readAtMs = clockMs();
    return { value: await withinLimit(source.readClient(clientId, purpose), timeoutMs), readAtMs };
  };
  const { attested } = options;
  return {
    ...(attested && { accept: createAccept(kept, attested) }),
    find: (key) => {
      const found = shelf.find(textOfKey(key));
      return found === undefined || found instanceof Promise ? undefined : found.value;
    },
    read: async (key) => {
      const text = textOfKey(key);
      return valueOf(await (shelf.find(text) ?? shelf.keep(text, readAnew(key))));
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

/** A register that also says from which moment each of its facts is. */
export interface SharedReads extends FactsSource {
  readDated(key: FactKey): Promise<Dated<AnsweredFacts>>;
}

/**
 * The register for agencies in other processes: those that ask the same within a moment, as all agencies of one operation
 * do, share one read of its tables. Every answer says how old it is.
 */
export function shareReads(source: FactsSource, options: FactsReaderOptions): SharedReads {
  const { clockMs } = options;
  const { timeoutMs, capacity } = limitsOf(options);
  const facts = createShelf<AnsweredFacts>(clockMs, sharedAgeMs, capacity);
  const load = createMergedReads(source, { clockMs, timeoutMs });
  const textOfKey = createKeyText();
  const readDated = async (key: FactKey): Promise<Dated<AnsweredFacts>> => {
    const text = textOfKey(key);
    return facts.find(text) ?? facts.keep(text, load(key));
  };
  const read = async (key: FactKey): Promise<AnsweredFacts> => {
    const { value, readAtMs } = await readDated(key);
    return { ...value, ageMs: clockMs() - readAtMs };
  };
  return { ...source, readDated, read: (keys) => Promise.all(keys.map(read)) };
}
