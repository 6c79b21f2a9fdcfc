import { describe, expect, test } from 'vitest';
import { isRepresented, representationEndOf, type Representation as Link } from '#kit';
import { isListed, listingEndOf } from '../../../subgraphs/dependants/representation.ts';
import { scopeOf } from '../../../subgraphs/dependants/scope.ts';

const child: Link = {
  relation: 'CHILD_BIOLOGICAL',
  basis: 'PARENTAL',
  bornOn: '2012-11-21',
  validFrom: '2012-12-01',
  validTo: null,
};
const orphan: Link = { ...child, relation: 'GRANDCHILD', basis: 'GUARDIAN_BY_LAW', validFrom: '2020-03-01' };
const leapChild: Link = { ...child, bornOn: '2012-02-29', validFrom: '2012-03-10' };
const incapacitated: Link = {
  relation: 'WARD_ADULT_INCAPACITATED',
  basis: 'GUARDIAN_BY_COURT',
  bornOn: '1970-05-05',
  validFrom: '2019-04-01',
  validTo: null,
};
const chosen: Link = { ...incapacitated, relation: 'OTHER', basis: 'GUARDIAN_CHOSEN' };
const grownUp: Link = { ...orphan, relation: 'OTHER', bornOn: '2001-01-01', validFrom: '2010-01-01' };
const ended = (link: Link, validTo: string): Link => ({ ...link, validTo });

describe('a dependant is listed', () => {
  test.each<[string, Link, string, boolean]>([
    ['a child the day before registration', child, '2012-11-30', false],
    ['a child from registration on', child, '2012-12-01', true],
    ['a child of 13 years and 364 days', child, '2026-11-20', true],
    ['a child on the 14th birthday', child, '2026-11-21', false],
    ['a child of 15', child, '2027-11-21', false],
    ['an adopted child under 14', { ...child, relation: 'CHILD_ADOPTED' }, '2026-11-20', true],
    ['born on 29 February, on 28 February', leapChild, '2026-02-28', true],
    ['born on 29 February, on 1 March', leapChild, '2026-03-01', false],
    ['a minor under guardianship before 14', orphan, '2026-11-20', true],
    ['a minor under guardianship from 14 on', orphan, '2026-11-21', false],
    ['custody the day before it was ended', ended(child, '2024-06-01'), '2024-05-31', true],
    ['custody on the day it was ended', ended(child, '2024-06-01'), '2024-06-01', false],
    ['custody ended after the 14th birthday', ended(child, '2028-01-01'), '2026-11-21', false],
    ['an adult without capacity', incapacitated, '2026-11-21', true],
    ['guardianship of an adult once ended', ended(incapacitated, '2026-11-21'), '2026-11-21', false],
    ['an adult whose guardian was chosen in advance', chosen, '2026-11-21', true],
    ['somebody under guardianship as a child, grown up', grownUp, '2026-11-21', false],
  ])('%s on its day: %#', (_, link, today, expected) => {
    expect(isListed(link, today)).toBe(expected);
  });
});

describe('a representation holds', () => {
  test.each<[string, Link, string, boolean]>([
    ['a child of 14, whom no list shows any more', child, '2026-11-21', true],
    ['a child the day before the 18th birthday', child, '2030-11-20', true],
    ['a child on the 18th birthday', child, '2030-11-21', false],
    ['before registration', orphan, '2020-02-29', false],
    ['a minor under guardianship of 17', orphan, '2030-11-20', true],
    ['custody on the day it was ended', ended(child, '2024-06-01'), '2024-06-01', false],
    ['an adult ward while registered', incapacitated, '2050-01-01', true],
  ])('%s: %#', (_, link, today, expected) => {
    expect(isRepresented(link, today)).toBe(expected);
  });
});

test.each<[Link, string | null, string | null]>([
  [child, '2026-11-21', '2030-11-21'],
  [leapChild, '2026-03-01', '2030-03-01'],
  [ended(child, '2024-06-01'), '2024-06-01', '2024-06-01'],
  [ended(child, '2028-01-01'), '2026-11-21', '2028-01-01'],
  [incapacitated, null, null],
  [ended(incapacitated, '2027-01-01'), '2027-01-01', '2027-01-01'],
])('the days on which listing and representation end: %#', (link, listing, representation) => {
  expect([listingEndOf(link), representationEndOf(link)]).toEqual([listing, representation]);
});

describe('the scope', () => {
  const overPerson = ['CIVIL_TRANSACTIONS', 'PROPERTY', 'LEGAL_PROTECTION'];
  test.each<[string, Link & { decidedScope?: string[] }, string, string[]]>([
    ['a parent, until 18', child, '2030-11-20', ['CARE_AND_EDUCATION', ...overPerson]],
    ['a guardian of a ward of 14', orphan, '2027-11-20', ['CARE_AND_EDUCATION', ...overPerson]],
    ['a guardian of a ward of 15', orphan, '2027-11-21', overPerson],
    ['an adult without capacity', incapacitated, '2026-01-01', ['CARE_AND_TREATMENT', ...overPerson]],
    ['as the court decided', { ...incapacitated, decidedScope: ['PROPERTY'] }, '2026-01-01', ['PROPERTY']],
  ])('%s', (_, link, today, expected) => {
    expect(scopeOf({ decidedScope: null, ...link }, today)).toEqual(expected);
  });
});
