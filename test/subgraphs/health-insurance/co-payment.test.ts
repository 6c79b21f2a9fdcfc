import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { healthInsurance } from '../../../subgraphs/health-insurance/index.ts';
import { coPayExemptFrom, coPaymentOn } from '../../../subgraphs/health-insurance/co-payment.ts';
import { startAgencyUnderTest } from '../../support/agency-under-test.ts';
import { citizenIdOf, homeOf } from '../../support/home-of.ts';
import { insured, stay } from './spell.ts';

const rowOf = (year: number, ceilingPassedOn: string | null) => ({
  citizenId: citizenIdOf(1),
  year,
  paid: 15_000_000,
  ceilingPassedOn,
  baseSalary: 2_340_000,
});

describe('exemption from co-payment', () => {
  const cases = [
    ['nothing was paid', [], '2020-01-01', '2026-11-01', null],
    ['the ceiling was not passed', [rowOf(2026, null)], '2020-01-01', '2026-11-01', null],
    ['both are fulfilled', [rowOf(2026, '2026-05-02')], '2020-01-01', '2026-11-01', '2026-05-02'],
    ['on the very day', [rowOf(2026, '2026-11-01')], '2020-01-01', '2026-11-01', '2026-11-01'],
    ['the ceiling is passed tomorrow', [rowOf(2026, '2026-11-02')], '2020-01-01', '2026-11-01', null],
    [
      'five years complete later in the year',
      [rowOf(2026, '2026-05-02')],
      '2026-09-01',
      '2026-11-01',
      '2026-09-01',
    ],
    ['five years not complete yet', [rowOf(2026, '2026-05-02')], '2026-11-02', '2026-11-01', null],
    ['it was last year', [rowOf(2025, '2025-05-02')], '2020-01-01', '2026-11-01', null],
    ['the year is over', [rowOf(2026, '2026-05-02')], '2020-01-01', '2027-01-01', null],
  ] as const;
  it.each(cases)('%s', (_, rows, fiveYearFrom, today, from) => {
    expect(coPayExemptFrom(rows, fiveYearFrom, today)).toBe(from);
  });

  it('reckons the ceiling as six months of base salary', () => {
    expect(coPaymentOn([rowOf(2026, '2026-05-02')], '2026-11-01')).toEqual({
      year: 2026,
      paid: 15_000_000,
      ceiling: 14_040_000,
      ceilingPassedOn: '2026-05-02',
    });
  });
});

const days = Array.from({ length: 20 }, (_, index) => `2026-03-${String(index + 1).padStart(2, '0')}`);
const stays = days.map(stay);
const worker = insured({ from: '2018-01-01', to: '2026-12-31' });

describe('co-payments of the year', () => {
  let agency: Awaited<ReturnType<typeof startAgencyUnderTest>>;
  beforeAll(async () => {
    const people = [
      { events: [worker, ...stays] },
      { events: [insured({ from: '2026-01-01', to: '2026-12-31' }), ...stays] },
      { events: [insured({ from: '2018-01-01', to: '2026-12-31', objectCode: 'HN' }), ...stays] },
      { events: [worker, ...stays.map((visit) => ({ ...visit, insured: false }))] },
      { events: [worker, stay('2025-03-01')] },
    ];
    agency = await startAgencyUnderTest(healthInsurance, { households: [homeOf(people)] });
  });
  afterAll(() => agency.close());

  const ask = async (number: number) => {
    const selection =
      'healthInsurance { coPayment { year paid ceiling ceilingPassedOn } coPayExemptFrom coPayExemptTo }';
    const { data, errors } = await agency.entities([citizenIdOf(number)], selection);
    expect(errors).toBeUndefined();
    return data._entities[0].healthInsurance;
  };

  it('exempts a worker of eight years from the day the ceiling is passed, who then pays no more', async () => {
    const { coPayment, coPayExemptFrom: from, coPayExemptTo } = await ask(1);
    expect(coPayment).toMatchObject({ year: 2026, ceiling: 14_040_000 });
    expect(coPayment.paid).toBeGreaterThan(14_040_000);
    expect(coPayment.paid).toBeLessThan(14_040_000 + 5_000_000);
    expect(days).toContain(from);
    expect({ from: coPayment.ceilingPassedOn, coPayExemptTo }).toEqual({ from, coPayExemptTo: '2026-12-31' });
  });

  it('does not exempt who has no five years', async () => {
    const found = await ask(2);
    expect(found.coPayment.paid).toBeGreaterThan(14_040_000 + 5_000_000);
    expect(found).toMatchObject({
      coPayment: { year: 2026 },
      coPayExemptFrom: null,
      coPayExemptTo: null,
    });
  });

  it.each([
    ['a group that pays nothing', 3],
    ['visits that insurance did not pay', 4],
    ['visits of another year', 5],
  ])('is null for %s', async (_, number) => {
    expect(await ask(number)).toEqual({ coPayment: null, coPayExemptFrom: null, coPayExemptTo: null });
  });
});
