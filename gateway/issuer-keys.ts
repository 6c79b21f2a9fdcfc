import { createLocalJWKSet, type JSONWebKeySet, type LocalJWKSet } from 'jose';
import { request } from 'undici';

/** The issuer's keys at one time; another object: keys came or went. */
export interface KeySet {
  /** The key of a token's header. Rejects when there is none, or several. */
  readonly find: LocalJWKSet;
  readonly text: string;
}

/** The keys that an issuer signs with. */
export interface IssuerKeys {
  /** Those in force; `null`: none were ever obtained. Never rejects. */
  readonly current: () => Promise<KeySet | null>;
  /** Those in force after a token named an unknown key. Never rejects. */
  readonly renewed: () => Promise<KeySet | null>;
}

/** @throws Error (of jose) when it is not a set of keys */
const readKeySet = (text: string): KeySet => ({
  text,
  find: createLocalJWKSet(JSON.parse(text) as JSONWebKeySet),
});

/** Keys that never change: those of an issuer in this process. */
export function fixedKeys(jwks: JSONWebKeySet): IssuerKeys {
  const set = readKeySet(JSON.stringify(jwks));
  const answer = async (): Promise<KeySet> => set;
  return { current: answer, renewed: answer };
}

export interface FetchedKeysOptions {
  /** The issuer's `jwks_uri` (RFC 8414). */
  readonly uri: string;
  /** The monotonic clock. */
  readonly clockMs: () => number;
  /** Limit of one fetch, from connecting to the last byte; default 2000. */
  readonly timeoutMs?: number;
  /** Told once per failed fetch, in a sentence for the log. */
  readonly onFault?: (sentence: string) => void;
}

/** Age from which keys are fetched again, so that a removed key ends. */
export const maxKeyAgeMs = 600_000;
/** The shortest time between the beginnings of two fetches, whoever asks. */
export const fetchPauseMs = 30_000;
const maxBytes = 65_536;

async function readBounded(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function download(uri: string, timeoutMs: number): Promise<KeySet> {
  const signal = AbortSignal.timeout(timeoutMs);
  const { statusCode, body } = await request(uri, {
    headers: { accept: 'application/json' },
    reset: true,
    signal,
  });
  // Read whatever the status: a body destroyed before it ends brings the process down.
  const text = await readBounded(body);
  if (statusCode !== 200) throw new Error(`the status is ${statusCode}`);
  return readKeySet(text);
}

interface Fetching {
  set: KeySet | null;
  /** Whether the last fetch failed. */
  hasFailed: boolean;
  /** When the fetch of `set` began, and the last fetch. */
  fetchedMs: number;
  attemptedMs: number;
}

async function load(
  state: Fetching,
  { uri, clockMs, timeoutMs, onFault }: FetchedKeysOptions,
): Promise<void> {
  const startedMs = clockMs();
  state.attemptedMs = startedMs;
  try {
    const fresh = await download(uri, timeoutMs ?? 2000);
    state.set = state.set?.text === fresh.text ? state.set : fresh;
    state.fetchedMs = startedMs;
    state.hasFailed = false;
  } catch (error) {
    state.hasFailed = true;
    const cause = error instanceof Error ? error.message : 'no cause is known';
    onFault?.(`The issuer's keys could not be fetched: ${cause}.`);
  }
}

/**
 * Keys of an issuer over HTTP, fetched when first needed, again every 10 minutes of use, and when a token names an
 * unknown key; never twice within 30 s, and once however many ask. When the issuer cannot be reached the last keys
 * stay in force, and nobody waits for it.
 */
export function fetchedKeys(options: FetchedKeysOptions): IssuerKeys {
  const { clockMs } = options;
  const state: Fetching = { set: null, hasFailed: false, fetchedMs: -Infinity, attemptedMs: -Infinity };
  let flight: Promise<void> | null = null;
  const fetchOnce = (): Promise<void> | null => {
    if (!flight && clockMs() - state.attemptedMs >= fetchPauseMs)
      flight = load(state, options).finally(() => {
        flight = null;
      });
    return flight;
  };
  const current = async (): Promise<KeySet | null> => {
    if (clockMs() - state.fetchedMs < maxKeyAgeMs) return state.set;
    const fetching = fetchOnce();
    if (state.set === null || !state.hasFailed) await fetching;
    return state.set;
  };
  const renewed = async (): Promise<KeySet | null> => {
    await fetchOnce();
    return state.set;
  };
  return { current, renewed };
}
