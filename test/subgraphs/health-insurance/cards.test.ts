import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '#db/population';
import { healthInsurance } from '../../../subgraphs/health-insurance/index.ts';
import { openAgencyUnderTest, startAgencyUnderTest } from '../../support/agency-under-test.ts';
import { citizenIdOf, homeOf, testPersonalId as personalId } from '../../support/home-of.ts';
import { insured } from './spell.ts';

const year2026 = { from: '2026-01-01', to: '2026-12-31' } as const;

interface Case {
  readonly claim: string;
  readonly spells: readonly ReturnType<typeof insured>[];
  readonly person?: Partial<Person>;
  readonly expected: object;
}

const selection = `healthInsurance {
  cardNumber cardCode15 insuranceNumber10 personalId fullName dateOfBirth sex objectCode object { code name benefitLevel }
  benefitLevel benefitRate hasPaymentCaps coversOutsideScope provinceCode issuingOffice livingArea
  initialFacility { code name provinceCode careLevel } validFrom validTo fiveYearContinuousFrom hasFiveContinuousYears
  coPayment { paid } coPayExemptFrom coPayExemptTo previousCodes
  previousCards { cardNumber validTo status result { code reason } source { agency } }
  nextCard { cardNumber validFrom status result { code } } status result { code reason note }
  source { agency asOf integrationStatus } }`;

const cases: readonly Case[] = [
  {
    claim: 'a card of 2020 is known by its 15 characters',
    spells: [insured({ from: '2020-01-01', to: '2026-12-31' })],
    expected: {
      cardNumber: expect.stringMatching(/^DN479\d{10}$/),
      cardCode15: expect.stringMatching(/^DN479/),
    },
  },
  {
    claim: 'a card from 1/4/2021 is known by the ten digits',
    spells: [insured({ from: '2021-04-01', to: '2026-12-31' })],
    expected: {
      cardNumber: expect.stringMatching(/^\d{10}$/),
      cardCode15: expect.stringMatching(/^DN479\d{10}$/),
    },
  },
  {
    claim: 'a card from 31/7/2025 is still known by the ten digits',
    spells: [insured({ from: '2025-07-31', to: '2026-12-31' })],
    expected: { cardNumber: expect.stringMatching(/^\d{10}$/) },
  },
  {
    claim: 'a card from 1/8/2025 is known by the personal number',
    spells: [insured({ from: '2025-08-01', to: '2026-12-31' })],
    expected: { cardNumber: personalId, cardCode15: null, personalId },
  },
  {
    claim: 'a card in force',
    spells: [insured(year2026)],
    expected: {
      status: 'ACTIVE',
      result: { code: '000', reason: 'CARD_VALID', note: 'Thông tin thẻ chính xác' },
      benefitLevel: 4,
      benefitRate: 80,
      hasPaymentCaps: true,
      coversOutsideScope: false,
      object: { code: 'DN', name: 'Người lao động trong doanh nghiệp', benefitLevel: 4 },
      provinceCode: '79',
      issuingOffice: 'BHXH Thành phố Hồ Chí Minh',
      initialFacility: {
        code: '79001',
        name: 'Bệnh viện Đa khoa Hồ Chí Minh',
        provinceCode: '79',
        careLevel: 'SPECIALISED',
      },
      coPayment: null,
      coPayExemptFrom: null,
      coPayExemptTo: null,
      previousCards: [],
      previousCodes: [],
      nextCard: null,
      source: {
        agency: 'health-insurance',
        asOf: '2026-10-31T17:00:00.000Z',
        integrationStatus: 'INTEGRATED',
      },
    },
  },
  {
    claim: 'the last day of cover is covered',
    spells: [insured({ from: '2026-01-01', to: '2026-11-01' })],
    expected: { status: 'ACTIVE' },
  },
  {
    claim: 'the day after is not',
    spells: [insured({ from: '2026-01-01', to: '2026-10-31' })],
    expected: { status: 'EXPIRED', result: { code: '010' } },
  },
  {
    claim: 'withdrawn says more than its term',
    spells: [insured({ ...year2026, status: 'WITHDRAWN' })],
    expected: { status: 'WITHDRAWN', result: { code: '110', reason: 'CARD_WITHDRAWN' } },
  },
  {
    claim: 'reported lost',
    spells: [insured({ ...year2026, status: 'REPORTED_LOST' })],
    expected: { status: 'REPORTED_LOST', result: { code: '110' } },
  },
  {
    claim: 'reduced',
    spells: [insured({ ...year2026, status: 'REDUCED' })],
    expected: { status: 'REDUCED', result: { code: '120' } },
  },
  {
    claim: 'an expired word in the facts is no truth: the dates are',
    spells: [insured({ ...year2026, status: 'EXPIRED' })],
    expected: { status: 'ACTIVE', result: { code: '000' } },
  },
  {
    claim: 'a soldier',
    spells: [insured({ ...year2026, objectCode: 'QN' })],
    expected: { result: { code: '001' }, benefitLevel: 5, benefitRate: 100, coversOutsideScope: true },
  },
  {
    claim: 'a police officer',
    spells: [insured({ ...year2026, objectCode: 'CA' })],
    expected: { result: { code: '002' }, benefitLevel: 5 },
  },
  {
    claim: 'a child',
    spells: [insured({ ...year2026, objectCode: 'TE', livingArea: 'K1' })],
    expected: { benefitLevel: 1, benefitRate: 100, hasPaymentCaps: false, livingArea: 'K1' },
  },
  {
    claim: 'a pensioner',
    spells: [insured({ ...year2026, objectCode: 'HT' })],
    expected: { benefitLevel: 3, benefitRate: 95 },
  },
  {
    claim: 'a tone mark that differs',
    spells: [insured(year2026)],
    person: { recordedAs: { healthInsurance: { fullName: 'Nguyễn Thị Hoả' } } },
    expected: {
      fullName: 'Nguyễn Thị Hoả',
      result: { code: '061', reason: 'NAME_DIFFERS_SLIGHTLY' },
      status: 'ACTIVE',
    },
  },
  {
    claim: 'another name',
    spells: [insured(year2026)],
    person: { recordedAs: { healthInsurance: { fullName: 'Trần Thị Hòa' } } },
    expected: { result: { code: '060' } },
  },
  {
    claim: 'the same name in decomposed letters is the same name',
    spells: [insured(year2026)],
    person: { recordedAs: { healthInsurance: { fullName: 'Nguyễn Thị Hòa'.normalize('NFD') } } },
    expected: { fullName: 'Nguyễn Thị Hòa', result: { code: '000' } },
  },
  {
    claim: 'another birth date',
    spells: [insured(year2026)],
    person: { dateOfBirth: '1968', recordedAs: { healthInsurance: { dateOfBirth: '1986-10-18' } } },
    expected: { dateOfBirth: '1986-10-18', result: { code: '070' } },
  },
  {
    claim: 'five years without a gap',
    spells: [insured({ from: '2021-11-01', to: '2025-12-31' }), insured(year2026)],
    expected: { fiveYearContinuousFrom: '2026-11-01', hasFiveContinuousYears: true },
  },
  {
    claim: 'a day short of five years',
    spells: [insured({ from: '2021-11-02', to: '2025-12-31' }), insured(year2026)],
    expected: { fiveYearContinuousFrom: '2026-11-02', hasFiveContinuousYears: false },
  },
  {
    claim: 'a gap of three months does not break the years',
    spells: [insured({ from: '2015-01-01', to: '2025-10-01' }), insured(year2026)],
    expected: { fiveYearContinuousFrom: '2020-01-01', hasFiveContinuousYears: true },
  },
  {
    claim: 'a longer gap does',
    spells: [insured({ from: '2015-01-01', to: '2025-09-30' }), insured(year2026)],
    expected: { fiveYearContinuousFrom: '2031-01-01', hasFiveContinuousYears: false },
  },
  {
    claim: 'five years do not help when the cover ended',
    spells: [insured({ from: '2015-01-01', to: '2026-06-30' })],
    expected: { fiveYearContinuousFrom: '2020-01-01', hasFiveContinuousYears: false },
  },
  {
    claim: 'earlier cards, newest first, and their codes once each',
    spells: [
      insured({ from: '2018-01-01', to: '2020-12-31', objectCode: 'SV' }),
      insured({ from: '2021-05-01', to: '2023-12-31' }),
      insured({ from: '2024-01-01', to: '2025-12-31' }),
      insured(year2026),
    ],
    expected: {
      cardNumber: personalId,
      previousCodes: [expect.stringMatching(/^\d{10}$/), expect.stringMatching(/^SV479\d{10}$/)],
      previousCards: [
        {
          validTo: '2025-12-31',
          status: 'EXPIRED',
          result: { code: '003' },
          source: { agency: 'health-insurance' },
        },
        { validTo: '2023-12-31' },
        { validTo: '2020-12-31' },
      ],
    },
  },
  {
    claim: 'a card renewed before its end',
    spells: [insured({ from: '2025-11-21', to: '2026-11-20', objectCode: 'GD' })],
    expected: {
      validTo: '2026-11-20',
      status: 'ACTIVE',
      result: { code: '004', reason: 'CARD_VALID_RENEWED' },
      nextCard: { validFrom: '2026-11-21', status: 'NOT_YET_VALID', result: { code: '000' } },
    },
  },
  {
    claim: 'no renewal more than 30 days ahead',
    spells: [insured({ from: '2025-12-03', to: '2026-12-02', objectCode: 'GD' })],
    expected: { nextCard: null, result: { code: '000' } },
  },
  {
    claim: 'no renewal after death',
    spells: [insured({ from: '2025-11-21', to: '2026-11-20', objectCode: 'GD' })],
    person: { diedOn: '2026-10-30', lifeStatus: 'DECEASED' },
    expected: { nextCard: null },
  },
];

const people = cases.map(({ spells, person }) => ({ ...person, events: spells }));
const idOf = (claim: string): string => citizenIdOf(cases.findIndex((each) => each.claim === claim) + 1);

let agency: Awaited<ReturnType<typeof startAgencyUnderTest>>;
beforeAll(async () => {
  agency = await startAgencyUnderTest(healthInsurance, { households: [homeOf([...people, {}])] });
});
afterAll(() => agency.close());

describe('the card in use', () => {
  it.each(cases)('$claim', async ({ claim, expected }) => {
    const { data, errors } = await agency.entities([idOf(claim)], selection);
    expect(errors).toBeUndefined();
    expect(data._entities[0].healthInsurance).toMatchObject(expected);
  });

  it('is null for somebody who never had a card, and for an unknown citizen', async () => {
    const { data, errors } = await agency.entities(
      [citizenIdOf(cases.length + 1), citizenIdOf(9999)],
      selection,
    );
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([{ healthInsurance: null }, { healthInsurance: null }]);
  });

  it('asks nothing of the database for an id that is no UUID', async () => {
    agency.statements.length = 0;
    const { data, errors } = await agency.entities(["x' or true"], selection);
    expect({ data, errors, statements: agency.statements }).toEqual({
      data: { _entities: [null] },
      errors: undefined,
      statements: [],
    });
  });
});

describe('as time passes', () => {
  const days = [
    ['2025-11-20', '2025-11-21', 'NOT_YET_VALID', '2026-11-21'],
    ['2026-11-20', '2025-11-21', 'ACTIVE', '2026-11-21'],
    ['2026-11-21', '2026-11-21', 'ACTIVE', null],
    ['2027-11-20', '2026-11-21', 'ACTIVE', null],
    ['2027-11-21', '2026-11-21', 'EXPIRED', null],
  ] as const;
  it.each(days)('on %s the card from %s is %s', async (day, validFrom, status, nextFrom) => {
    const now = () => new Date(`${day}T12:00:00+07:00`);
    const later = await openAgencyUnderTest(healthInsurance, agency.url, { now });
    const ids = [idOf('a card renewed before its end')];
    const { data } = await later.entities(ids, 'healthInsurance { validFrom status nextCard { validFrom } }');
    await later.close();
    const nextCard = nextFrom === null ? null : { validFrom: nextFrom };
    expect(data).toEqual({ _entities: [{ healthInsurance: { validFrom, status, nextCard } }] });
  });
});

describe('statements', () => {
  it('are three for everything, for one citizen and for a hundred', async () => {
    const countOf = async (ids: readonly string[]): Promise<number> => {
      agency.statements.length = 0;
      expect((await agency.entities(ids, selection)).errors).toBeUndefined();
      return agency.statements.length;
    };
    const hundred = Array.from({ length: 100 }, (_, index) => citizenIdOf(index + 1));
    expect([await countOf(hundred.slice(0, 1)), await countOf(hundred)]).toEqual([3, 3]);
  });
});
