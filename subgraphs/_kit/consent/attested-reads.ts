import { randomUUID } from 'node:crypto';
import {
  attestRead,
  gatewayIssuer,
  type Attestation,
  type AnsweredFacts,
  type AttestedAnswer,
  type FactKey,
  type MacKey,
} from '#schema';
import type { Dated } from './shelf.ts';

/** Reads that are attested for all agencies that have a key. */
export type AttestedReads = (keys: readonly FactKey[]) => Promise<AttestedAnswer>;

export interface AttestingOptions {
  readonly readDated: (key: FactKey) => Promise<Dated<AnsweredFacts>>;
  /** Those of the agencies by name; the gateway gets no facts. */
  readonly keys: ReadonlyMap<string, MacKey>;
  /** Milliseconds of the monotonic clock. */
  readonly clockMs: () => number;
}

/** Attests what the register reads, once for each read, however many ask for it. */
export function createAttestedReads({ readDated, keys, clockMs }: AttestingOptions): AttestedReads {
  const clockId = randomUUID();
  const ofAgencies = new Map([...keys].filter(([name]) => name !== gatewayIssuer));
  const made = new WeakMap<AnsweredFacts, Attestation>();
  const attest = async (key: FactKey): Promise<Attestation> => {
    const { value: facts, readAtMs: atMs } = await readDated(key);
    const known = made.get(facts);
    if (known) return known;
    const attestation = attestRead({ key, clockId, atMs, facts }, ofAgencies);
    made.set(facts, attestation);
    return attestation;
  };
  return async (given) => {
    const facts = await Promise.all(given.map(attest));
    return { facts, clock: { id: clockId, nowMs: clockMs() } };
  };
}
