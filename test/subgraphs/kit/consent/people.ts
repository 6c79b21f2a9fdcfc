import { clockOf, type Ask } from '#kit';
import type {
  AccountFacts,
  ClientFacts,
  EmergencyFacts,
  Facts,
  GrantFacts,
  LinkFacts,
  MarkScope,
  Need,
  PersonFacts,
  PurposeFacts,
  Role,
  Scope,
  SignedInCaller,
} from '#schema';

/** Noon of the day on which all cases are judged. */
export const noon = new Date('2026-11-01T12:00:00+07:00');
export const clock = clockOf(noon);

const hourMs = 3_600_000;
/** So many hours from noon, as the register writes instants. */
export const hours = (count: number): string => new Date(noon.getTime() + count * hourMs).toISOString();
export const days = (count: number): string => hours(24 * count);
/** The first millisecond of so many hours from noon, and the last one before. */
export const justBefore = (instant: string): string => new Date(Date.parse(instant) - 1).toISOString();

export const an = '00000000-0000-4000-8000-00000000000a';
export const be = '00000000-0000-4000-8000-00000000000b';
export const lan = '00000000-0000-4000-8000-00000000000c';
export const minh = '00000000-0000-4000-8000-00000000000d';
export const operationId = 'operation-1';

const levelTwo: AccountFacts = { level: 2, state: 'ACTIVE' };

/** An adult with an active account of level 2. */
export function adult(citizenId: string, changes: Partial<PersonFacts> = {}): PersonFacts {
  return { citizenId, bornOn: '1985-04-12', lifeStatus: 'ALIVE', account: levelTwo, ...changes };
}

export const account = (level: 1 | 2, state: AccountFacts['state'] = 'ACTIVE') => ({
  account: { level, state },
});

/** Birthdays by the age they give on the day: completed today, or missing one day. */
export const turns = (age: number): string => `${2026 - age}-11-01`;
export const turnsTomorrow = (age: number): string => `${2026 - age}-11-02`;

/** A child without an account, born on the day. */
export const child = (bornOn: string, changes: Partial<PersonFacts> = {}): PersonFacts =>
  adult(be, { bornOn, account: null, ...changes });

export const need = (scope: MarkScope, minLevel: 1 | 2 = 2): Need => ({ scope, minLevel });
/** The level-1 set. */
export const basic = need('PERSONAL_INFORMATION', 1);
export const anything = need('ANY', 1);

const consentPurpose = (code: string, scopes: readonly Scope[]): PurposeFacts => ({
  code,
  scopes,
  legalBasis: 'CONSENT',
  legalReference: null,
});
export const statute = 'Law 36/2024/QH15 Art. 65';

export const vneid: ClientFacts = { clientId: 'vneid', isFirstParty: true, purpose: null };
export const bank: ClientFacts = {
  clientId: 'bank',
  isFirstParty: false,
  purpose: consentPurpose('loan', [
    'PERSONAL_INFORMATION',
    'RESIDENCE',
    'VEHICLES',
    'SOCIAL_INSURANCE',
    'HEALTH_RECORDS',
    'HEALTH_RECORDS.HIV',
  ]),
};
export const police: ClientFacts = {
  clientId: 'police',
  isFirstParty: false,
  purpose: {
    code: 'traffic-check',
    scopes: ['DRIVING_LICENCE', 'VEHICLES'],
    legalBasis: 'STATUTE',
    legalReference: statute,
  },
};
export const hospital: ClientFacts = {
  clientId: 'hospital',
  isFirstParty: false,
  purpose: consentPurpose('treatment', [
    'HEALTH_INSURANCE',
    'HEALTH_RECORDS',
    'HEALTH_RECORDS.HIV',
    'RESIDENCE',
  ]),
};

/** Somebody signed in at level 2 through the first-party client. */
export function citizen(sub: string, level: 0 | 1 | 2 = 2, roles: readonly Role[] = []): SignedInCaller {
  return { kind: 'signed-in', sub, clientId: 'vneid', level, roles, purpose: null };
}

type PurposeClaims = Partial<NonNullable<SignedInCaller['purpose']>>;

/** An officer who acts for a registered client, with a token for its purpose. */
export function officer(
  client: ClientFacts,
  claims: PurposeClaims = {},
  roles: readonly Role[] = ['officer'],
) {
  const none = { legalReference: null, caseNumber: null, justification: null };
  const purpose = { code: client.purpose?.code ?? '', ...none, ...claims };
  const caller: SignedInCaller = {
    kind: 'signed-in',
    sub: `officer:${client.clientId}`,
    clientId: client.clientId,
    level: 2,
    roles,
    purpose,
  };
  return caller;
}

export const inCase: PurposeClaims = { legalReference: statute, caseNumber: 'CSGT-17/2026' };

/** What the register answers when nothing in particular is registered. */
export function factsOf(client: ClientFacts | null, changes: Partial<Facts> = {}): Facts {
  return {
    client,
    subject: adult(an),
    links: [],
    grants: [],
    emergencies: [],
    isFresh: { population: true, dependants: true },
    ...changes,
  };
}

/** An ongoing grant of An's own, given a month ago. */
export function grant(
  grantId: string,
  scopes: readonly Scope[],
  changes: Partial<GrantFacts> = {},
): GrantFacts {
  return {
    grantId,
    scopes,
    validFrom: days(-30),
    validTo: null,
    isOneTime: false,
    usedByOperation: null,
    status: 'ACTIVE',
    givenBy: an,
    givenAs: 'SELF',
    childConsentedAt: null,
    readerId: null,
    ...changes,
  };
}

/** Lan is the mother of the subject. */
export function link(changes: Partial<LinkFacts> = {}, representative: Partial<PersonFacts> = {}): LinkFacts {
  return {
    representative: adult(lan, representative),
    relation: 'CHILD_BIOLOGICAL',
    basis: 'PARENTAL',
    validFrom: '2009-01-01',
    validTo: null,
    ...changes,
  };
}

/** An access of two hours ago, to be ended in two hours. */
export function emergency(scopes: readonly Scope[], changes: Partial<EmergencyFacts> = {}): EmergencyFacts {
  return { accessId: 'access-1', scopes, beganAt: hours(-2), endsAt: hours(2), ...changes };
}

/** One line of the table: what a lawyer reads, what is asked, what is known, and what must come out. */
export type Case = readonly [
  what: string,
  caller: Ask['caller'],
  need: Need,
  facts: Facts,
  /** A reason, or the basis with the grant it rests on: `CONSENT by grant-1, once`. */
  expected: string,
];

/** Whom a case is about: whom the facts are about, else An. */
export const subjectOf = (facts: Facts): string => facts.subject?.citizenId ?? an;
