import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Household } from '#db/population';
import { vehicles } from '../../../subgraphs/vehicles/index.ts';
import { licenceClassRows } from '../../../subgraphs/vehicles/catalogue.ts';
import { startAgencyUnderTest } from '../../support/agency-under-test.ts';
import { deducted, homeOf, licensed, personOf } from './life.ts';

/** Today is 2026-11-01. */
const combined = homeOf(0, [
  licensed(),
  licensed({ classCode: 'A1', passedOn: '2010-03-01', expiresOn: null }),
  licensed({
    scheme: 'LAW_2024',
    number: '990250000002',
    classCode: 'B1',
    passedOn: '2025-06-01',
    expiresOn: null,
  }),
  deducted('2025-02-01', 4),
  deducted('2026-05-05', 2),
]);
const empty = homeOf(1, []);
const zero = homeOf(2, [licensed(), deducted('2026-06-15', 12)]);
const outOfTerm = homeOf(3, [licensed({ expiresOn: '2026-10-31', status: 'VALID' })]);
const lastDay = homeOf(4, [licensed({ expiresOn: '2026-11-01', status: 'EXPIRED' })]);
const suspended = homeOf(5, [licensed({ status: 'SUSPENDED', conditions: 'Đeo kính' })], {
  recordedAs: { drivingLicences: { fullName: 'Nguyễn Văn Hoà', dateOfBirth: '1980' } },
  integration: { drivingLicences: 'MISMATCH' },
});
const paper = homeOf(6, [licensed({ classCode: 'A1', passedOn: '2008-03-01', expiresOn: null })]);
const police = homeOf(
  7,
  [
    licensed({ scheme: 'LAW_2024', classCode: 'B', passedOn: '2025-03-01', expiresOn: '2035-03-01' }),
    deducted('2026-06-15', 2, '990200000099'),
  ],
  { account: null },
);
/** A deduction every other month since points exist: a ledger of many pages. */
const monthly = homeOf(8, [
  licensed(),
  ...['2025-01-15', '2026-01-20', '2026-03-10', '2026-05-10', '2026-07-10'].map((day) => deducted(day, 1)),
]);
const homes = [combined, empty, zero, outOfTerm, lastDay, suspended, paper, police, monthly];

let agency: Awaited<ReturnType<typeof startAgencyUnderTest>>;
beforeAll(async () => {
  agency = await startAgencyUnderTest(vehicles, { households: homes });
});
afterAll(() => agency.close());

const everything = `drivingLicences {
  number holderName holderDateOfBirth issuedOn expiresOn issuingAuthority cardMaterial status points knowledgeTestFrom
  classes { code scheme name validityYears minimumAge isUpgradeOnly passedOn expiresOn isExpired conditions }
  pointLedger { nodes { kind delta balanceAfter effectiveOn decisionNo violationCode } pageInfo { hasNextPage } source { agency integrationStatus } }
  source { agency asOf integrationStatus }
}`;

async function ask(home: Household, selection = everything) {
  const { data, errors } = await agency.entities([personOf(home).citizenId], selection);
  expect(errors).toBeUndefined();
  return data._entities[0].drivingLicences;
}

describe('driving licences', () => {
  test('the newest first, the classes of a number together, points per licence', async () => {
    const [newest, older, ...rest] = await ask(combined);
    expect(rest).toEqual([]);
    expect(newest).toMatchObject({
      number: '990250000002',
      points: 12,
      issuedOn: '2025-06-01',
      expiresOn: null,
    });
    expect(older).toMatchObject({
      number: '990200000001',
      points: 10,
      issuedOn: '2020-05-20',
      expiresOn: '2030-05-20',
    });
    const classes = older.classes.map((each: { code: string; expiresOn: string | null }) => [
      each.code,
      each.expiresOn,
    ]);
    expect(classes).toEqual([
      ['A1', null],
      ['B2', '2030-05-20'],
    ]);
  });

  test('B1 of 2024 is a three-wheeler, B2 of 2008 a car: the scheme tells', async () => {
    const [newest, older] = await ask(combined);
    expect(newest.classes[0]).toMatchObject({ scheme: 'LAW_2024', code: 'B1', validityYears: null });
    expect(newest.classes[0].name).toContain('ba bánh');
    expect(older.classes[1]).toMatchObject({
      scheme: 'LAW_2008',
      code: 'B2',
      validityYears: 10,
      minimumAge: 18,
      isUpgradeOnly: false,
    });
  });

  test.each<[string, Household, string, number, string | null]>([
    ['without points: valid, but not to be driven with', zero, 'VALID', 0, '2026-12-15'],
    ['out of term since yesterday, whatever was recorded', outOfTerm, 'EXPIRED', 12, null],
    ['on its last day', lastDay, 'VALID', 12, null],
    ['suspended', suspended, 'SUSPENDED', 12, null],
    ['deductions of a licence nobody knows are left out', police, 'VALID', 12, null],
  ])('%s', async (_, home, status, points, knowledgeTestFrom) => {
    expect((await ask(home))[0]).toMatchObject({ status, points, knowledgeTestFrom });
  });

  test.each<[Household, RegExp, string]>([
    [paper, /^Sở Giao thông vận tải \S/, 'PAPER'],
    [police, /^Phòng Cảnh sát giao thông, Công an (tỉnh|thành phố) \S/, 'PET'],
  ])(
    'issued by the authority of the time, on the card of the time: %#',
    async (home, authority, material) => {
      const [licence] = await ask(home);
      expect(licence.issuingAuthority).toMatch(authority);
      expect(licence.cardMaterial).toBe(material);
    },
  );

  test('hold the name and birth date as written down here, with the mismatch in the source', async () => {
    const [licence] = await ask(suspended);
    expect(licence).toMatchObject({ holderName: 'Nguyễn Văn Hoà', holderDateOfBirth: '1980' });
    expect(licence.classes[0].conditions).toBe('Đeo kính');
    expect(licence.source).toEqual({
      agency: 'vehicles',
      asOf: '2026-10-31T17:00:00.000Z',
      integrationStatus: 'MISMATCH',
    });
    expect(licence.pointLedger.source).toEqual({ agency: 'vehicles', integrationStatus: 'MISMATCH' });
  });

  test('the ledger tells deductions and what time gave back, newest first', async () => {
    const [, { pointLedger }] = await ask(combined);
    expect(
      pointLedger.nodes.map((each: { kind: string; balanceAfter: number; effectiveOn: string }) => [
        each.effectiveOn,
        each.kind,
        each.balanceAfter,
      ]),
    ).toEqual([
      ['2026-05-05', 'DEDUCTED', 10],
      ['2026-02-01', 'RESTORED_AFTER_12_MONTHS', 12],
      ['2025-02-01', 'DEDUCTED', 8],
    ]);
    expect(pointLedger.nodes[0]).toMatchObject({
      delta: -2,
      decisionNo: '2605/QĐ-XPHC',
      violationCode: '168/6.9.b',
    });
  });
});

describe('the pages of a ledger', () => {
  const page = (text: string) =>
    `drivingLicences { pointLedger(${text}) { nodes { effectiveOn } edges { cursor node { effectiveOn } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const days = ['2026-07-10', '2026-05-10', '2026-03-10', '2026-01-20', '2026-01-15', '2025-01-15'];

  test.each([1, 2, 4, 100])('of %i: walked to the end, nothing is missing or twice', async (first) => {
    const walked: string[] = [];
    let after = '';
    for (let more = true; more && walked.length <= days.length;) {
      const [{ pointLedger }] = await ask(monthly, page(`first: ${first}${after}`));
      walked.push(...pointLedger.nodes.map((node: { effectiveOn: string }) => node.effectiveOn));
      expect(pointLedger.edges.at(-1).cursor).toBe(pointLedger.pageInfo.endCursor);
      expect(pointLedger.pageInfo.hasPreviousPage).toBe(after !== '');
      after = `, after: "${pointLedger.pageInfo.endCursor}"`;
      more = pointLedger.pageInfo.hasNextPage;
    }
    expect(walked).toEqual(days);
  });

  test('from and to include their days', async () => {
    const [{ pointLedger }] = await ask(monthly, page('from: "2026-01-15", to: "2026-03-10"'));
    expect(pointLedger.nodes.map((node: { effectiveOn: string }) => node.effectiveOn)).toEqual(
      days.slice(2, 5),
    );
  });

  test.each([
    ['first: 0', 'first'],
    ['first: -1', 'first'],
    ['first: 101', 'first'],
    ['after: "bm90IGEgY3Vyc29y"', 'after'],
    ['after: ""', 'after'],
    ['from: "2026-02-01", to: "2026-01-01"', 'from'],
  ])('%s is refused by name', async (text, argument) => {
    const { data, errors } = await agency.entities([personOf(monthly).citizenId], page(text));
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toContain(`"${argument}"`);
    expect(JSON.stringify(errors)).not.toContain('bm90IGEgY3Vyc29y');
    expect(data._entities[0]?.drivingLicences ?? null).toBeNull();
  });
});

describe('time', () => {
  test.each([
    ['2026-06-14T16:59:59Z', 12],
    ['2026-06-14T17:00:00Z', 0],
    ['2036-06-14T17:00:00Z', 0],
  ])('at %s the licence has %i points: the day of Việt Nam decides', async (now, points) => {
    const then = await startAgencyUnderTest(vehicles, { households: [zero], now: new Date(now) });
    const { data } = await then.entities([personOf(zero).citizenId], 'drivingLicences { points }');
    await then.close();
    expect(data._entities[0].drivingLicences).toEqual([{ points }]);
  });
});

test('the catalogue has the 13 classes of 2008 and the 15 of 2024', () => {
  const codes = (scheme: string) =>
    licenceClassRows.filter((row) => row.scheme === scheme).map(({ code }) => code);
  expect(codes('LAW_2008').sort()).toEqual([
    'A1',
    'A2',
    'A3',
    'A4',
    'B1',
    'B2',
    'C',
    'D',
    'E',
    'FB2',
    'FC',
    'FD',
    'FE',
  ]);
  expect(codes('LAW_2024').sort()).toEqual([
    'A',
    'A1',
    'B',
    'B1',
    'BE',
    'C',
    'C1',
    'C1E',
    'CE',
    'D',
    'D1',
    'D1E',
    'D2',
    'D2E',
    'DE',
  ]);
});

test('somebody without a licence has none', async () => {
  expect(await ask(empty)).toEqual([]);
});
