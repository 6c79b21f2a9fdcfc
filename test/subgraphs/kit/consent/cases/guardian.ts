import {
  account,
  adult,
  an,
  anything,
  basic,
  be,
  child,
  citizen,
  clock,
  days,
  factsOf,
  grant,
  hours,
  lan,
  link,
  minh,
  need,
  turns,
  turnsTomorrow,
  vneid,
  type Case,
} from '../people.ts';
import type { Facts, GrantFacts, LinkFacts, PersonFacts } from '#schema';

const residence = need('RESIDENCE');
const records = need('HEALTH_RECORDS');
const hiv = need('HEALTH_RECORDS.HIV');
const lanAsks = citizen(lan);

/** Be, whom Lan represents. */
const ofBe = (bornOn: string, more: Partial<Facts> = {}, changes: Partial<PersonFacts> = {}): Facts =>
  factsOf(vneid, { subject: child(bornOn, changes), links: [link()], ...more });
const linked = (bornOn: string, ...links: readonly LinkFacts[]): Facts => ofBe(bornOn, { links });
const ward = (changes: Partial<LinkFacts> = {}, more: Partial<Facts> = {}): Facts =>
  factsOf(vneid, {
    links: [link({ relation: 'WARD_ADULT_INCAPACITATED', basis: 'GUARDIAN_BY_COURT', ...changes })],
    ...more,
  });

/** Be at 15, who lets Lan read a compartment. */
const care = (changes: Partial<GrantFacts> = {}, ...others: readonly GrantFacts[]): Facts =>
  ofBe(
    turns(15),
    {
      grants: [
        ...others,
        grant('care-1', ['HEALTH_RECORDS.HIV'], { givenBy: be, readerId: lan, ...changes }),
      ],
    },
    account(2),
  );
const byBe = (changes: Partial<PersonFacts>): Facts => ({
  ...care(),
  subject: child(turns(15), { ...account(2), ...changes }),
});

const minors: readonly Case[] = [
  ['a mother reads for her child of 5', lanAsks, residence, ofBe(turns(5)), 'GUARDIAN'],
  ['a mother reads for her child of 6', lanAsks, residence, ofBe(turns(6)), 'GUARDIAN'],
  ['a mother reads for her child of 7', lanAsks, residence, ofBe(turns(7)), 'GUARDIAN'],
  ['a mother reads for her child the day before 14', lanAsks, residence, ofBe(turnsTomorrow(14)), 'GUARDIAN'],
  ['a mother reads for her child of 14', lanAsks, residence, ofBe(turns(14)), 'GUARDIAN'],
  ['a mother reads health records of her child of 14', lanAsks, records, ofBe(turns(14)), 'GUARDIAN'],
  ['a mother reads for her child the day before 18', lanAsks, residence, ofBe(turnsTomorrow(18)), 'GUARDIAN'],
  ['on the 18th birthday it ends', lanAsks, residence, ofBe(turns(18)), 'NOT_REPRESENTATIVE'],
  ['at 18 the level-1 set ends, too', lanAsks, basic, ofBe(turns(18)), 'NOT_REPRESENTATIVE'],
  ['a mother reads the level-1 set of her child', lanAsks, basic, ofBe(turns(9)), 'GUARDIAN'],
  ['a mother finds her child', lanAsks, anything, ofBe(turns(9)), 'GUARDIAN'],
  ['a mother at level 1 reads the level-1 set', citizen(lan, 1), basic, ofBe(turns(9)), 'GUARDIAN'],
  ['a mother at level 1 reads nothing more', citizen(lan, 1), residence, ofBe(turns(9)), 'LEVEL_TOO_LOW'],
  [
    "a mother does not act in her child's dealings with the register as the child",
    lanAsks,
    need('OWN_CONSENTS', 1),
    ofBe(turns(9)),
    'NO_CONSENT',
  ],
  [
    "the child's locked account does not matter",
    lanAsks,
    residence,
    ofBe(turns(9), {}, account(2, 'LOCKED')),
    'GUARDIAN',
  ],
  [
    'for a dead child nobody acts',
    lanAsks,
    basic,
    ofBe(turns(9), {}, { lifeStatus: 'DECEASED' }),
    'NOT_REPRESENTATIVE',
  ],
  [
    'for a missing child nobody reads',
    lanAsks,
    basic,
    ofBe(turns(9), {}, { lifeStatus: 'MISSING' }),
    'NOT_REPRESENTATIVE',
  ],
  ['a stranger gets nothing of a child', citizen(minh), residence, ofBe(turns(9)), 'NO_CONSENT'],
  ['a stranger does not find a child', citizen(minh), anything, ofBe(turns(9)), 'NO_CONSENT'],
  [
    'a child does not read for the mother',
    citizen(be),
    basic,
    factsOf(vneid, { subject: adult(lan) }),
    'NO_CONSENT',
  ],
  [
    'nobody reads for whom the register does not know',
    lanAsks,
    basic,
    ofBe(turns(9), { subject: null }),
    'NO_CONSENT',
  ],
];

const links: readonly Case[] = [
  [
    'a right that begins today counts',
    lanAsks,
    residence,
    linked(turns(9), link({ validFrom: clock.today })),
    'GUARDIAN',
  ],
  [
    'a right that begins tomorrow does not',
    lanAsks,
    residence,
    linked(turns(9), link({ validFrom: '2026-11-02' })),
    'NOT_REPRESENTATIVE',
  ],
  [
    'the first day without the right is without it',
    lanAsks,
    residence,
    linked(turns(9), link({ validTo: clock.today })),
    'NOT_REPRESENTATIVE',
  ],
  [
    'the last day with the right is with it',
    lanAsks,
    residence,
    linked(turns(9), link({ validTo: '2026-11-02' })),
    'GUARDIAN',
  ],
  [
    'a lost custody ends it',
    lanAsks,
    basic,
    linked(turns(9), link({ validTo: '2020-05-01' })),
    'NOT_REPRESENTATIVE',
  ],
  ['a record that is gone gives nothing', lanAsks, basic, linked(turns(9)), 'NO_CONSENT'],
  [
    "somebody else's right is not the caller's",
    citizen(minh),
    basic,
    linked(turns(9), link(), link({ validTo: '2020-01-01' }, { citizenId: minh })),
    'NOT_REPRESENTATIVE',
  ],
  [
    'of two links of one pair the live one counts when the ended one comes first',
    lanAsks,
    residence,
    linked(turns(9), link({ validTo: '2020-01-01' }), link({ validFrom: '2024-01-01' })),
    'GUARDIAN',
  ],
  [
    'of two links of one pair the live one counts when it comes first',
    lanAsks,
    residence,
    linked(turns(9), link({ validFrom: '2024-01-01' }), link({ validTo: '2020-01-01' })),
    'GUARDIAN',
  ],
  [
    'two ended links of one pair are no right',
    lanAsks,
    residence,
    linked(turns(9), link({ validTo: '2020-01-01' }), link({ validTo: '2021-01-01' })),
    'NOT_REPRESENTATIVE',
  ],
  [
    'a grandmother who was appointed guardian reads for a minor',
    lanAsks,
    residence,
    linked(turns(9), link({ relation: 'GRANDCHILD', basis: 'GUARDIAN_APPOINTED' })),
    'GUARDIAN',
  ],
  [
    'a guardian of a minor ends at 18, too',
    lanAsks,
    residence,
    linked(turns(18), link({ relation: 'GRANDCHILD', basis: 'GUARDIAN_APPOINTED' })),
    'NOT_REPRESENTATIVE',
  ],
];

const guardians: readonly Case[] = [
  [
    'a locked guardian reads nothing',
    lanAsks,
    basic,
    linked(turns(9), link({}, account(2, 'LOCKED'))),
    'SUBJECT_LOCKED',
  ],
  [
    'a guardian with a cancelled account reads nothing',
    lanAsks,
    basic,
    linked(turns(9), link({}, account(2, 'CANCELLED'))),
    'SUBJECT_LOCKED',
  ],
  [
    'a dead guardian reads nothing',
    lanAsks,
    basic,
    linked(turns(9), link({}, { lifeStatus: 'DECEASED' })),
    'SUBJECT_LOCKED',
  ],
  [
    'a missing guardian reads nothing',
    lanAsks,
    basic,
    linked(turns(9), link({}, { lifeStatus: 'MISSING' })),
    'SUBJECT_LOCKED',
  ],
  [
    'a guardian without an account reads nothing',
    lanAsks,
    basic,
    linked(turns(9), link({}, { account: null })),
    'LEVEL_TOO_LOW',
  ],
  [
    'a guardian whose account fell to level 1 reads no category',
    lanAsks,
    residence,
    linked(turns(9), link({}, account(1))),
    'LEVEL_TOO_LOW',
  ],
  [
    'a guardian whose account fell to level 1 reads the level-1 set',
    lanAsks,
    basic,
    linked(turns(9), link({}, account(1))),
    'GUARDIAN',
  ],
  [
    'a locked father does not keep the mother from reading',
    lanAsks,
    residence,
    linked(turns(9), link({}, { citizenId: minh, ...account(2, 'LOCKED') }), link()),
    'GUARDIAN',
  ],
  [
    'with old facts of people a guardian reads nothing',
    lanAsks,
    basic,
    ofBe(turns(9), { isFresh: { population: false, dependants: true } }),
    'STALE',
  ],
  [
    'with old facts of representation a guardian reads nothing',
    lanAsks,
    basic,
    ofBe(turns(9), { isFresh: { population: true, dependants: false } }),
    'STALE',
  ],
  [
    'with old facts a stranger learns nothing else',
    citizen(minh),
    basic,
    factsOf(vneid, { subject: null, isFresh: { population: true, dependants: false } }),
    'STALE',
  ],
];

const wards: readonly Case[] = [
  ['the guardian of an incapacitated adult reads', lanAsks, residence, ward(), 'GUARDIAN'],
  ['and their compartments', lanAsks, hiv, ward(), 'GUARDIAN'],
  [
    'and those of a ward who is 18 today',
    lanAsks,
    hiv,
    ward({}, { subject: adult(an, { bornOn: turns(18) }) }),
    'GUARDIAN',
  ],
  [
    'the guardian of an adult with cognitive difficulty reads',
    lanAsks,
    residence,
    ward({ relation: 'WARD_ADULT_COGNITIVE' }),
    'GUARDIAN',
  ],
  [
    'a sibling appointed for an adult reads whatever the relation is called',
    lanAsks,
    residence,
    ward({ relation: 'SIBLING', basis: 'GUARDIAN_CHOSEN', validFrom: '2015-01-01' }),
    'GUARDIAN',
  ],
  [
    'the end registered for a ward ends it',
    lanAsks,
    residence,
    ward({ validTo: clock.today }),
    'NOT_REPRESENTATIVE',
  ],
  [
    'parents of an adult read nothing',
    lanAsks,
    residence,
    factsOf(vneid, { links: [link()] }),
    'NOT_REPRESENTATIVE',
  ],
  [
    'a dead ward is nobody to read for',
    lanAsks,
    residence,
    ward({}, { subject: adult(an, { lifeStatus: 'DECEASED' }) }),
    'NOT_REPRESENTATIVE',
  ],
];

const compartments: readonly Case[] = [
  ['a mother reads compartments of her child of 9', lanAsks, hiv, ofBe(turns(9)), 'GUARDIAN'],
  ['a mother reads compartments the day before 14', lanAsks, hiv, ofBe(turnsTomorrow(14)), 'GUARDIAN'],
  [
    'from the 14th birthday on the child is asked',
    lanAsks,
    hiv,
    ofBe(turns(14)),
    'CHILD_CO_CONSENT_REQUIRED',
  ],
  [
    'the day before 18 the child is still asked',
    lanAsks,
    hiv,
    ofBe(turnsTomorrow(18)),
    'CHILD_CO_CONSENT_REQUIRED',
  ],
  ['at 18 compartments end with the right', lanAsks, hiv, ofBe(turns(18)), 'NOT_REPRESENTATIVE'],
  ['a child of 15 lets the mother read one compartment', lanAsks, hiv, care(), 'GUARDIAN by care-1'],
  [
    'the same consent opens no other compartment',
    lanAsks,
    need('HEALTH_RECORDS.MENTAL'),
    care(),
    'CHILD_CO_CONSENT_REQUIRED',
  ],
  [
    'consent to health records is not consent to a compartment',
    lanAsks,
    hiv,
    care({ scopes: ['HEALTH_RECORDS'] }),
    'CHILD_CO_CONSENT_REQUIRED',
  ],
  ['the child may withdraw it', lanAsks, hiv, care({ status: 'WITHDRAWN' }), 'CHILD_CO_CONSENT_REQUIRED'],
  [
    'a consent to the father is not one to the mother',
    lanAsks,
    hiv,
    care({ readerId: minh }),
    'CHILD_CO_CONSENT_REQUIRED',
  ],
  [
    'a consent to an app is not one to the mother',
    lanAsks,
    hiv,
    care({ readerId: null }),
    'CHILD_CO_CONSENT_REQUIRED',
  ],
  [
    'the mother does not consent in place of the child',
    lanAsks,
    hiv,
    care({ givenBy: lan }),
    'CHILD_CO_CONSENT_REQUIRED',
  ],
  [
    'nor as guardian',
    lanAsks,
    hiv,
    care({ givenAs: 'GUARDIAN', childConsentedAt: days(-30) }),
    'CHILD_CO_CONSENT_REQUIRED',
  ],
  [
    'a consent for one operation does not open care',
    lanAsks,
    hiv,
    care({ isOneTime: true }),
    'CHILD_CO_CONSENT_REQUIRED',
  ],
  ['the consent ends at its instant', lanAsks, hiv, care({ validTo: hours(0) }), 'CHILD_CO_CONSENT_REQUIRED'],
  [
    'a consent that begins later opens nothing yet',
    lanAsks,
    hiv,
    care({ validFrom: hours(1) }),
    'CHILD_CO_CONSENT_REQUIRED',
  ],
  [
    'what the child agreed to the day before 14 does not count from 14 on',
    lanAsks,
    hiv,
    care({ validFrom: '2025-10-31T23:59:59+07:00' }),
    'CHILD_CO_CONSENT_REQUIRED',
  ],
  [
    'what the child agreed to on the 14th birthday counts',
    lanAsks,
    hiv,
    care({ validFrom: '2025-11-01T00:00:00+07:00' }),
    'GUARDIAN by care-1',
  ],
  [
    'a locked child’s consent is suspended',
    lanAsks,
    hiv,
    byBe(account(2, 'LOCKED')),
    'CHILD_CO_CONSENT_REQUIRED',
  ],
  [
    'a child whose account fell to level 1 consents to nothing',
    lanAsks,
    hiv,
    byBe(account(1)),
    'CHILD_CO_CONSENT_REQUIRED',
  ],
  [
    'a child without an account consents to nothing',
    lanAsks,
    hiv,
    byBe({ account: null }),
    'CHILD_CO_CONSENT_REQUIRED',
  ],
  [
    'a withdrawn consent does not hide the one in force',
    lanAsks,
    hiv,
    care({}, grant('care-0', ['HEALTH_RECORDS.HIV'], { givenBy: be, readerId: lan, status: 'WITHDRAWN' })),
    'GUARDIAN by care-1',
  ],
  [
    'a stranger with the consent of a child has no right of their own',
    citizen(minh),
    hiv,
    care({ readerId: minh }),
    'NO_CONSENT',
  ],
  ['a mother at level 1 reads no compartment', citizen(lan, 1), hiv, care(), 'LEVEL_TOO_LOW'],
  [
    'for a mother who asks about an adult nothing opens by care',
    lanAsks,
    hiv,
    factsOf(vneid, { grants: [grant('care-1', ['HEALTH_RECORDS.HIV'], { givenBy: an, readerId: lan })] }),
    'NO_CONSENT',
  ],
];

/** Parents, guardians and whom they represent. */
export const guardianCases: readonly Case[] = [...minors, ...links, ...guardians, ...wards, ...compartments];
