import { compartmentScopeOf, healthCompartments, type Facts, type FactsSource } from '#schema';
import { testClientId, testOfficer, testPurpose, testStatute } from '../../support/callers.ts';

/** Every set of compartments, the empty one first. */
export const allSubsets: readonly (readonly string[])[] = Array.from(
  { length: 2 ** healthCompartments.length },
  (_, bits) => healthCompartments.filter((_, place) => (bits >> place) & 1),
);

/** An officer who may see these compartments of everybody, and the ordinary records. */
export const readerOf = (allowed: readonly string[]) => ({
  ...testOfficer,
  sub: `officer:${allowed.join('+')}`,
});

const clientFor = (allowed: readonly string[]) => ({
  clientId: testClientId,
  isFirstParty: false,
  purpose: {
    code: testPurpose,
    scopes: ['HEALTH_RECORDS', ...allowed.map(compartmentScopeOf)] as const,
    legalBasis: 'STATUTE',
    legalReference: testStatute,
  } as const,
});

const factsFor = (allowed: readonly string[]): Facts => ({
  client: clientFor(allowed),
  subject: null,
  links: [],
  grants: [],
  emergencies: [],
  isFresh: { population: true, dependants: true },
});

/** A register whose readers may see what their id names, of some citizens only what `perCitizen` says. */
export function compartmentRegister(
  perCitizen: ReadonlyMap<string, readonly string[]> = new Map(),
): FactsSource {
  const allowedOf = (subject: string, callerId: string): readonly string[] =>
    perCitizen.get(subject) ?? healthCompartments.filter((name) => callerId.split(/[:+]/).includes(name));
  return {
    read: async (keys) =>
      keys.map(({ subject, callerId }) => ({
        ...factsFor(allowedOf(subject, callerId)),
        dependants: [],
        ageMs: 0,
      })),
    claim: async () => false,
    readClient: async () => clientFor(healthCompartments),
  };
}
