import { randomUUID } from 'node:crypto';
import {
  attestRead,
  gatewayIssuer,
  type Attestation,
  type AnsweredFacts,
  type AttestedAnswer,
  type FactKey,
  type Facts,
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

/** Of one person alone, without those who were read with them. */
const alone = ({ client, subject, links, grants, emergencies, isFresh }: Facts): Facts => ({
  client,
  subject,
  links,
  grants,
  emergencies,
  isFresh,
});

/**
 * Attests what the register reads, once for each read, however many ask for it; each person by themselves, so that an
 * agency is told of those alone whom it is asked about.
 */
export function createAttestedReads({ readDated, keys, clockMs }: AttestingOptions): AttestedReads {
  const clockId = randomUUID();
  const ofAgencies = new Map([...keys].filter(([name]) => name !== gatewayIssuer));
  const made = new WeakMap<AnsweredFacts, readonly Attestation[]>();
  const attest = async ({ subject: asked, clientId, purpose, callerId }: FactKey) => {
    const { value, readAtMs: atMs } = await readDated({ subject: asked, clientId, purpose, callerId });
    const known = made.get(value);
    if (known) return known;
    const attestOne = (subject: string, facts: Facts): Attestation => {
      const key = { subject, clientId, purpose, callerId };
      return attestRead({ key, clockId, atMs, facts: alone(facts) }, ofAgencies);
    };
    const dependants = value.dependants.map(({ subject, facts }) => attestOne(subject, facts));
    const attested = [attestOne(asked, value), ...dependants];
    made.set(value, attested);
    return attested;
  };
  return async (given) => {
    const facts = await Promise.all(given.map(attest));
    return { facts, clock: { id: clockId, nowMs: clockMs() } };
  };
}
