import type { AnsweredFacts, ClientFacts, FactKey, Facts, FactsSource } from '#schema';

export interface RegisterInMemory extends FactsSource {
  /** The subjects of every read, in order. */
  readonly reads: (readonly string[])[];
  readonly claims: { readonly subject: string; readonly grantId: string; readonly operationId: string }[];
  readonly clientReads: (readonly [clientId: string, purpose: string | null])[];
}

/** A register of a test's own making, which remembers what it was asked. */
export function createRegister(
  factsOf: (key: FactKey) => Facts & Partial<AnsweredFacts>,
  client: ClientFacts | null = null,
  claim: () => Promise<boolean> = async () => true,
): RegisterInMemory {
  const reads: (readonly string[])[] = [];
  const claims: RegisterInMemory['claims'] = [];
  const clientReads: (readonly [string, string | null])[] = [];
  return {
    reads,
    claims,
    clientReads,
    read: async (keys) => {
      reads.push(keys.map(({ subject }) => subject));
      return keys.map((key) => ({ dependants: [], ageMs: 0, ...factsOf(key) }));
    },
    claim: async (grant, operationId) => {
      claims.push({ ...grant, operationId });
      return claim();
    },
    readClient: async (clientId, purpose) => {
      clientReads.push([clientId, purpose]);
      return client;
    },
  };
}

export const broken = (): never => {
  throw new Error('the register at 10.0.0.7 lost its table "grants"');
};
/** A register that fails whatever it is asked. */
export const failing: FactsSource = {
  read: async () => broken(),
  claim: async () => broken(),
  readClient: async () => broken(),
};
