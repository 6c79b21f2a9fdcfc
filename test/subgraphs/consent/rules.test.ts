import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { emergencyScopesOf, maskScopes, scopesWithin } from '../../../subgraphs/consent/asked-scopes.ts';
import { addConsent, standingConsents, type Consents } from '../../../subgraphs/consent/co-consent.ts';
import { consentersOf, roleOf, type Link, type Role } from '../../../subgraphs/consent/consenters.ts';
import { evidenceHashOf } from '../../../subgraphs/consent/evidence.ts';
import { grantStatusOf, requestStatusOf } from '../../../subgraphs/consent/grant-status.ts';
import { createPseudonyms, standInOf } from '../../../subgraphs/consent/pseudonym.ts';
import {
  emergencyEndOf,
  endOfDay,
  grantEndOf,
  reviewDayOf,
  validDaysOf,
} from '../../../subgraphs/consent/term.ts';

const today = '2026-11-01';
const now = new Date('2026-11-01T05:00:00Z');

const linkTo = (representativeId: string, more: Partial<Link> = {}): Link => ({
  representativeId,
  relation: 'CHILD_BIOLOGICAL',
  basis: 'PARENTAL',
  validFrom: '2015-01-01',
  validTo: null,
  ...more,
});
const mother = linkTo('mother');
const ended = linkTo('father', { validTo: today });
const endsTomorrow = linkTo('father', { validTo: '2026-11-02' });
const court = linkTo('court', {
  relation: 'WARD_ADULT_INCAPACITATED',
  basis: 'GUARDIAN_BY_COURT',
  validFrom: '2021-01-01',
});
const personOf = (bornOn: string, ...links: Link[]) => ({ citizenId: 'subject', bornOn, links });

describe('whose consents a request needs', () => {
  test.each<[string, string, Link[], boolean, Role[]]>([
    ['an adult decides alone', '1990-01-01', [], false, ['SELF']],
    ['18 today: alone, whatever links were registered', '2008-11-01', [mother], false, ['SELF']],
    ['18 tomorrow: both', '2008-11-02', [mother], false, ['SELF', 'GUARDIAN']],
    ['7 today: both', '2019-11-01', [mother], false, ['SELF', 'GUARDIAN']],
    ['7 tomorrow: the representative', '2019-11-02', [mother], false, ['GUARDIAN']],
    ['born today', today, [mother], false, ['GUARDIAN']],
    ['a child without anybody: still both', '2012-01-01', [ended], false, ['SELF', 'GUARDIAN']],
    ['an adult ward: the guardian', '1979-07-19', [court], false, ['GUARDIAN']],
    ['an adult no longer a ward', '1979-07-19', [{ ...court, validTo: today }], false, ['SELF']],
    ['to let a parent read: a child of 14 today', '2012-11-01', [mother], true, ['SELF']],
    ['… of 14 tomorrow: nobody', '2012-11-02', [mother], true, []],
    ['… of 18 today: nobody', '2008-11-01', [mother], true, []],
    ['… an adult ward: nobody', '1979-07-19', [court], true, []],
  ])('%s', (_, bornOn, links, isForRepresentative, expected) => {
    expect(consentersOf(personOf(bornOn, ...links), isForRepresentative, today)).toEqual(expected);
  });

  test.each<[string, string, string, Link[], Role | null]>([
    ['the citizen', 'subject', '2012-01-01', [mother], 'SELF'],
    ['a parent', 'mother', '2012-01-01', [mother], 'GUARDIAN'],
    ['a parent whose right ends tomorrow', 'father', '2012-01-01', [endsTomorrow], 'GUARDIAN'],
    ['a parent whose right ended today', 'father', '2012-01-01', [ended], null],
    ['a parent of somebody 18 today', 'mother', '2008-11-01', [mother], null],
    ['a court guardian of an adult', 'court', '1979-07-19', [court], 'GUARDIAN'],
    ['a stranger', 'stranger', '2012-01-01', [mother], null],
  ])('%s acts as', (_, actor, bornOn, links, expected) => {
    expect(roleOf(actor, personOf(bornOn, ...links), today)).toBe(expected);
  });
});

describe('one more consent', () => {
  const nobody: Consents = { SELF: null, GUARDIAN: null };
  const of = (by: string, ...scopes: string[]) => ({ by, at: now, scopes });
  const both: Role[] = ['SELF', 'GUARDIAN'];

  test('the only one that is needed makes the grant', () => {
    const outcome = addConsent(nobody, 'SELF', of('subject', 'B', 'A'), ['SELF']);
    expect(outcome).toMatchObject({
      kind: 'COMPLETE',
      scopes: ['A', 'B'],
      givenAs: 'SELF',
      givenBy: 'subject',
      childConsentedAt: null,
    });
  });

  test('a guardian alone gives as a guardian, without a child’s consent', () => {
    const outcome = addConsent(nobody, 'GUARDIAN', of('mother', 'A'), ['GUARDIAN']);
    expect(outcome).toMatchObject({ givenAs: 'GUARDIAN', givenBy: 'mother', childConsentedAt: null });
  });

  test.each<[Role, Role, string]>([
    ['SELF', 'GUARDIAN', 'subject'],
    ['GUARDIAN', 'SELF', 'mother'],
  ])('of two, %s first waits for %s', (role, missing, by) => {
    const outcome = addConsent(nobody, role, of(by, 'A'), both);
    expect(outcome).toMatchObject({ kind: 'AWAITING', awaiting: [missing] });
  });

  test.each<Role>(['SELF', 'GUARDIAN'])(
    'the second of two makes the grant of what both accepted: %s last',
    (last) => {
      const consents = { SELF: of('subject', 'A', 'B'), GUARDIAN: of('mother', 'B', 'C') };
      const outcome = addConsent({ ...consents, [last]: null }, last, consents[last], both);
      expect(outcome).toMatchObject({
        kind: 'COMPLETE',
        scopes: ['B'],
        givenAs: 'GUARDIAN',
        givenBy: 'mother',
        childConsentedAt: now,
      });
    },
  );

  test('two who agree on nothing make nothing', () => {
    const outcome = addConsent({ ...nobody, SELF: of('subject', 'A') }, 'GUARDIAN', of('mother', 'B'), both);
    expect(outcome.kind).toBe('NOTHING_IN_COMMON');
  });

  test('a consent holds for its wording, a representative’s while they represent', () => {
    const recorded = {
      noticeVersion: 1,
      consents: { SELF: of('subject', 'A'), GUARDIAN: of('mother', 'A') },
    };
    expect(standingConsents(recorded, 1, ['mother'])).toEqual(recorded.consents);
    expect(standingConsents(recorded, 1, ['father'])).toEqual({ ...recorded.consents, GUARDIAN: null });
    expect(standingConsents(recorded, 2, ['mother'])).toEqual(nobody);
  });
});

describe('scopes', () => {
  const allowed = ['RESIDENCE', 'HEALTH_RECORDS', 'HEALTH_RECORDS.HIV', 'MADE_UP'];
  test('come in alphabetical order', () => {
    expect(scopesWithin(['RESIDENCE', 'HEALTH_RECORDS.HIV', 'HEALTH_RECORDS'], allowed, 'it')).toEqual([
      'HEALTH_RECORDS',
      'HEALTH_RECORDS.HIV',
      'RESIDENCE',
    ]);
  });

  test.each([
    ['none', []],
    ['a wildcard', ['*']],
    ['a wildcard of compartments', ['HEALTH_RECORDS', 'HEALTH_RECORDS.*']],
    ['one beyond the purpose', ['RESIDENCE', 'VEHICLES']],
    ['one that is not in the list of scopes', ['MADE_UP']],
    ['a compartment without the record', ['HEALTH_RECORDS.HIV']],
    ['one twice', ['RESIDENCE', 'RESIDENCE']],
    ['one that every object has', ['constructor']],
    ['a special mark', ['ANY']],
  ])('%s is refused', (_, asked) => {
    expect(() => scopesWithin(asked, [...allowed, ...asked.filter((s) => s === 'ANY')], 'it')).toThrow(
      /"scopes"/,
    );
  });

  test('of an emergency: no compartment, no category that does not save lives', () => {
    const three = ['HEALTH_INSURANCE', 'HEALTH_RECORDS', 'PERSONAL_INFORMATION'];
    expect(emergencyScopesOf([...three].reverse())).toEqual(three);
    for (const scope of ['HEALTH_RECORDS.HIV', 'RESIDENCE', 'ANY'])
      expect(() => emergencyScopesOf(['HEALTH_RECORDS', scope])).toThrow();
  });

  test('auditors see that a compartment is there, neither which nor how many', () => {
    const masked = ['HEALTH_RECORDS', 'HEALTH_RECORDS.***'];
    expect(maskScopes(['HEALTH_RECORDS', 'HEALTH_RECORDS.HIV'])).toEqual(masked);
    expect(maskScopes(['HEALTH_RECORDS', 'HEALTH_RECORDS.HIV', 'HEALTH_RECORDS.MENTAL'])).toEqual(masked);
  });
});

describe('terms', () => {
  test.each([
    ['as long as the purpose allows', undefined, 90, 90],
    ['without any limit', null, null, null],
    ['as asked', 30, 90, 30],
    ['as asked, without a limit', 400, null, 400],
  ])('days: %s', (_, asked, most, expected) => {
    expect(validDaysOf(asked, most)).toBe(expected);
  });

  test.each([
    [0, 90],
    [91, 90],
    [-1, null],
    [3651, null],
  ])('%i days of %s are refused', (asked, most) => {
    expect(() => validDaysOf(asked, most)).toThrow(/"validDays"/);
  });

  test('a grant ends when the purpose says, even if the purpose was shortened since', () => {
    expect(grantEndOf(now, 90, 30)?.toISOString()).toBe('2026-12-01T05:00:00.000Z');
    expect(grantEndOf(now, 10, null)?.toISOString()).toBe('2026-11-11T05:00:00.000Z');
    expect(grantEndOf(now, null, null)).toBeNull();
  });

  test('an emergency lasts 1 to 24 hours', () => {
    expect(emergencyEndOf(now, 24).toISOString()).toBe('2026-11-02T05:00:00.000Z');
    for (const hours of [0, 25, -1]) expect(() => emergencyEndOf(now, hours)).toThrow(/"hours"/);
  });

  test.each([
    ['Monday', '2026-11-02', '2026-11-04'],
    ['Thursday', '2026-11-05', '2026-11-09'],
    ['Friday', '2026-11-06', '2026-11-10'],
    ['Saturday', '2026-11-07', '2026-11-10'],
    ['Sunday', '2026-11-08', '2026-11-10'],
  ])('the review of a %s is due on the second working day', (_, day, due) => {
    expect(reviewDayOf(day)).toBe(due);
  });

  test('a day ends in Việt Nam', () => {
    expect(endOfDay('2026-11-04').toISOString()).toBe('2026-11-04T16:59:59.000Z');
  });
});

describe('how a grant stands', () => {
  const grant = { status: 'ACTIVE', isOneTime: false, usedByOperation: null, validTo: null };
  test.each([
    ['in force', {}, true, 'ACTIVE'],
    ['over this instant', { validTo: now }, true, 'EXPIRED'],
    ['its last millisecond', { validTo: new Date(now.getTime() + 1) }, true, 'ACTIVE'],
    ['given by somebody who represents no longer', {}, false, 'EXPIRED'],
    ['used', { isOneTime: true, usedByOperation: 'o' }, true, 'USED'],
    ['ongoing, however often used', { usedByOperation: 'o' }, true, 'ACTIVE'],
    ['withdrawn before all else', { status: 'WITHDRAWN', validTo: now }, false, 'WITHDRAWN'],
  ] as const)('%s', (_, more, isGiverEntitled, expected) => {
    expect(grantStatusOf({ ...grant, ...more }, isGiverEntitled, now)).toBe(expected);
  });

  test('a request that was not answered in time has lapsed; an answered one stays answered', () => {
    const at = (status: string) => requestStatusOf({ status, expiresAt: now }, now);
    expect(['PENDING', 'EXPIRED', 'GIVEN', 'REFUSED'].map(at)).toEqual([
      'EXPIRED',
      'EXPIRED',
      'GIVEN',
      'REFUSED',
    ]);
    expect(requestStatusOf({ status: 'PENDING', expiresAt: new Date(now.getTime() + 1) }, now)).toBe(
      'PENDING',
    );
  });
});

describe('evidence', () => {
  const proof = {
    ...{ citizenId: 'c', requestId: 'r', clientId: 'bank', purpose: 'loan', scopes: ['B', 'A'] },
    ...{ validFrom: now, validTo: null, isOneTime: false, readerId: null, method: 'APP' },
    ...{ noticeVersion: 1, noticeLanguage: 'vi', givenBy: 'c', givenAs: 'SELF', givenAt: now },
    childConsentedAt: null,
  };

  test('can be reckoned by anybody from the row and the wording', () => {
    const at = now.toISOString();
    const text = JSON.stringify([
      ...['c', 'r', 'bank', 'loan', ['A', 'B'], at, null],
      ...[false, null, 'APP', 1, 'vi', 'Nội dung', 'c', 'SELF', at, null],
    ]);
    expect(evidenceHashOf(proof, 'Nội dung')).toBe(createHash('sha256').update(text).digest('hex'));
  });

  test('changes with every part of it', () => {
    const parts = Object.keys(proof) as (keyof typeof proof)[];
    const hashes = parts.map((part) => evidenceHashOf({ ...proof, [part]: changed(proof[part]) }, 'x'));
    expect(new Set([...hashes, evidenceHashOf(proof, 'x'), evidenceHashOf(proof, 'y')]).size).toBe(
      parts.length + 2,
    );
  });

  const changed = (value: unknown) => {
    if (value instanceof Date || value === null) return new Date(0);
    if (Array.isArray(value)) return ['C'];
    return typeof value === 'string' ? `${value}!` : typeof value === 'number' ? 99 : true;
  };
});

describe('pseudonyms', () => {
  const { of, seal, unseal } = createPseudonyms(new Uint8Array(32));
  const name = of('person', 'auditor', today);

  test('count people: one person, one name', () => {
    expect(of('person', 'auditor', today)).toBe(name);
    expect(name).toMatch(/^[\w-]{22}$/);
  });

  test.each([
    ['person', of('another', 'auditor', today)],
    ['auditor', of('person', 'another', today)],
    ['day', of('person', 'auditor', '2026-11-02')],
    ['key', createPseudonyms(new Uint8Array(32).fill(1)).of('person', 'auditor', today)],
  ])('join nothing: another %s, another name', (_, other) => {
    expect(other).not.toBe(name);
  });

  test('a sealed cursor opens for its process alone', () => {
    const sealed = seal('WyIyMDI2Il0');
    expect(unseal(sealed)).toBe('WyIyMDI2Il0');
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('WyIyMDI2');
    const foreign = createPseudonyms(new Uint8Array(32).fill(1)).seal('WyIyMDI2Il0');
    for (const bad of [foreign, `${sealed.startsWith('A') ? 'B' : 'A'}${sealed.slice(1)}`, '', 'x'])
      expect(() => unseal(bad)).toThrow(/"after"/);
  });

  test('a number that nobody has always stands for the same', () => {
    expect(standInOf('099000000000')).toBe(standInOf('099000000000'));
    expect(standInOf('099000000000')).not.toBe(standInOf('099000000001'));
  });
});
