import { describe, expect, it } from 'vitest';
import { createFactsReader } from '#kit';
import { healthCompartments, maxSubjects, type Facts, type FactsSource, type Need } from '#schema';
import { createAccess } from '../../../../subgraphs/_kit/consent/access.ts';
import {
  adult,
  an,
  anything,
  bank,
  basic,
  be,
  child,
  citizen,
  clock,
  emergency,
  factsOf,
  grant,
  hospital,
  inCase,
  lan,
  link,
  need,
  officer,
  operationId,
  police,
  turns,
  vneid,
} from './people.ts';
import { createRegister, failing } from './register.ts';
import type { Ask } from '#kit';

const residence = need('RESIDENCE');
const vehicles = need('VEHICLES');
const teller = officer(bank);

function open(caller: Ask['caller'], source: FactsSource) {
  const reader = createFactsReader(source, { clockMs: () => 0, timeoutMs: 200 });
  return createAccess({ caller, operationId, clock, reader });
}
const refusal = (reason: string) => ({ isAllowed: false, reason });

describe('one request', () => {
  it('asks the register once for everything it wants to know of a hundred people', async () => {
    const register = createRegister(() => factsOf(police));
    const access = open(officer(police, inCase), register);
    const ids = Array.from({ length: maxSubjects }, (_, index) => `citizen-${index}`);
    const needs: readonly Need[] = [anything, vehicles, need('DRIVING_LICENCE')];
    const decisions = await Promise.all(ids.flatMap((id) => needs.map((each) => access.decide(id, each))));
    expect(register.reads).toEqual([ids]);
    expect(decisions.every(({ isAllowed }) => isAllowed)).toBe(true);
  });

  it('decides once, however often it is asked', async () => {
    const register = createRegister(() => factsOf(bank, { grants: [grant('g-1', ['RESIDENCE'])] }));
    const access = open(teller, register);
    const one = await access.decide(an, residence);
    expect(await access.decide(an, residence)).toBe(one);
  });

  it('waits for facts that must be read, and for nothing once they are here', async () => {
    const register = createRegister(() => factsOf(bank, { grants: [grant('g-1', ['RESIDENCE'])] }));
    const access = open(teller, register);
    const first = access.decide(an, residence);
    expect(first).toBeInstanceOf(Promise);
    expect(await first).toMatchObject({ isAllowed: true });
    expect(access.decide(an, residence)).toBe(await first);
    expect(access.decide(an, vehicles)).toMatchObject({ isAllowed: false });
    expect(register.reads).toEqual([[an]]);
  });

  it('keeps levels apart', async () => {
    const access = open(
      citizen(an, 1),
      createRegister(() => factsOf(vneid)),
    );
    expect(await access.decide(an, need('OWN_CONSENTS', 1))).toMatchObject({ isAllowed: true });
    expect(await access.decide(an, need('OWN_CONSENTS', 2))).toEqual(refusal('LEVEL_TOO_LOW'));
  });

  it('passes on who asks, and for what', async () => {
    const asked: unknown[] = [];
    const register = createRegister((key) => (asked.push(key), factsOf(bank)));
    await open(teller, register).decide(an, residence);
    await open(citizen(lan), register).decide(be, residence);
    expect(asked).toEqual([
      { subject: an, clientId: 'bank', purpose: 'loan', callerId: 'officer:bank' },
      { subject: be, clientId: 'vneid', purpose: null, callerId: lan },
    ]);
  });

  it('asks nothing for nobody', async () => {
    const register = createRegister(() => factsOf(vneid), vneid);
    const access = open({ kind: 'anonymous' }, register);
    expect(await access.decide(an, basic)).toEqual(refusal('NOT_SIGNED_IN'));
    expect(await access.decide(null, basic)).toEqual(refusal('NOT_SIGNED_IN'));
    expect([register.reads, register.clientReads]).toEqual([[], []]);
  });
});

describe('a hundred people at most', () => {
  it('refuses the 101st, and goes on about the others', async () => {
    const register = createRegister(() => factsOf(police));
    const access = open(officer(police, inCase), register);
    const ids = Array.from({ length: maxSubjects + 2 }, (_, index) => `citizen-${index}`);
    const decisions = await Promise.all(ids.map((id) => access.decide(id, vehicles)));
    expect(decisions.filter(({ isAllowed }) => isAllowed).length).toBe(maxSubjects);
    expect(decisions.slice(maxSubjects)).toEqual([refusal('SUBJECT_LIMIT'), refusal('SUBJECT_LIMIT')]);
    expect(await access.decide('citizen-0', need('DRIVING_LICENCE'))).toMatchObject({ isAllowed: true });
    expect(await access.decide('citizen-101', vehicles)).toEqual(refusal('SUBJECT_LIMIT'));
    expect(register.reads.flat()).not.toContain('citizen-100');
  });

  it('counts those who are refused, too', async () => {
    const access = open(
      teller,
      createRegister(() => factsOf(bank)),
    );
    const ids = Array.from({ length: maxSubjects + 1 }, (_, index) => `unknown-${index}`);
    const decisions = await Promise.all(ids.map((id) => access.decide(id, residence)));
    expect(decisions[maxSubjects]).toEqual(refusal('SUBJECT_LIMIT'));
  });
});

describe('a one-time consent', () => {
  const once = (): Facts =>
    factsOf(bank, { grants: [grant('o-1', ['RESIDENCE', 'VEHICLES'], { isOneTime: true })] });

  it('is claimed for the operation, once per scope', async () => {
    const register = createRegister(once);
    const access = open(teller, register);
    await Promise.all([
      access.decide(an, residence),
      access.decide(an, residence),
      access.decide(an, vehicles),
    ]);
    await access.decide(an, residence);
    const claim = { subject: an, grantId: 'o-1', operationId };
    expect(register.claims).toEqual([claim, claim]);
  });

  it('is not claimed to find the citizen', async () => {
    const register = createRegister(once);
    expect(await open(teller, register).decide(an, anything)).toMatchObject({
      basis: 'CONSENT',
      grantId: 'o-1',
    });
    expect(register.claims).toEqual([]);
  });

  it('opens nothing when another operation was faster', async () => {
    const register = createRegister(once, bank, async () => false);
    expect(await open(teller, register).decide(an, residence)).toEqual(refusal('CONSENT_EXPIRED'));
  });

  it('opens nothing when the claim fails', async () => {
    const register = createRegister(once, bank, async () => Promise.reject(new Error('lost')));
    expect(await open(teller, register).decide(an, residence)).toEqual(refusal('AGENCY_UNAVAILABLE'));
  });

  it('is left alone by an ongoing one and by refusals', async () => {
    const ongoing = createRegister(() => factsOf(bank, { grants: [grant('g-1', ['RESIDENCE'])] }));
    await open(teller, ongoing).decide(an, residence);
    const refused = createRegister(once);
    await open(teller, refused).decide(an, need('SOCIAL_INSURANCE'));
    expect([ongoing.claims, refused.claims]).toEqual([[], []]);
  });
});

describe('a register that fails', () => {
  it.each<readonly [string, string | null, Need]>([
    ['about a person', an, residence],
    ['about the citizen themselves', an, basic],
    ['about nobody in particular', null, need('REGISTER_AUDIT', 1)],
  ])('leaves it undecided %s', async (_, subject, what) => {
    expect(await open(citizen(an, 2), failing).decide(subject, what)).toEqual(refusal('AGENCY_UNAVAILABLE'));
  });

  it('leaves no compartment open', async () => {
    expect(await open(citizen(an), failing).compartmentsOf(an)).toEqual([]);
  });
});

describe('about nobody in particular', () => {
  const ask = (caller: Ask['caller'], what: Need, client = bank as typeof bank | null) =>
    open(
      caller,
      createRegister(() => factsOf(bank), client),
    ).decide(null, what);
  const audit = need('REGISTER_AUDIT', 1);

  it.each<readonly [string, Ask['caller'], Need, unknown]>([
    [
      'auditors read the registers',
      officer(bank, {}, ['auditor']),
      audit,
      { isAllowed: true, basis: 'AUDIT', grantId: null, isOneTime: false },
    ],
    ['others do not', teller, audit, refusal('ROLE_MISSING')],
    ['nothing of a person is allowed', teller, residence, refusal('NO_CONSENT')],
    ['nor to find one', teller, anything, refusal('NO_CONSENT')],
    ['what is known without a person is told', teller, need('ID_CARDS'), refusal('FIELD_NOT_IN_PURPOSE')],
    ['an auditor reads no person', officer(bank, {}, ['auditor']), anything, refusal('STATISTICS_ONLY')],
  ])('%s', async (_, caller, what, expected) => {
    expect(await ask(caller, what)).toEqual(expected);
  });

  it('an unknown client audits nothing', async () => {
    expect(await ask(officer(bank, {}, ['auditor']), audit, null)).toEqual(refusal('CLIENT_UNKNOWN'));
  });

  it('asks for the client with its purpose', async () => {
    const register = createRegister(() => factsOf(bank), bank);
    await open(teller, register).decide(null, residence);
    await open(citizen(an), register).decide(null, residence);
    expect(register.clientReads).toEqual([
      ['bank', 'loan'],
      ['vneid', null],
    ]);
  });
});

describe('compartments', () => {
  const all = [...healthCompartments].sort();
  const byLaw = {
    ...police,
    purpose: {
      code: 'traffic-check',
      legalBasis: 'STATUTE',
      legalReference: inCase.legalReference ?? '',
      scopes: ['HEALTH_RECORDS', 'HEALTH_RECORDS.MENTAL', 'HEALTH_RECORDS.GENETIC'],
    },
  } as const;

  it.each<readonly [string, Ask['caller'], Facts, readonly string[]]>([
    ['a citizen sees all of their own', citizen(an), factsOf(vneid), all],
    ['at level 1 none', citizen(an, 1), factsOf(vneid), []],
    ['a stranger sees none', citizen(lan), factsOf(vneid), []],
    [
      'a mother sees all of her child of 9',
      citizen(lan),
      factsOf(vneid, { subject: child(turns(9)), links: [link()] }),
      all,
    ],
    [
      'a mother sees none of her child of 14',
      citizen(lan),
      factsOf(vneid, { subject: child(turns(14)), links: [link()] }),
      [],
    ],
    [
      'but those that the child allows',
      citizen(lan),
      factsOf(vneid, {
        subject: child(turns(15), { account: { level: 2, state: 'ACTIVE' } }),
        links: [link()],
        grants: [
          grant('care-1', ['HEALTH_RECORDS.MENTAL', 'HEALTH_RECORDS.HIV'], { givenBy: be, readerId: lan }),
        ],
      }),
      ['HIV', 'MENTAL'],
    ],
    [
      'an app sees those that are consented to',
      teller,
      factsOf(bank, { grants: [grant('g-1', ['HEALTH_RECORDS', 'HEALTH_RECORDS.HIV'])] }),
      ['HIV'],
    ],
    ['none without their names', teller, factsOf(bank, { grants: [grant('g-1', ['HEALTH_RECORDS'])] }), []],
    ['a statute opens those that it names', officer(police, inCase), factsOf(byLaw), ['GENETIC', 'MENTAL']],
    [
      'an emergency opens none',
      officer(hospital, {}, ['clinician']),
      factsOf(hospital, { emergencies: [emergency(['HEALTH_RECORDS', 'HEALTH_RECORDS.HIV'])] }),
      [],
    ],
    ['nobody signed in sees none', { kind: 'anonymous' }, factsOf(vneid), []],
    ['an auditor sees none', citizen(an, 2, ['auditor']), factsOf(vneid), []],
  ])('%s', async (_, caller, facts, expected) => {
    const register = createRegister(() => facts);
    const subject = facts.subject?.citizenId ?? an;
    expect(await open(caller, register).compartmentsOf(subject)).toEqual(expected);
    expect(register.reads.length).toBeLessThanOrEqual(1);
  });
});

describe('what was decided', () => {
  const known = (subject: string): Facts =>
    factsOf(bank, {
      subject: adult(subject),
      grants: subject === an ? [grant('g-1', ['RESIDENCE'])] : [],
    });

  it('is told once per person, scope and outcome, with every path', async () => {
    const access = open(
      teller,
      createRegister(({ subject }) => known(subject)),
    );
    for (const [path, subject] of [
      ['_entities.0.residence', an],
      ['_entities.1.residence', be],
      ['_entities.2.residence', an],
      ['citizen', null],
      ['other', null],
    ] as const)
      access.note(path, subject, 'RESIDENCE', await access.decide(subject ?? 'stand-in', residence));
    access.note('_entities.0.vehicles', an, 'VEHICLES', await access.decide(an, vehicles));
    const refused = {
      scope: 'RESIDENCE',
      isAllowed: false,
      basis: null,
      grantId: null,
      reason: 'NO_CONSENT',
    };
    expect(access.records()).toEqual([
      {
        subject: an,
        scope: 'RESIDENCE',
        isAllowed: true,
        basis: 'CONSENT',
        grantId: 'g-1',
        reason: null,
        paths: ['_entities.0.residence', '_entities.2.residence'],
      },
      { ...refused, subject: be, paths: ['_entities.1.residence'] },
      { ...refused, subject: null, paths: ['citizen', 'other'] },
      { ...refused, subject: an, scope: 'VEHICLES', paths: ['_entities.0.vehicles'] },
    ]);
  });

  it('does not merge what differs in outcome alone', () => {
    const access = open(teller, failing);
    const allowed = { isAllowed: true, basis: 'CONSENT', grantId: 'g-1', isOneTime: false } as const;
    access.note('a', an, 'RESIDENCE', { isAllowed: false, reason: 'STALE' });
    access.note('b', an, 'RESIDENCE', allowed);
    access.note('c', an, 'RESIDENCE', { isAllowed: false, reason: 'NO_CONSENT' });
    expect(access.records().map(({ paths }) => paths)).toEqual([['a'], ['b'], ['c']]);
  });

  it('is nothing when nothing was noted', async () => {
    const access = open(
      teller,
      createRegister(() => factsOf(bank)),
    );
    await access.decide(an, residence);
    expect(access.records()).toEqual([]);
  });
});
