import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { socialInsurance } from '../../../subgraphs/social-insurance/index.ts';
import { openAgencyUnderTest, startAgencyUnderTest } from '../../support/agency-under-test.ts';
import { citizenIdOf, homeOf, testPersonalId } from '../../support/home-of.ts';
import { company, employed, granted, ministry } from './spell.ts';

const zero = {
  paidMonths: 0,
  lateMonths: 0,
  unpaidMonths: 0,
  reservedMonths: 0,
  withdrawnMonths: 0,
  totalMonths: 0,
};
const totalOf = (scheme: string, months: Partial<typeof zero>) => ({ scheme, ...zero, ...months });

const cases = [
  {
    claim: 'paid months of a job that goes on, until today',
    events: [employed('2026-01', null)],
    totalMonths: 11,
    totals: ['SI_COMPULSORY', 'UNEMPLOYMENT', 'OCC_ACCIDENT', 'HEALTH'].map((scheme) =>
      totalOf(scheme, { paidMonths: 11, totalMonths: 11 }),
    ),
    arrears: [],
  },
  {
    claim: 'compulsory and voluntary months add up, other schemes do not',
    events: [employed('2007-11', '2008-02'), employed('2025-01', '2025-03', { employer: null })],
    totalMonths: 7,
    totals: [
      totalOf('SI_COMPULSORY', { paidMonths: 4, totalMonths: 4 }),
      totalOf('SI_VOLUNTARY', { paidMonths: 3, totalMonths: 3 }),
      totalOf('HEALTH', { paidMonths: 4, totalMonths: 4 }),
    ],
    arrears: [],
  },
  {
    claim: 'what was paid out does not count for pension, but unemployment insurance stays',
    events: [employed('2010-01', '2010-12', { payment: 'WITHDRAWN' }), employed('2015-01', '2015-02')],
    totalMonths: 2,
    totals: [
      totalOf('SI_COMPULSORY', { paidMonths: 2, withdrawnMonths: 12, totalMonths: 2 }),
      totalOf('UNEMPLOYMENT', { paidMonths: 14, totalMonths: 14 }),
      totalOf('HEALTH', { paidMonths: 14, totalMonths: 14 }),
    ],
    arrears: [],
  },
  {
    claim: 'reserved months count',
    events: [employed('2015-01', '2015-06', { payment: 'RESERVED' })],
    totalMonths: 6,
    totals: [
      totalOf('SI_COMPULSORY', { reservedMonths: 6, totalMonths: 6 }),
      totalOf('UNEMPLOYMENT', { reservedMonths: 6, totalMonths: 6 }),
      totalOf('HEALTH', { paidMonths: 6, totalMonths: 6 }),
    ],
    arrears: [],
  },
  {
    claim: 'late and unpaid months do not, and the unit owes them',
    events: [
      employed('2014-01', '2014-10'),
      employed('2014-11', '2015-01', { payment: 'UNPAID' }),
      employed('2015-02', '2015-06', { payment: 'LATE' }),
      employed('2015-07', '2015-08', { payment: 'LATE', employer: ministry }),
    ],
    totalMonths: 10,
    totals: ['SI_COMPULSORY', 'UNEMPLOYMENT', 'HEALTH'].map((scheme) =>
      totalOf(scheme, { paidMonths: 10, lateMonths: 7, unpaidMonths: 3, totalMonths: 10 }),
    ),
    arrears: [
      { employer: ministry, lateMonths: 2, unpaidMonths: 0 },
      { employer: company, lateMonths: 5, unpaidMonths: 3 },
    ],
  },
];

const benefitsId = citizenIdOf(cases.length + 1);
const recordedId = citizenIdOf(cases.length + 2);
let agency: Awaited<ReturnType<typeof startAgencyUnderTest>>;

beforeAll(async () => {
  const benefits = [
    granted('2024-02-01', '2024-02-05'),
    granted('2025-01-10', '2025-07-09', { benefit: 'MATERNITY', amount: 54_000_000 }),
    granted('2026-11-01', '2026-11-01', { benefit: 'OCC_ACCIDENT' }),
    granted('2023-05-01', null, { benefit: 'LUMP_SUM', amount: 61_000_000 }),
    granted('2026-01-01', null, { benefit: 'RETIREMENT', amount: 4_100_000, monthly: true }),
  ];
  const recordedAs = { socialInsurance: { fullName: 'Nguyễn Thị Chí', dateOfBirth: '1968' } };
  const people = [
    ...cases.map(({ events }) => ({ events })),
    { events: benefits },
    {
      events: [employed('2026-01', null)],
      recordedAs,
      integration: { socialInsurance: 'MISMATCH' as const },
    },
  ];
  agency = await startAgencyUnderTest(socialInsurance, { households: [homeOf(people)] });
});
afterAll(() => agency.close());

async function ask(id: string, selection: string, today = '2026-11-01') {
  const now = () => new Date(`${today}T00:00:00+07:00`);
  const open = await openAgencyUnderTest(socialInsurance, agency.url, { now });
  const { data, errors } = await open.entities([id], `socialInsurance { ${selection} }`);
  await open.close();
  expect(errors).toBeUndefined();
  const entities = data?.['_entities'] as { socialInsurance: Record<string, never> }[];
  return entities[0]?.socialInsurance as never as {
    readonly [field: string]: unknown;
    readonly periods: { readonly nodes: readonly unknown[] };
    readonly benefits: { readonly nodes: readonly { readonly benefit: string }[] };
  };
}

describe('totals', () => {
  it.each(cases)('$claim', async ({ events, claim, totalMonths, totals, arrears }) => {
    expect(events.length).toBeGreaterThan(0);
    const id = citizenIdOf(cases.findIndex((each) => each.claim === claim) + 1);
    const found = await ask(
      id,
      `totalMonths arrearsMonths arrears { employer { code name provinceCode } lateMonths unpaidMonths }
      totals { scheme paidMonths lateMonths unpaidMonths reservedMonths withdrawnMonths totalMonths }`,
    );
    const arrearsMonths = arrears.reduce((sum, each) => sum + each.lateMonths + each.unpaidMonths, 0);
    expect(found).toEqual({ totalMonths, totals, arrears, arrearsMonths });
  });

  it.each([
    ['2025-12-31', 0],
    ['2026-01-01', 1],
    ['2026-03-31', 3],
    ['2026-10-31', 10],
    ['2027-05-01', 11],
  ])('of a job since January, on %s: %i, never beyond the data', async (today, months) => {
    const found = await ask(
      citizenIdOf(1),
      'totalMonths periods(first: 1) { nodes { months toMonth } }',
      today,
    );
    expect(found).toEqual({ totalMonths: months, periods: { nodes: [{ months, toMonth: null }] } });
  });
});

describe('the member', () => {
  it('is shown as the insurer recorded them', async () => {
    expect(
      await ask(
        recordedId,
        'insuranceNumber10 personalId fullName dateOfBirth source { agency asOf integrationStatus }',
      ),
    ).toEqual({
      insuranceNumber10: expect.stringMatching(/^98\d{8}$/),
      personalId: testPersonalId,
      fullName: 'Nguyễn Thị Chí',
      dateOfBirth: '1968',
      source: { agency: 'social-insurance', asOf: '2026-10-31T17:00:00.000Z', integrationStatus: 'MISMATCH' },
    });
  });
});

describe('benefits', () => {
  const kindsOf = async (filter: string): Promise<string[]> => {
    const { benefits } = await ask(benefitsId, `benefits${filter} { nodes { benefit } }`);
    return benefits.nodes.map(({ benefit }) => benefit);
  };
  it.each([
    ['', ['OCC_ACCIDENT', 'RETIREMENT', 'MATERNITY', 'SICKNESS', 'LUMP_SUM']],
    ['(first: 2)', ['OCC_ACCIDENT', 'RETIREMENT']],
    ['(from: "2024-02-05", to: "2024-12-31")', ['SICKNESS']],
    ['(from: "2024-02-06", to: "2025-01-09")', []],
    ['(from: "2025-07-09", to: "2025-12-31")', ['MATERNITY']],
    ['(from: "2026-11-02")', ['RETIREMENT']],
    ['(to: "2025-01-10")', ['MATERNITY', 'SICKNESS', 'LUMP_SUM']],
    ['(from: "2023-05-01", to: "2024-01-31")', ['LUMP_SUM']],
    ['(from: "2023-05-02", to: "2024-01-31")', []],
  ])('asked for %s', async (filter, kinds) => {
    expect(await kindsOf(filter)).toEqual(kinds);
  });

  it.each([
    ['2025-12-31', [false, false, false, false, false]],
    ['2025-07-09', [false, false, true, false, false]],
    ['2026-11-01', [true, true, false, false, false]],
    ['2023-05-01', [false, false, false, false, true]],
    ['2026-11-02', [false, true, false, false, false]],
  ])('on %s are going on or not', async (today, expected) => {
    const found = await ask(benefitsId, 'benefits { nodes { isOngoing } }', today);
    expect(found.benefits.nodes).toEqual(expected.map((isOngoing) => ({ isOngoing })));
  });

  it('tell amount, decision and source', async () => {
    const found = await ask(
      benefitsId,
      'benefits { nodes { benefit from to amount isMonthly decisionNo source { agency } } source { agency } }',
    );
    expect(found.benefits.nodes[1]).toEqual({
      benefit: 'RETIREMENT',
      from: '2026-01-01',
      to: null,
      amount: 4_100_000,
      isMonthly: true,
      decisionNo: expect.stringMatching(/^\d{5}\/QĐ-BHXH$/),
      source: { agency: 'social-insurance' },
    });
    expect(found.benefits).toMatchObject({ source: { agency: 'social-insurance' } });
  });
});

describe('rates and limits in force', () => {
  it.each([
    ['2026-11-01', [8, 17, 22, 0, 1, 1, 0, 0.5, 1.5, 3], 46_800_000, 5_310_000],
    ['2025-12-31', [8, 17, 22, 0, 1, 1, 0, 0.5, 1.5, 3], 46_800_000, 4_960_000],
    ['2026-01-01', [8, 17, 22, 0, 1, 1, 0, 0.5, 1.5, 3], 46_800_000, 5_310_000],
    ['2022-10-01', [8, 17, 22, 0, 1, 1, 0, 0.5, 1.5, 3], 29_800_000, 4_680_000],
    ['2022-09-30', [8, 17, 22, 0, 1, 0, 0, 0.5, 1.5, 3], 29_800_000, 4_680_000],
    ['2022-08-15', [8, 17, 22, 0, 1, 0, 0, 0.5, 1.5, 3], 29_800_000, 4_680_000],
  ])('on %s', async (today, shares, cap, floor) => {
    const found = await ask(
      benefitsId,
      'rates { scheme employeeRate employerRate } baseLimits { cap regionalFloors }',
      today,
    );
    const schemes = ['SI_COMPULSORY', 'SI_VOLUNTARY', 'UNEMPLOYMENT', 'OCC_ACCIDENT', 'HEALTH'];
    const rates = schemes.map((scheme, at) => ({
      scheme,
      employeeRate: shares[at * 2],
      employerRate: shares[at * 2 + 1],
    }));
    expect(found['rates']).toEqual(expect.arrayContaining(rates));
    expect(found['rates']).toHaveLength(schemes.length);
    expect(found['baseLimits']).toMatchObject({ cap, regionalFloors: expect.arrayContaining([floor]) });
  });

  it('add up to 10.5 and 21.5 per cent for an employee of 2026', async () => {
    const found = await ask(benefitsId, 'rates { scheme employeeRate employerRate }');
    const rates = found['rates'] as { scheme: string; employeeRate: number; employerRate: number }[];
    const employee = rates.filter(({ scheme }) => scheme !== 'SI_VOLUNTARY');
    expect(employee.reduce((sum, rate) => sum + rate.employeeRate, 0)).toBe(10.5);
    expect(employee.reduce((sum, rate) => sum + rate.employerRate, 0)).toBe(21.5);
  });
});
