import {
  scopeNames,
  type AnonymousCaller,
  type Caller,
  type ClientFacts,
  type Facts,
  type FactsSource,
  type Scope,
  type SignedInCaller,
} from '#schema';

export const anonymous: AnonymousCaller = { kind: 'anonymous' };

/** A statute that only tests know: lets a test of something else read what it needs. */
export const testStatute = 'Test Act Art. 1';
export const testClientId = 'test-authority';
export const testPurpose = 'test-inspection';

/** An officer of the test authority with a case. */
export const testOfficer: SignedInCaller = {
  kind: 'signed-in',
  sub: 'officer:test',
  clientId: testClientId,
  level: 2,
  roles: ['officer'],
  purpose: { code: testPurpose, legalReference: testStatute, caseNumber: 'T-1', justification: null },
};

/** A citizen signed in through the first-party client. */
export function citizenCaller(citizenId: string, level: 1 | 2 = 2): SignedInCaller {
  return { kind: 'signed-in', sub: citizenId, clientId: 'vneid', level, roles: [], purpose: null };
}

/** An officer of a registered app, for one of its purposes. */
export function appCaller(
  clientId: string,
  code: string,
  more: Partial<NonNullable<SignedInCaller['purpose']>> & Partial<Pick<SignedInCaller, 'sub' | 'roles'>> = {},
): SignedInCaller {
  const { sub = `officer:${clientId}`, roles = ['officer'], ...purpose } = more;
  return {
    kind: 'signed-in',
    sub,
    clientId,
    level: 2,
    roles,
    purpose: { code, legalReference: null, caseNumber: null, justification: null, ...purpose },
  };
}

const noFacts: Omit<Facts, 'client'> = {
  subject: null,
  links: [],
  grants: [],
  emergencies: [],
  isFresh: { population: true, dependants: true },
};

/** A register that knows one client alone, whose statute covers these scopes of everybody. */
export function statuteRegister(scopes: readonly Scope[] = scopeNames): FactsSource {
  const purpose = { code: testPurpose, scopes, legalBasis: 'STATUTE', legalReference: testStatute } as const;
  const clientOf = (clientId: string): ClientFacts | null =>
    clientId === testClientId ? { clientId, isFirstParty: false, purpose } : null;
  return {
    read: async (keys) =>
      keys.map(({ clientId }) => ({ ...noFacts, client: clientOf(clientId), dependants: [], ageMs: 0 })),
    claim: async () => false,
    readClient: async (clientId) => clientOf(clientId),
  };
}

export type { Caller };
