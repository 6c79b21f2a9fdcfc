import { afterAll, beforeAll, expect, it } from 'vitest';
import { personaHouseholds, type Person } from '#db/population';
import { healthInsurance } from '../../../subgraphs/health-insurance/index.ts';
import { startAgencyUnderTest, testAsOf } from '../../support/agency-under-test.ts';

const people = new Map(
  personaHouseholds(testAsOf).flatMap(({ members }) =>
    members.map(({ person }) => [person.persona, person] as const),
  ),
);
const personOf = (name: string): Person => {
  const person = people.get(name);
  if (!person) throw new Error(`No persona is called ${name}.`);
  return person;
};

let agency: Awaited<ReturnType<typeof startAgencyUnderTest>>;
beforeAll(async () => {
  agency = await startAgencyUnderTest(healthInsurance);
});
afterAll(() => agency.close());

const selection = `healthInsurance { cardNumber fullName objectCode benefitRate status result { code } previousCards { objectCode }
  initialFacility { name } coPayExemptFrom hasFiveContinuousYears source { integrationStatus } }`;

it.each([
  ['nguyen-van-an', { status: 'ACTIVE', objectCode: 'DN', result: { code: '000' } }],
  ['newborn', { objectCode: 'TE', benefitRate: 100, previousCards: [], status: 'ACTIVE' }],
  ['child-6', { objectCode: 'HS', previousCards: [{ objectCode: 'TE' }] }],
  ['pensioner', { objectCode: 'HT', benefitRate: 95, hasFiveContinuousYears: true }],
  ['insurance-lost', { status: 'REPORTED_LOST', result: { code: '110' }, hasFiveContinuousYears: false }],
  ['insurance-withdrawn', { status: 'WITHDRAWN', result: { code: '110' } }],
  ['uninsured', { status: 'EXPIRED', result: { code: '010' } }],
  ['deceased', { status: 'EXPIRED' }],
  ['tone-mark-mismatch', { fullName: 'Nguyễn Thị Hoà', result: { code: '061' } }],
  ['nfd-name', { result: { code: '000' } }],
  ['heavy-record', { coPayExemptFrom: expect.stringMatching(/^2026-/) }],
  ['level-1-only', { source: { integrationStatus: 'NOT_REQUESTED' } }],
])('%s', async (name, expected) => {
  const { data, errors } = await agency.entities([personOf(name).citizenId], selection);
  expect(errors).toBeUndefined();
  expect(data._entities[0].healthInsurance).toMatchObject(expected);
});

it('is known by the personal number when born after 1/8/2025', async () => {
  const newborn = personOf('newborn');
  const { data } = await agency.entities([newborn.citizenId], selection);
  expect(data._entities[0].healthInsurance.cardNumber).toBe(newborn.identifiers[0]?.value);
});

it('keeps every name in NFC', async () => {
  const ids = [...people.values()].map(({ citizenId }) => citizenId);
  const { data, errors } = await agency.entities(ids, selection);
  expect(errors).toBeUndefined();
  const names: string[] = data._entities.flatMap((each: { healthInsurance: { fullName: string } | null }) =>
    each.healthInsurance ? [each.healthInsurance.fullName] : [],
  );
  expect(names.length).toBeGreaterThan(30);
  expect(names).toEqual(names.map((name) => name.normalize('NFC')));
});
