import { DatabaseError } from '#db';
import type { AskedFields } from './asked-fields.ts';

/** Reads many keys in one statement; answers in their order. A key may be there more than once. */
export type ReadMany<Key, Value> = (keys: readonly Key[]) => Promise<readonly Value[]>;

/** The look-ups of one request: the same key is read once, and keys of one moment together. */
export interface Loader<Key, Value> {
  /** Rejects with `DatabaseError` when the read fails. */
  load(key: Key): Promise<Value>;
}

/**
 * Begins the look-ups of a request, told what it asks for where that is known. What they know is theirs alone; what they
 * read may share a statement with others.
 */
export type OpenLoader<Key, Value> = (asked?: AskedFields) => Loader<Key, Value>;

export interface LookUpOptions<Key> {
  /** What tells one key from another; default: the key itself, a text. */
  readonly textOf?: (key: Key) => string;
  /** Keys of several requests in one statement, at most; those of one request stay together. Default 100. */
  readonly maxKeys?: number;
  /** How long keys wait for the statement before theirs, in milliseconds; default 50. */
  readonly holdMs?: number;
}

interface Asked<Value> {
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
}

/** The keys that one request asks for at one moment. */
interface Parcel<Key, Value> {
  readonly keys: Key[];
  readonly asked: Asked<Value>[];
  isSent: boolean;
}

async function answer<Key, Value>(
  { keys, asked }: Pick<Parcel<Key, Value>, 'keys' | 'asked'>,
  read: ReadMany<Key, Value>,
): Promise<void> {
  const values = await read(keys);
  if (values.length !== keys.length) throw new TypeError('A read answered another number of values.');
  asked.forEach(({ resolve }, index) => resolve(values[index] as Value));
}

/** Whether the statement itself was refused: then one key may have spoilt it for all. */
const isOfKeys = (error: unknown): boolean =>
  !(error instanceof DatabaseError) || error.code === 'DATABASE_FAILED';

/** Reads parcels together; when their statement is refused, each alone, so that a bad one fails alone. Never rejects. */
async function readTogether<Key, Value>(
  parcels: readonly Parcel<Key, Value>[],
  read: ReadMany<Key, Value>,
): Promise<void> {
  const keys = parcels.flatMap((parcel) => parcel.keys);
  const asked = parcels.flatMap((parcel) => parcel.asked);
  try {
    await answer({ keys, asked }, read);
  } catch (error) {
    if (parcels.length > 1 && isOfKeys(error))
      await Promise.all(parcels.map((parcel) => readTogether([parcel], read)));
    else for (const { reject } of asked) reject(error);
  }
}

/** Sends parcels, the next when the last has come back, or has taken too long. */
function createSender<Key, Value>(read: ReadMany<Key, Value>, maxKeys: number, holdMs: number) {
  let waiting: Parcel<Key, Value>[] = [];
  let isScheduled = false;
  /** The statement that the next one waits for. */
  let current: object | null = null;
  const take = (): Parcel<Key, Value>[] => {
    let count = 0;
    const end = waiting.findIndex(({ keys }, index) => (count += keys.length) > maxKeys && index > 0);
    const taken = end < 0 ? waiting : waiting.slice(0, end);
    waiting = end < 0 ? [] : waiting.slice(end);
    for (const parcel of taken) parcel.isSent = true;
    return taken;
  };
  const send = (): void => {
    isScheduled = false;
    if (current !== null || waiting.length === 0) return;
    const statement = {};
    const next = (): void => {
      clearTimeout(timer);
      if (current !== statement) return;
      current = null;
      send();
    };
    const timer = setTimeout(next, holdMs);
    current = statement;
    void readTogether(take(), read).then(next);
  };
  return (parcel: Parcel<Key, Value>): void => {
    waiting.push(parcel);
    if (isScheduled || current !== null) return;
    isScheduled = true;
    setImmediate(send);
  };
}

/**
 * A look-up that all requests of a process share: keys that are asked for at the same time are read by one statement,
 * and one statement is on its way at a time. Nothing is kept between requests, and each has decided before it asks.
 * When nothing is on its way a read begins at the end of the turn of the event loop. A statement that is slow holds the
 * next for `holdMs` only; one that is refused is tried again for each request alone.
 */
export function createLookUp<Key, Value>(
  read: ReadMany<Key, Value>,
  options: LookUpOptions<Key> = {},
): OpenLoader<Key, Value> {
  const { textOf = String, maxKeys = 100, holdMs = 50 } = options;
  const sendLater = createSender(read, maxKeys, holdMs);
  return () => {
    let known: Map<string, Promise<Value>> | undefined;
    let parcel: Parcel<Key, Value> | undefined;
    return {
      load(key) {
        const text = textOf(key);
        const before = known?.get(text);
        if (before) return before;
        if (!parcel || parcel.isSent) sendLater((parcel = { keys: [], asked: [], isSent: false }));
        const { keys, asked } = parcel;
        const value = new Promise<Value>((resolve, reject) => asked.push({ resolve, reject }));
        keys.push(key);
        (known ??= new Map()).set(text, value);
        return value;
      },
    };
  };
}

/** Begins the look-ups of one request. */
export type Open<Openers> = {
  readonly [Name in keyof Openers]: Openers[Name] extends (asked?: AskedFields) => infer Opened
    ? Opened
    : never;
};

/** Begins all look-ups of a table of them. */
export function openAll<Openers extends Readonly<Record<string, (asked?: AskedFields) => unknown>>>(
  openers: Openers,
  asked?: AskedFields,
): Open<Openers> {
  const opened: Record<string, unknown> = {};
  for (const name in openers) opened[name] = openers[name]?.(asked);
  return opened as Open<Openers>;
}

/**
 * A look-up for each value that something has for a while, such as the day: reads of different values never share a
 * statement. The last value's look-up is kept.
 */
export function createLookUpPer<Given, Made>(make: (given: Given) => Made): (given: Given) => Made {
  let last: { readonly given: Given; readonly made: Made } | undefined;
  return (given) => {
    if (!last || last.given !== given) last = { given, made: make(given) };
    return last.made;
  };
}
