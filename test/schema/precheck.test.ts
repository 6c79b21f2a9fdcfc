import { describe, expect, it } from 'vitest';
import {
  refuseWithoutSubject,
  type Caller,
  type ClientFacts,
  type KnownClient,
  type MarkScope,
  type Need,
  type PurposeFacts,
  type Role,
} from '#schema';

const need = (scope: MarkScope, minLevel: 1 | 2 = 2): Need => ({ scope, minLevel });
const residence = need('RESIDENCE');
const firstParty: ClientFacts = { clientId: 'vneid', isFirstParty: true, purpose: null };
const purpose: PurposeFacts = {
  code: 'loan',
  scopes: ['RESIDENCE'],
  legalBasis: 'CONSENT',
  legalReference: null,
};
const bank: ClientFacts = { clientId: 'bank', isFirstParty: false, purpose };
const law = 'Law 31/2024/QH15 Art. 131';
const byLaw = (legalReference: string | null = law): ClientFacts => ({
  ...bank,
  purpose: { ...purpose, legalBasis: 'STATUTE', legalReference },
});

interface Token {
  readonly level?: 0 | 1 | 2;
  readonly roles?: readonly Role[];
  readonly purpose?: string | null;
  readonly law?: string | null;
  readonly file?: string | null;
}
const signedIn = ({
  level = 2,
  roles = [],
  purpose: code = 'loan',
  law: legalReference = null,
  file: caseNumber = null,
}: Token = {}): Caller => ({
  kind: 'signed-in',
  sub: 'somebody',
  clientId: 'bank',
  level,
  roles,
  purpose: code === null ? null : { code, legalReference, caseNumber, justification: null },
});

type Row = readonly [what: string, caller: Caller, need: Need, client: KnownClient, expected: string | null];

const rows: readonly Row[] = [
  ['nobody is signed in', { kind: 'anonymous' }, residence, undefined, 'NOT_SIGNED_IN'],
  ['nobody is signed in, whatever the client', { kind: 'anonymous' }, residence, null, 'NOT_SIGNED_IN'],
  ['the client is unknown', signedIn(), residence, null, 'CLIENT_UNKNOWN'],
  [
    'an auditor of an unknown client',
    signedIn({ roles: ['auditor'] }),
    need('REGISTER_AUDIT'),
    null,
    'CLIENT_UNKNOWN',
  ],
  ['an analyst asks for a person', signedIn({ roles: ['analyst'] }), residence, bank, 'STATISTICS_ONLY'],
  [
    'an analyst, when the register is silent',
    signedIn({ roles: ['analyst'] }),
    residence,
    undefined,
    'STATISTICS_ONLY',
  ],
  ['an auditor asks for a person', signedIn({ roles: ['auditor'] }), residence, bank, 'STATISTICS_ONLY'],
  ['an auditor asks for the registers', signedIn({ roles: ['auditor'] }), need('REGISTER_AUDIT'), bank, null],
  [
    'an auditor, when the register is silent',
    signedIn({ roles: ['auditor'] }),
    need('REGISTER_AUDIT'),
    undefined,
    null,
  ],
  [
    'an officer asks for the registers',
    signedIn({ roles: ['officer'] }),
    need('REGISTER_AUDIT'),
    bank,
    'ROLE_MISSING',
  ],
  [
    'a citizen asks for the registers',
    signedIn({ purpose: null }),
    need('REGISTER_AUDIT', 1),
    firstParty,
    'ROLE_MISSING',
  ],
  [
    'an analyst asks for the registers',
    signedIn({ roles: ['analyst'] }),
    need('REGISTER_AUDIT'),
    bank,
    'ROLE_MISSING',
  ],
  ['the register is silent: nothing is known against it', signedIn(), residence, undefined, null],
  ['a citizen at level 2', signedIn({ purpose: null }), residence, firstParty, null],
  [
    'a citizen at level 1 asks for a category',
    signedIn({ level: 1, purpose: null }),
    residence,
    firstParty,
    'LEVEL_TOO_LOW',
  ],
  [
    'a citizen at level 1 asks for the level-1 set',
    signedIn({ level: 1 }),
    need('PERSONAL_INFORMATION', 1),
    firstParty,
    null,
  ],
  [
    'a citizen without a level',
    signedIn({ level: 0 }),
    need('PERSONAL_INFORMATION', 1),
    firstParty,
    'LEVEL_TOO_LOW',
  ],
  ['a citizen deals with the register', signedIn({ level: 1 }), need('OWN_CONSENTS', 1), firstParty, null],
  [
    'a citizen at level 1 consents',
    signedIn({ level: 1 }),
    need('OWN_CONSENTS'),
    firstParty,
    'LEVEL_TOO_LOW',
  ],
  ['an app within its purpose', signedIn(), residence, bank, null],
  ['an app at any level', signedIn({ level: 0 }), residence, bank, null],
  ['an app finds a citizen', signedIn(), need('ANY', 1), bank, null],
  ['an app deals with the register as a citizen', signedIn(), need('OWN_CONSENTS', 1), bank, 'ROLE_MISSING'],
  ['an app without a purpose', signedIn({ purpose: null }), residence, bank, 'PURPOSE_MISMATCH'],
  [
    'an app with an unregistered purpose',
    signedIn(),
    residence,
    { ...bank, purpose: null },
    'PURPOSE_MISMATCH',
  ],
  ['an app with another purpose', signedIn({ purpose: 'marketing' }), residence, bank, 'PURPOSE_MISMATCH'],
  ['an app beyond its purpose', signedIn(), need('VEHICLES'), bank, 'FIELD_NOT_IN_PURPOSE'],
  [
    'a scope does not stand for its compartments',
    signedIn(),
    need('HEALTH_RECORDS.HIV'),
    { ...bank, purpose: { ...purpose, scopes: ['HEALTH_RECORDS'] } },
    'FIELD_NOT_IN_PURPOSE',
  ],
  [
    'a clinician beyond the purpose, in an emergency',
    signedIn({ roles: ['clinician'] }),
    need('HEALTH_RECORDS'),
    bank,
    null,
  ],
  ['a clinician, for insurance', signedIn({ roles: ['clinician'] }), need('HEALTH_INSURANCE'), bank, null],
  [
    'a clinician, for who it is',
    signedIn({ roles: ['clinician'] }),
    need('PERSONAL_INFORMATION', 1),
    bank,
    null,
  ],
  [
    'a clinician, for a compartment',
    signedIn({ roles: ['clinician'] }),
    need('HEALTH_RECORDS.HIV'),
    bank,
    'FIELD_NOT_IN_PURPOSE',
  ],
  [
    'a clinician, for anything else',
    signedIn({ roles: ['clinician'] }),
    need('VEHICLES'),
    bank,
    'FIELD_NOT_IN_PURPOSE',
  ],
  [
    'an officer beyond the purpose',
    signedIn({ roles: ['officer'] }),
    need('HEALTH_RECORDS'),
    bank,
    'FIELD_NOT_IN_PURPOSE',
  ],
  ['a statute with its case', signedIn({ law, file: '17' }), residence, byLaw(), null],
  ['a statute with its case finds a citizen', signedIn({ law, file: '17' }), need('ANY', 1), byLaw(), null],
  ['a statute without a case', signedIn({ law }), residence, byLaw(), 'CASE_NUMBER_REQUIRED'],
  ['a statute with an empty case', signedIn({ law, file: '' }), residence, byLaw(), 'CASE_NUMBER_REQUIRED'],
  ['a statute with a blank case', signedIn({ law, file: ' ' }), residence, byLaw(), 'CASE_NUMBER_REQUIRED'],
  ['another statute', signedIn({ law: 'Law 1', file: '17' }), residence, byLaw(), 'CASE_NUMBER_REQUIRED'],
  ['a case without the statute', signedIn({ file: '17' }), residence, byLaw(), 'CASE_NUMBER_REQUIRED'],
  ['no statute was registered', signedIn({ file: '17' }), residence, byLaw(null), 'CASE_NUMBER_REQUIRED'],
  [
    'an empty statute was registered',
    signedIn({ law: '', file: '17' }),
    residence,
    byLaw(''),
    'CASE_NUMBER_REQUIRED',
  ],
  [
    'a statute beyond its scopes',
    signedIn({ law, file: '17' }),
    need('VEHICLES'),
    byLaw(),
    'FIELD_NOT_IN_PURPOSE',
  ],
];

describe('before anybody is asked about a person', () => {
  it.each(rows)('%s', (_, caller, what, client, expected) => {
    expect(refuseWithoutSubject(caller, what, client)).toBe(expected);
  });
});
