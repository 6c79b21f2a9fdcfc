import type { Attestation, Attested, CarriedFacts } from '#schema';
import type { FactsReader } from './facts-reader.ts';

/** The register as one request sees it. */
export interface VisitingReader {
  readonly reader: FactsReader;
  /** What the register attested of whom this request asked about: others may need it, too. */
  readonly attested: () => readonly Attestation[];
}

const nothing = (): readonly Attestation[] => [];

/** Gives a request what came with it, and remembers what it read for the answer. */
export function visitReader(reader: FactsReader, carried: readonly CarriedFacts[] = []): VisitingReader {
  if (!reader.accept) return { reader, attested: nothing };
  if (carried.length > 0) reader.accept(carried);
  const told = new Set<Attestation>();
  const note = <Known extends Attested>(facts: Known): Known => {
    for (const each of facts.attested ?? []) told.add(each);
    return facts;
  };
  const visiting: FactsReader = {
    find: (key) => {
      const facts = reader.find(key);
      return facts && note(facts);
    },
    read: async (key) => note(await reader.read(key)),
    claim: reader.claim,
    readClient: reader.readClient,
  };
  return { reader: visiting, attested: () => [...told] };
}
