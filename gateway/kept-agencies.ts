import type { AskAgency } from './agency-source.ts';

/** How to ask an agency. What it keeps open for that can be closed, when there is anything. */
export type OpenAgency = AskAgency & { readonly close?: () => Promise<void> };

type OpenOf = (name: string, url: string) => OpenAgency;

/** The agencies of one supergraph. */
export interface AgencyLease {
  readonly askOf: (name: string, url: string) => AskAgency;
  /** Closes what no other lease has. */
  readonly end: () => void;
}

interface Kept {
  readonly ask: OpenAgency;
  leases: number;
}

/**
 * Keeps connections, circuit breakers and queues of an agency at one address through changes of the supergraph: a new graph
 * knows what the old one has learnt of it, and does not connect anew.
 */
export function keepAgencies(openOf: OpenOf): () => AgencyLease {
  const kept = new Map<string, Kept>();
  const leave = (place: string): void => {
    const found = kept.get(place);
    if (!found) return;
    found.leases -= 1;
    if (found.leases > 0) return;
    kept.delete(place);
    void found.ask.close?.().catch(() => {});
  };
  return () => {
    const places = new Set<string>();
    return {
      askOf: (name, url) => {
        const place = `${name}\n${url}`;
        const found = kept.get(place) ?? { ask: openOf(name, url), leases: 0 };
        kept.set(place, found);
        if (!places.has(place)) found.leases += 1;
        places.add(place);
        return found.ask;
      },
      end: () => {
        for (const place of places) leave(place);
        places.clear();
      },
    };
  };
}
