import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectDatabase } from '#db';
import { healthRecords } from '../../../subgraphs/health-records/index.ts';
import { startAgencyUnderTest } from '../../support/agency-under-test.ts';
import { householdOf, idOf, personOf, unknownId, visitsOf } from './people.ts';

let agency: Awaited<ReturnType<typeof startAgencyUnderTest>>;
beforeAll(async () => {
  const households = ['heavy-record', 'stranger', 'late-employer'].map(householdOf);
  agency = await startAgencyUnderTest(healthRecords, { households });
});
afterAll(() => agency.close());

const nodes =
  'nodes { id admittedOn admittedAt } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor }';
const page = async (id: string, args: string) => {
  const { data, errors } = await agency.entities([id], `healthRecords${args} { ${nodes} }`);
  expect(errors).toBeUndefined();
  return data._entities[0].healthRecords;
};
const heavy = idOf('heavy-record');
const facts = visitsOf(personOf('heavy-record'));
const dayOf = ({ admittedAt }: { admittedAt: string }): string => admittedAt.slice(0, 10);

describe('the 10,000 visits of heavy-record', () => {
  test('all pages together are every visit once, newest first by the minute', async () => {
    const seen: { id: string; admittedAt: string }[] = [];
    for (let after: string | null = null, more = true; more;) {
      const found = await page(heavy, `(first: 100${after ? `, after: "${after}"` : ''})`);
      seen.push(...found.nodes);
      expect(found.pageInfo.hasPreviousPage).toBe(after !== null);
      ({ endCursor: after, hasNextPage: more } = found.pageInfo);
    }
    const instants = facts.map(({ admittedAt }) => new Date(admittedAt).toISOString());
    expect(facts).toHaveLength(10_000);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(10_000);
    expect(seen.map(({ admittedAt }) => admittedAt)).toEqual(instants.sort().reverse());
  });

  test('ten are given when nobody says how many', async () => {
    expect((await page(heavy, '')).nodes).toHaveLength(10);
  });

  test('the last page tells that nothing follows', async () => {
    const days = facts.map(dayOf).sort();
    const found = await page(heavy, `(first: 100, to: "${days[0]}")`);
    expect(found.pageInfo.hasNextPage).toBe(false);
    expect(found.nodes).toHaveLength(days.filter((day) => day === days[0]).length);
  });

  test.each([
    ['from', (day: string, other: string) => day >= other],
    ['to', (day: string, other: string) => day <= other],
  ] as const)('%s keeps that day itself', async (argument, keeps) => {
    const sorted = facts.map(dayOf).sort();
    const day = sorted[argument === 'from' ? 9_950 : 50]!;
    const found = await page(heavy, `(first: 100, ${argument}: "${day}")`);
    expect(found.nodes.map(({ admittedOn }: { admittedOn: string }) => admittedOn)).toEqual(
      sorted.filter((each) => keeps(each, day)).reverse(),
    );
  });

  test('a day alone, across its pages', async () => {
    const day = dayOf(facts[5_000]!);
    const count = facts.filter((fact) => dayOf(fact) === day).length;
    const found = await page(heavy, `(first: 100, from: "${day}", to: "${day}")`);
    expect(found.nodes).toHaveLength(count);
    const first = await page(heavy, `(first: 1, from: "${day}", to: "${day}")`);
    const rest = await page(
      heavy,
      `(first: 100, from: "${day}", to: "${day}", after: "${first.pageInfo.endCursor}")`,
    );
    expect([...first.nodes, ...rest.nodes]).toEqual(found.nodes);
  });
});

interface Plan {
  readonly 'Relation Name'?: string;
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** The scans of a table in a plan, whatever is around them. */
const scansOf = (plan: Plan, table: string): Plan[] => [
  ...(plan['Relation Name'] === table ? [plan] : []),
  ...(plan.Plans ?? []).flatMap((below) => scansOf(below, table)),
];

describe('the plan', () => {
  async function explain(table: string, parameters: readonly unknown[]): Promise<Plan[]> {
    agency.statements.length = 0;
    await page(heavy, '(first: 10)');
    await agency.entities([heavy], 'healthRecords(first: 10) { nodes { services { sequence } } }');
    const statement = agency.statements.find((text) => text.includes(`from "${table}"`));
    const database = connectDatabase({ url: agency.url });
    const rows = await database.sql.unsafe<{ 'QUERY PLAN': readonly [{ readonly Plan: Plan }] }>(
      `explain (analyze, format json) ${statement}`,
      parameters as never,
    );
    await database.close();
    return scansOf(rows[0]!['QUERY PLAN'][0].Plan, table);
  }

  test.each([
    [null, null],
    [dayOf(facts[5_000]!), 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  ])('of a page behind %s of 10,000 visits reads that page from the index', async (sort, id) => {
    const keys = [[heavy], [11], [sort], [id], [null], [null], ['{HIV,MENTAL}']];
    const [scan, ...others] = await explain('visits', keys);
    expect(others).toEqual([]);
    expect(scan!['Node Type']).toMatch(/^Index.* Scan$/);
    expect(scan!['Actual Rows'] + (scan!['Rows Removed by Filter'] ?? 0)).toBe(11);
  });

  test('of the rows below two thousand visits looks each visit up in the index', async () => {
    const database = connectDatabase({ url: agency.url });
    const visits = await database.sql<{ id: string }>`
      select visit_id as id from visits where citizen_id = ${heavy} limit 2000`;
    await database.close();
    const keys = [visits.map(() => heavy), visits.map(({ id }) => id), visits.map(() => '{HIV}')];
    const scans = await explain('visit_services', keys);
    expect(scans).toHaveLength(1);
    expect(scans[0]!['Node Type']).toMatch(/^(Index|Bitmap).* Scan$/);
    expect(scans[0]!['Actual Loops']).toBe(2000);
  });
});

describe('arguments', () => {
  test.each([
    ['first: 0', 'first'],
    ['first: 101', 'first'],
    ['first: -1', 'first'],
    ['after: "nothing"', 'after'],
    [`after: "${Buffer.from('["2026-01-01","x"]').toString('base64url')}"`, 'after'],
    ['from: "2026-02-02", to: "2026-02-01"', 'from'],
  ])('%s is refused by the name of %s, without the value', async (args, argument) => {
    const { data, errors } = await agency.entities([heavy], `healthRecords(${args}) { ${nodes} }`);
    expect(data._entities[0].healthRecords).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toContain(`"${argument}"`);
    expect(errors?.[0]?.message).not.toContain('nothing');
  });

  test('100 is allowed', async () => {
    expect((await page(heavy, '(first: 100)')).nodes).toHaveLength(100);
  });
});

describe('who has nothing', () => {
  const selection = `healthRecords { ${nodes} source { agency } } healthProfile { openedOn }`;

  test('a citizen without visits has an empty page of a known file', async () => {
    const { data } = await agency.entities([idOf('late-employer')], selection);
    expect(data._entities[0].healthRecords).toMatchObject({
      nodes: [],
      edges: [],
      source: { agency: 'health-records' },
    });
    expect(data._entities[0].healthRecords.pageInfo).toMatchObject({ hasNextPage: false, endCursor: null });
  });

  test('an unknown citizen has an empty page of no file', async () => {
    const { data, errors } = await agency.entities([unknownId], selection);
    expect(errors).toBeUndefined();
    expect(data._entities[0]).toMatchObject({
      healthRecords: { nodes: [], source: null },
      healthProfile: null,
    });
  });

  test('an id that no citizen can have is nobody, and no error', async () => {
    agency.statements.length = 0;
    const { data, errors } = await agency.entities(["1'; select"], selection);
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([null]);
    expect(agency.statements).toEqual([]);
  });
});
