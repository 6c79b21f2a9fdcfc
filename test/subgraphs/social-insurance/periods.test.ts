import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { socialInsurance } from '../../../subgraphs/social-insurance/index.ts';
import { startAgencyUnderTest } from '../../support/agency-under-test.ts';
import { citizenIdOf, homeOf } from '../../support/home-of.ts';
import { company, employed, granted, ministry } from './spell.ts';

const cases = [
  {
    claim: 'a job has four schemes since 2016',
    events: [employed('2020-03', '2020-05')],
    periods: [
      ['SI_COMPULSORY', '2020-03', '2020-05'],
      ['UNEMPLOYMENT', '2020-03', '2020-05'],
      ['OCC_ACCIDENT', '2020-03', '2020-05'],
      ['HEALTH', '2020-03', '2020-05'],
    ],
  },
  {
    claim: 'a scheme begins no earlier than there was one',
    events: [employed('2008-01', '2016-12')],
    periods: [
      ['OCC_ACCIDENT', '2016-07', '2016-12'],
      ['UNEMPLOYMENT', '2009-01', '2016-12'],
      ['SI_COMPULSORY', '2008-01', '2016-12'],
      ['HEALTH', '2008-01', '2016-12'],
    ],
  },
  {
    claim: 'a job that ended before a scheme is not in it',
    events: [employed('2005-01', '2008-12')],
    periods: [
      ['SI_COMPULSORY', '2005-01', '2008-12'],
      ['HEALTH', '2005-01', '2008-12'],
    ],
  },
  {
    claim: 'voluntary insurance has one scheme',
    events: [employed('2026-01', null, { employer: null })],
    periods: [['SI_VOLUNTARY', '2026-01', null]],
  },
  {
    claim: 'of two jobs at a time the first has the months',
    events: [
      employed('2001-01', '2001-06'),
      employed('2001-04', '2001-09'),
      employed('2001-05', '2001-09'),
      employed('2001-09', null, { employer: null, payment: 'RESERVED' }),
      employed('2002-01', '2002-03'),
    ],
    periods: [
      ['SI_VOLUNTARY', '2008-01', null],
      ['SI_COMPULSORY', '2001-07', '2001-09'],
      ['HEALTH', '2001-07', '2001-09'],
      ['SI_COMPULSORY', '2001-01', '2001-06'],
      ['HEALTH', '2001-01', '2001-06'],
    ],
  },
] as const;

const many = Array.from({ length: 30 }, (_, index) => {
  const year = 1996 + index;
  return employed(`${year}-01`, `${year}-12`, index % 7 === 3 ? { employer: null } : {});
});
const everything = `totalMonths arrearsMonths totals { scheme totalMonths } arrears { employer { name } }
  rates { scheme } baseLimits { cap }
  benefits { nodes { benefit } pageInfo { endCursor } source { agency } }
  periods { nodes { scheme months employeeRate planName source { agency } } source { agency } } source { agency }`;

let agency: Awaited<ReturnType<typeof startAgencyUnderTest>>;
const manyId = citizenIdOf(cases.length + 1);
const detailId = citizenIdOf(cases.length + 2);
const nobodyId = citizenIdOf(cases.length + 3);
const pensionerId = citizenIdOf(cases.length + 4);

beforeAll(async () => {
  const detailed = [
    employed('2024-01', '2024-06', { hazardous: true, jobTitle: 'Thợ hàn' }),
    employed('2024-07', '2025-03', { employer: ministry, salaryBase: 12_000_000 }),
    employed('2025-06', null, { employer: ministry, payment: 'LATE' }),
  ];
  const people = [
    ...cases.map(({ events }) => ({ events })),
    { events: many },
    { events: detailed },
    {},
    { events: [granted('2026-01-01', null, { benefit: 'SOCIAL_PENSION', monthly: true })] },
  ];
  agency = await startAgencyUnderTest(socialInsurance, { households: [homeOf(people)] });
});
afterAll(() => agency.close());

async function ask(id: string, selection: string) {
  const { data, errors } = await agency.entities([id], `socialInsurance { ${selection} }`);
  expect(errors).toBeUndefined();
  return data._entities[0].socialInsurance;
}

describe('periods', () => {
  it.each(cases)('$claim', async ({ events, periods }) => {
    const id = citizenIdOf(cases.findIndex((each) => each.events === events) + 1);
    const found = await ask(id, 'periods { nodes { scheme fromMonth toMonth } }');
    const expected = periods.map(([scheme, fromMonth, toMonth]) => ({ scheme, fromMonth, toMonth }));
    expect(found.periods.nodes).toEqual(expected);
  });

  it('tell the job, the rates of their time and how they began and ended', async () => {
    const { periods } = await ask(
      detailId,
      `periods(first: 100) { nodes { scheme fromMonth months employer { code name provinceCode } jobTitle hazardLevel workplace
        salaryBase allowances { kind amount } employeeRate employerRate paymentStatus planCode planName endPlanCode endPlanName
        source { agency asOf integrationStatus } } }`,
    );
    const compulsory = periods.nodes.filter((node: { scheme: string }) => node.scheme === 'SI_COMPULSORY');
    expect(compulsory).toMatchObject([
      {
        fromMonth: '2025-06',
        months: 18,
        paymentStatus: 'LATE',
        planCode: 'ON',
        planName: 'Đi làm lại',
        endPlanCode: null,
        endPlanName: null,
      },
      {
        fromMonth: '2024-07',
        months: 9,
        employer: ministry,
        workplace: 'Thành phố Hà Nội',
        salaryBase: 12_000_000,
        planCode: 'TC',
        endPlanCode: 'GH',
      },
      {
        fromMonth: '2024-01',
        months: 6,
        employer: company,
        jobTitle: 'Thợ hàn',
        hazardLevel: expect.stringContaining('HAZARDOUS'),
        employeeRate: 8,
        employerRate: 17,
        paymentStatus: 'PAID',
        planCode: 'TM',
        endPlanCode: 'GC',
        endPlanName: 'Giảm do chuyển tỉnh',
        source: {
          agency: 'social-insurance',
          asOf: '2026-10-31T17:00:00.000Z',
          integrationStatus: 'INTEGRATED',
        },
      },
    ]);
    const ratesOf = (scheme: string) => {
      const node = periods.nodes.find((each: { scheme: string }) => each.scheme === scheme);
      return [node.employeeRate, node.employerRate];
    };
    expect(['UNEMPLOYMENT', 'OCC_ACCIDENT', 'HEALTH'].map(ratesOf)).toEqual([
      [1, 1],
      [0, 0.5],
      [1.5, 3],
    ]);
  });

  it('name no unit for voluntary insurance', async () => {
    const { periods } = await ask(
      citizenIdOf(4),
      'periods { nodes { employer { name } workplace allowances { kind } } }',
    );
    expect(periods.nodes).toEqual([{ employer: null, workplace: null, allowances: [] }]);
  });
});

describe('who is not there', () => {
  it('is null without work and benefits, and for an unknown citizen', async () => {
    expect(await ask(nobodyId, 'totalMonths')).toBeNull();
    expect(await ask(citizenIdOf(9999), 'totalMonths')).toBeNull();
  });

  it('has empty pages with a pension alone', async () => {
    expect(
      await ask(
        pensionerId,
        'totalMonths totals { scheme } periods { nodes { scheme } pageInfo { endCursor hasNextPage } }',
      ),
    ).toEqual({
      totalMonths: 0,
      totals: [],
      periods: { nodes: [], pageInfo: { endCursor: null, hasNextPage: false } },
    });
  });

  it('asks nothing of the database for an id that is no UUID', async () => {
    agency.statements.length = 0;
    const { data, errors } = await agency.entities(['1'], 'socialInsurance { totalMonths }');
    expect({ data, errors, statements: agency.statements }).toEqual({
      data: { _entities: [null] },
      errors: undefined,
      statements: [],
    });
  });
});

describe('pages', () => {
  interface Node {
    readonly scheme: string;
    readonly fromMonth: string;
  }
  const page = async (first: number, after: string | null) => {
    const selection = `socialInsurance { periods(first: $first, after: $after) {
      nodes { scheme fromMonth } edges { cursor node { scheme fromMonth } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
    const document = `query ($ids: [_Any!]!, $first: Int!, $after: String) { _entities(representations: $ids) { ... on Citizen { ${selection} } } }`;
    const { data, errors } = await agency.query(document, {
      ids: [{ __typename: 'Citizen', id: manyId }],
      first,
      after,
    });
    return { periods: data?._entities[0]?.socialInsurance?.periods, errors };
  };

  it.each([1, 7, 99, 100])('of %i hold everything once, newest first', async (first) => {
    const all: Node[] = [];
    for (let after: string | null = null, isLast = false; !isLast;) {
      const { periods } = await page(first, after);
      expect(periods.edges.map((edge: { node: Node }) => edge.node)).toEqual(periods.nodes);
      expect(periods.edges.at(-1).cursor).toBe(periods.pageInfo.endCursor);
      expect(periods.pageInfo.hasPreviousPage).toBe(after !== null);
      all.push(...periods.nodes);
      isLast = !periods.pageInfo.hasNextPage;
      after = periods.pageInfo.endCursor;
    }
    const texts = all.map(({ scheme, fromMonth }) => `${fromMonth} ${scheme}`);
    expect(new Set(texts).size).toBe(texts.length);
    const months = all.map(({ fromMonth }) => fromMonth);
    expect(months).toEqual(months.toSorted().reverse());
    const paid = many.filter(({ employer }) => employer !== null).length;
    const countOf = (name: string): number => all.filter(({ scheme }) => scheme === name).length;
    expect(['SI_COMPULSORY', 'HEALTH', 'SI_VOLUNTARY'].map(countOf)).toEqual([paid, paid, 2]);
  });

  it.each([
    ['first', 0, null],
    ['first', -1, null],
    ['first', 101, null],
    ['after', 10, 'x'],
    ['after', 10, Buffer.from('["2020-01","1"]').toString('base64url')],
    ['after', 10, Buffer.from('["2020-13","00000000-0000-8000-a000-000000000001"]').toString('base64url')],
  ])('refuse a bad %s (%s, %s) by its name', async (argument, first, after) => {
    const { periods, errors } = await page(first, after);
    expect(periods).toBeNull();
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(errors?.[0]?.message).toContain(`"${argument}"`);
  });
});

describe('the days asked for', () => {
  const compulsory = async (filter: string): Promise<string[]> => {
    const { periods } = await ask(detailId, `periods(first: 100, ${filter}) { nodes { scheme fromMonth } }`);
    return periods.nodes
      .filter((node: { scheme: string }) => node.scheme === 'SI_COMPULSORY')
      .map((node: { fromMonth: string }) => node.fromMonth);
  };
  it.each([
    ['from: "2024-06-30"', ['2025-06', '2024-07', '2024-01']],
    ['from: "2024-07-01"', ['2025-06', '2024-07']],
    ['from: "2025-04-01"', ['2025-06']],
    ['from: "2030-01-01"', ['2025-06']],
    ['to: "2024-01-01"', ['2024-01']],
    ['to: "2023-12-31"', []],
    ['from: "2025-04-01", to: "2025-05-31"', []],
    ['from: "2025-03-31", to: "2025-06-01"', ['2025-06', '2024-07']],
  ])('%s', async (filter, months) => {
    expect(await compulsory(filter)).toEqual(months);
  });

  it('refuses a beginning after the end', async () => {
    const filter = 'periods(from: "2025-02-01", to: "2025-01-31") { nodes { scheme } }';
    const { data, errors } = await agency.entities([detailId], `socialInsurance { totalMonths ${filter} }`);
    expect(errors?.[0]).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
      path: ['_entities', 0, 'socialInsurance', 'periods'],
    });
    expect(data._entities[0].socialInsurance).toEqual({ totalMonths: 27 - 12, periods: null });
  });
});

describe('statements', () => {
  it('are seven for everything, for one citizen and for a hundred', async () => {
    const countOf = async (ids: readonly string[]): Promise<number> => {
      agency.statements.length = 0;
      expect((await agency.entities(ids, `socialInsurance { ${everything} }`)).errors).toBeUndefined();
      return agency.statements.length;
    };
    const hundred = [manyId, ...Array.from({ length: 99 }, (_, index) => citizenIdOf(index + 1))];
    expect([await countOf(hundred.slice(0, 1)), await countOf(hundred)]).toEqual([7, 7]);
  });
});
