import { LRUCache } from 'lru-cache';
import type { Caller, ClientFacts, FactsSource, KnownClient } from '#schema';

/** Age at which facts of the register are asked for anew. */
const maxAgeMs = 500;
/** The register is worth waiting for only this long: what is not refused here, the agency refuses. */
const timeoutMs = 400;
const maxClients = 1000;

export interface ClientReaderOptions {
  readonly readClient: FactsSource['readClient'];
  /** Milliseconds of the monotonic clock. */
  readonly clockMs: () => number;
}

interface Entry {
  readonly atMs: number;
  readonly client: Promise<KnownClient>;
}

function withinTime(facts: Promise<ClientFacts | null>): Promise<KnownClient> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), timeoutMs);
    const settle = (client: KnownClient): void => {
      clearTimeout(timer);
      resolve(client);
    };
    facts.then(settle, () => settle(undefined));
  });
}

/**
 * What the register knows of the caller's client and purpose, at most 500 ms old; `undefined` when it does not say so
 * within 400 ms. Never rejects.
 */
export function createClientReader({ readClient, clockMs }: ClientReaderOptions) {
  const entries = new LRUCache<string, Entry>({ max: maxClients });
  return (caller: Caller): Promise<KnownClient> => {
    if (caller.kind === 'anonymous') return Promise.resolve(undefined);
    const purpose = caller.purpose?.code ?? null;
    const key = JSON.stringify([caller.clientId, purpose]);
    const atMs = clockMs();
    const entry = entries.get(key);
    if (entry && atMs - entry.atMs < maxAgeMs) return entry.client;
    const client = withinTime(Promise.resolve().then(() => readClient(caller.clientId, purpose)));
    entries.set(key, { atMs, client });
    return client;
  };
}
