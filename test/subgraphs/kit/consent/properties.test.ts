import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type Ask } from '#kit';
import {
  roleNames,
  scopeNames,
  specialScopes,
  type ClientFacts,
  type Decision,
  type EmergencyFacts,
  type Facts,
  type GrantFacts,
  type LinkFacts,
  type Need,
  type PersonFacts,
  type PurposeFacts,
  type Scope,
} from '#schema';
import {
  adult,
  an,
  bank,
  be,
  citizen,
  clock,
  days,
  emergency,
  grant,
  hospital,
  hours,
  inCase,
  lan,
  link,
  minh,
  officer,
  operationId,
  police,
  statute,
  vneid,
} from './people.ts';

const runs = { numRuns: 600, seed: 20261101 };

const scope = fc.constantFrom<Scope>(
  'RESIDENCE',
  'HEALTH_RECORDS',
  'HEALTH_RECORDS.HIV',
  'PERSONAL_INFORMATION',
);
const scopes = fc.uniqueArray(scope, { maxLength: 4 });
const need: fc.Arbitrary<Need> = fc.record({
  scope: fc.oneof({ weight: 6, arbitrary: scope }, fc.constantFrom(...scopeNames, ...specialScopes)),
  minLevel: fc.constantFrom<1 | 2>(1, 2),
});
const person = fc.constantFrom(an, be, lan, minh);
const day = fc.constantFrom(
  '1980-01-01',
  '2008-11-01',
  '2008-11-02',
  '2012-11-01',
  '2015-06-01',
  '2021-01-01',
  '2026-11-02',
);
const instant = fc.constantFrom(days(-400), days(-30), hours(-1), hours(0), hours(1), days(30));

const account = fc.option(
  fc.record({
    level: fc.constantFrom<1 | 2>(1, 2),
    state: fc.constantFrom('ACTIVE', 'ACTIVE', 'ACTIVE', 'LOCKED', 'CANCELLED', 'NOT_ACTIVATED'),
  }),
  { freq: 6 },
);
const personOf = (citizenId: fc.Arbitrary<string>): fc.Arbitrary<PersonFacts> =>
  fc.record({
    citizenId,
    bornOn: day,
    lifeStatus: fc.constantFrom('ALIVE', 'ALIVE', 'ALIVE', 'DECEASED', 'DECLARED_DEAD', 'MISSING'),
    account,
  });
const anyLink: fc.Arbitrary<LinkFacts> = fc.record({
  representative: personOf(person),
  relation: fc.constantFrom('CHILD_BIOLOGICAL', 'WARD_ADULT_COGNITIVE', 'SIBLING'),
  basis: fc.constantFrom('PARENTAL', 'GUARDIAN_BY_COURT'),
  validFrom: day,
  validTo: fc.option(day),
});
/** What is in order, with at most two things about it changed: so that something is allowed often enough. */
function vary<Value extends object>(
  base: fc.Arbitrary<Value>,
  other: fc.Arbitrary<Value>,
  keys: readonly (keyof Value)[],
) {
  return fc
    .tuple(base, other, fc.subarray([...keys], { maxLength: 2 }))
    .map(([value, change, changed]): Value => ({
      ...value,
      ...Object.fromEntries(changed.map((key) => [key, change[key]])),
    }));
}
const anyGrant: fc.Arbitrary<GrantFacts> = fc.record({
  grantId: fc.constantFrom('g-1', 'g-2', 'g-3'),
  scopes,
  validFrom: instant,
  validTo: fc.option(instant),
  isOneTime: fc.boolean(),
  usedByOperation: fc.option(fc.constantFrom(operationId, 'operation-0'), { freq: 2 }),
  status: fc.constantFrom('ACTIVE', 'ACTIVE', 'WITHDRAWN'),
  givenBy: person,
  givenAs: fc.constantFrom('SELF', 'GUARDIAN'),
  childConsentedAt: fc.option(instant),
  readerId: fc.option(person, { freq: 3 }),
});
const everything: readonly Scope[] = [
  'RESIDENCE',
  'HEALTH_RECORDS',
  'HEALTH_RECORDS.HIV',
  'PERSONAL_INFORMATION',
];
const grantFacts: fc.Arbitrary<GrantFacts> = vary(
  fc.constantFrom<GrantFacts>(
    grant('g-1', everything),
    grant('g-2', everything, { isOneTime: true }),
    grant('g-3', everything, { givenBy: lan, givenAs: 'GUARDIAN', childConsentedAt: days(-20) }),
    grant('g-4', everything, { readerId: lan }),
  ),
  anyGrant,
  [
    'scopes',
    'validFrom',
    'validTo',
    'isOneTime',
    'usedByOperation',
    'status',
    'givenBy',
    'givenAs',
    'childConsentedAt',
    'readerId',
  ],
);
const linkFacts: fc.Arbitrary<LinkFacts> = vary(
  fc.constantFrom(link(), link({ relation: 'WARD_ADULT_COGNITIVE' }), link({ validTo: '2020-01-01' })),
  anyLink,
  ['representative', 'relation', 'basis', 'validFrom', 'validTo'],
);
const anyEmergency: fc.Arbitrary<EmergencyFacts> = fc.record({
  accessId: fc.constant('access-1'),
  scopes: fc.uniqueArray(fc.constantFrom(...scopeNames), { maxLength: 15 }),
  beganAt: fc.constantFrom(hours(-2), hours(0), hours(1)),
  endsAt: fc.constantFrom(hours(0), hours(1), hours(20), hours(30)),
});
const emergencyFacts: fc.Arbitrary<EmergencyFacts> = vary(
  fc.constant(emergency(['PERSONAL_INFORMATION', 'HEALTH_RECORDS', 'HEALTH_RECORDS.HIV'])),
  anyEmergency,
  ['scopes', 'beganAt', 'endsAt'],
);
const client = fc.constantFrom(vneid, bank, hospital, police, null, { ...bank, purpose: null });
const caller: fc.Arbitrary<Ask['caller']> = fc.oneof(
  fc.record({
    kind: fc.constant('signed-in' as const),
    sub: person,
    clientId: fc.constantFrom('vneid', 'bank'),
    level: fc.constantFrom<0 | 1 | 2>(0, 1, 2),
    roles: fc.uniqueArray(fc.constantFrom(...roleNames), { maxLength: 2 }),
    purpose: fc.option(
      fc.record({
        code: fc.constantFrom('loan', 'treatment', 'traffic-check'),
        legalReference: fc.constantFrom(statute, null),
        caseNumber: fc.constantFrom('17', '', null),
        justification: fc.constant(null),
      }),
    ),
  }),
  fc.constant({ kind: 'anonymous' as const }),
);
const facts: fc.Arbitrary<Facts> = fc.record({
  client,
  subject: fc.option(
    vary(fc.constantFrom(adult(an), adult(an, { bornOn: '2015-06-01' })), personOf(fc.constant(an)), [
      'bornOn',
      'lifeStatus',
      'account',
    ]),
    { freq: 9 },
  ),
  links: fc.array(linkFacts, { maxLength: 3 }),
  grants: fc.array(grantFacts, { maxLength: 3 }),
  emergencies: fc.array(emergencyFacts, { maxLength: 2 }),
  isFresh: fc.record({ population: fc.boolean(), dependants: fc.boolean() }),
});
/** The police, with a statute over scopes that the generated needs name often. */
const inspectorate: ClientFacts = {
  ...police,
  purpose: { ...(police.purpose as PurposeFacts), scopes: ['RESIDENCE', 'HEALTH_RECORDS'] },
};
/** Those that are allowed something more often than not: the rest of the world is refused soon enough. */
const likely: fc.Arbitrary<readonly [Ask['caller'], Facts]> = fc
  .tuple(
    fc.constantFrom(
      [citizen(an), vneid] as const,
      [citizen(lan), vneid] as const,
      [officer(bank), bank] as const,
      [officer(hospital, {}, ['clinician']), hospital] as const,
      [officer(police, inCase), inspectorate] as const,
    ),
    facts,
  )
  .map(([[who, through], known]) => [
    who,
    { ...known, client: through, isFresh: { population: true, dependants: true } },
  ]);
const asked = fc.oneof(fc.tuple(caller, facts), likely);

const judge = (who: Ask['caller'], what: Need, known: Facts): Decision =>
  decide({ caller: who, subject: an, need: what, operationId }, known, clock);

/** The same facts with one right less. */
const locked = (known: Facts): Facts => ({
  ...known,
  subject: known.subject?.account
    ? { ...known.subject, account: { ...known.subject.account, state: 'LOCKED' } }
    : known.subject,
});
const dead = (known: Facts): Facts => ({
  ...known,
  subject: known.subject && { ...known.subject, lifeStatus: 'DECEASED' },
});
const withdrawn = (known: Facts, at: number): Facts => ({
  ...known,
  grants: known.grants.map((each, index) => (index === at ? { ...each, status: 'WITHDRAWN' } : each)),
});
const deposed = (known: Facts, at: number): Facts => ({
  ...known,
  links: known.links.map((each, index) => (index === at ? { ...each, validTo: clock.today } : each)),
});
const lockedGuardian = (known: Facts, at: number): Facts => ({
  ...known,
  links: known.links.map((each, index) =>
    index === at
      ? { ...each, representative: { ...each.representative, account: { level: 2, state: 'LOCKED' } } }
      : each,
  ),
});
const ended = (known: Facts): Facts => ({ ...known, emergencies: known.emergencies.slice(1) });
const removals: Readonly<Record<string, (known: Facts, at: number) => Facts>> = {
  'a withdrawn grant': withdrawn,
  'an ended link': deposed,
  'a locked guardian': lockedGuardian,
  'a locked account': locked,
  'a death': dead,
  'an ended emergency': ended,
  'a stale feed': (known) => ({ ...known, isFresh: { population: false, dependants: false } }),
  'a suspended client': (known) => ({ ...known, client: null }),
};

describe('whatever is known', () => {
  it('the generated cases reach allowances and refusals alike', () => {
    const outcomes = new Map<string, number>();
    fc.assert(
      fc.property(asked, need, ([who, known], what) => {
        const decision = judge(who, what, known);
        const outcome = decision.isAllowed ? decision.basis : decision.reason;
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }),
      { ...runs, numRuns: 2000 },
    );
    for (const basis of ['SELF', 'CONSENT', 'GUARDIAN', 'STATUTE', 'EMERGENCY', 'NO_CONSENT'])
      expect(outcomes.get(basis) ?? 0, basis).toBeGreaterThan(10);
  });

  it('a decision is made, and never thrown', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('+275760-09-13T00:00:00Z', '-271821-04-20T00:00:00Z', '0000-00-00'),
    );
    const garbage = fc.record({
      client,
      subject: fc.option(
        fc.record({
          citizenId: fc.constant(an),
          bornOn: text,
          lifeStatus: fc.constant('ALIVE' as const),
          account,
        }),
      ),
      links: fc.array(
        fc.record({
          representative: fc.constantFrom(adult(lan), adult(an)),
          relation: text,
          basis: text,
          validFrom: text,
          validTo: fc.option(text),
        }),
        { maxLength: 3 },
      ),
      grants: fc.array(
        fc
          .tuple(grantFacts, text, text, fc.option(text))
          .map(([known, validFrom, childConsentedAt, validTo]) => ({
            ...known,
            validFrom,
            childConsentedAt,
            validTo,
          })),
        { maxLength: 3 },
      ),
      emergencies: fc.array(
        fc
          .tuple(emergencyFacts, text, text)
          .map(([known, beganAt, endsAt]) => ({ ...known, beganAt, endsAt })),
        { maxLength: 2 },
      ),
      isFresh: fc.constant({ population: true, dependants: true }),
    });
    fc.assert(
      fc.property(caller, fc.oneof(facts, garbage), need, (who, known, what) => {
        expect(typeof judge(who, what, known).isAllowed).toBe('boolean');
      }),
      runs,
    );
  });

  it('without grant, link, emergency and statute nobody reads somebody else', () => {
    fc.assert(
      fc.property(caller, facts, need, (who, known, what) => {
        fc.pre(who.kind === 'anonymous' || who.sub !== an);
        fc.pre(what.scope !== 'REGISTER_AUDIT' && known.client?.purpose?.legalBasis !== 'STATUTE');
        const bare = { ...known, grants: [], links: [], emergencies: [] };
        expect(judge(who, what, bare).isAllowed).toBe(false);
      }),
      runs,
    );
  });

  it.each(Object.entries(removals))('%s turns no refusal into an allowance', (_, remove) => {
    fc.assert(
      fc.property(asked, need, fc.nat(2), ([who, known], what, at) => {
        if (!judge(who, what, known).isAllowed)
          expect(judge(who, what, remove(known, at)).isAllowed).toBe(false);
      }),
      runs,
    );
  });

  it.each(['a locked account', 'a death'])(
    '%s of the subject leaves SELF and own consents nothing',
    (name) => {
      fc.assert(
        fc.property(likely, need, ([who, known], what) => {
          fc.pre(known.subject?.account != null);
          const decision = judge(who, what, removals[name]?.(known, 0) ?? known);
          if (!decision.isAllowed || !['SELF', 'CONSENT'].includes(decision.basis)) return;
          expect(decision.basis).toBe('CONSENT');
          expect(known.grants.some(({ givenAs, givenBy }) => givenAs === 'GUARDIAN' && givenBy !== an)).toBe(
            true,
          );
        }),
        runs,
      );
    },
  );

  it('death leaves a statute only', () => {
    fc.assert(
      fc.property(asked, need, ([who, known], what) => {
        fc.pre(known.subject !== null && what.scope !== 'REGISTER_AUDIT');
        const decision = judge(who, what, dead(known));
        if (decision.isAllowed) expect(decision.basis).toBe('STATUTE');
      }),
      runs,
    );
  });

  it('to a third party without grants and links everybody is alike', () => {
    const subject = fc.option(personOf(fc.constant(an)), { freq: 3 });
    const bare = fc.record({
      client,
      isFresh: fc.record({ population: fc.boolean(), dependants: fc.boolean() }),
    });
    fc.assert(
      fc.property(
        caller,
        bare,
        subject,
        subject,
        need,
        (who, { client: through, isFresh }, one, other, what) => {
          fc.pre(who.kind === 'anonymous' || who.sub !== an);
          const known: Facts = {
            client: through,
            subject: one,
            links: [],
            grants: [],
            emergencies: [],
            isFresh,
          };
          expect(judge(who, what, known)).toEqual(judge(who, what, { ...known, subject: other }));
        },
      ),
      runs,
    );
  });

  it('links and grants of others tell a stranger nothing', () => {
    const foreign = fc.array(linkFacts, { maxLength: 3 });
    fc.assert(
      fc.property(foreign, personOf(fc.constant(an)), need, (links, subject, what) => {
        const known: Facts = {
          client: vneid,
          subject,
          links,
          grants: [],
          emergencies: [],
          isFresh: { population: true, dependants: true },
        };
        fc.pre(
          what.scope !== 'REGISTER_AUDIT' &&
            !links.some(({ representative }) => representative.citizenId === minh),
        );
        expect(judge(citizen(minh), what, known)).toEqual({ isAllowed: false, reason: 'NO_CONSENT' });
      }),
      runs,
    );
  });

  it('an emergency never opens a compartment, nor anything to anybody but a clinician', () => {
    const doctor = officer(hospital, {}, ['clinician']);
    fc.assert(
      fc.property(
        fc.oneof(fc.tuple(caller, facts), fc.tuple(fc.constant(doctor), facts)),
        need,
        ([who, known], what) => {
          const decision = judge(who, what, { ...known, client: hospital });
          if (!decision.isAllowed || decision.basis !== 'EMERGENCY') return;
          expect(what.scope.startsWith('HEALTH_RECORDS.')).toBe(false);
          expect(who.kind === 'signed-in' && who.roles.includes('clinician')).toBe(true);
        },
      ),
      runs,
    );
  });

  it('only a scope of the purpose is ever allowed by consent, and only one that the grant names', () => {
    fc.assert(
      fc.property(likely, need, ([who, known], what) => {
        const decision = judge(who, what, known);
        if (!decision.isAllowed || decision.basis !== 'CONSENT' || what.scope === 'ANY') return;
        const purpose: PurposeFacts | null | undefined = known.client?.purpose;
        expect(purpose?.scopes).toContain(what.scope);
        const named = known.grants.filter(({ grantId }) => grantId === decision.grantId);
        expect(named.some(({ scopes: covered }) => covered.some((each) => each === what.scope))).toBe(true);
      }),
      runs,
    );
  });
});
