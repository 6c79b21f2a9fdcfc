import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDatabase } from '#db';
import { inject } from 'vitest';
import { examplePersonalId, profileQuery } from '../../gateway/explorer/profile-query.ts';
import { startGraphUnderTest } from '../support/graph-under-test.ts';

const selection = /citizen\(personalId: \$personalId\) (\{[\s\S]*\})\s*\}\s*$/.exec(profileQuery)?.[1] ?? '';
const several = `query ($personalIds: [PersonalId!]!) { citizens(personalIds: $personalIds) ${selection} }`;

let graph: Awaited<ReturnType<typeof startGraphUnderTest>>;
let numbers: string[];
const clock = { ms: 0 };
beforeAll(async () => {
  graph = await startGraphUnderTest({ clockMs: () => clock.ms });
  const database = connectDatabase({ url: inject('agencyUrls').population });
  const rows = await database.sql<{ number: string }>`
    select personal_id as number from citizens where personal_id like '099%' order by personal_id`;
  numbers = rows.map(({ number }) => number).slice(0, 100);
  await database.close();
});
afterAll(() => graph.close());

const isFeed = (statement: string): boolean => statement.includes('notices');
const isFacts = (statement: string): boolean => statement.includes('"grants"');
const isClient = (statement: string): boolean => !isFacts(statement) && statement.includes('"clients"');
const isOfAgency = (statement: string): boolean =>
  !isFeed(statement) && !isFacts(statement) && !isClient(statement);

async function listStatements(personalIds: readonly string[]): Promise<string[]> {
  graph.statements.length = 0;
  const answer = await graph.query(several, { personalIds });
  expect(answer.errors).toBeUndefined();
  expect(answer.data.citizens).toHaveLength(personalIds.length);
  return [...graph.statements];
}

/**
 * One per loader of the profile, and the core record in two plan steps: of those asked for, then of their dependants. The
 * names of codes are kept from one request to the next.
 */
const pinned = 14;
/** With their dependants they are fewer than the 100 people that one operation may concern. */
const many = 45;

test.each([1, many])(
  'the profile of %i citizens costs one statement per loader and plan step',
  async (count) => {
    const asked = [examplePersonalId, ...numbers].slice(0, count);
    await listStatements(asked);
    const statements = (await listStatements(asked)).filter(isOfAgency);
    const repeated = statements.filter((statement, at) => statements.indexOf(statement) !== at);
    expect(
      repeated.every((statement) => statement.includes('"citizens"')),
      repeated.join('\n'),
    ).toBe(true);
    expect(repeated.length).toBeLessThanOrEqual(1);
    expect(statements).toHaveLength(pinned);
  },
);

test.each([1, many])(
  'for %i citizens the register is read once, for those asked for and their dependants',
  async (count) => {
    clock.ms += 10_000;
    const statements = await listStatements([examplePersonalId, ...numbers].slice(0, count));
    expect(statements.filter(isFacts)).toHaveLength(1);
    expect(statements.filter(isClient).length).toBeLessThanOrEqual(1);
  },
);
