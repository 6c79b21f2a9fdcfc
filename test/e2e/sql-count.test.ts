import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDatabase } from '#db';
import { inject } from 'vitest';
import { examplePersonalId, profileQuery } from '../../gateway/explorer/profile-query.ts';
import { startGraphUnderTest } from '../support/graph-under-test.ts';

const selection = /citizen\(personalId: \$personalId\) (\{[\s\S]*\})\s*\}\s*$/.exec(profileQuery)?.[1] ?? '';
const several = `query ($personalIds: [PersonalId!]!) { citizens(personalIds: $personalIds) ${selection} }`;

let graph: Awaited<ReturnType<typeof startGraphUnderTest>>;
let numbers: string[];
beforeAll(async () => {
  graph = await startGraphUnderTest();
  const database = connectDatabase({ url: inject('agencyUrls').population });
  const rows = await database.sql<{ number: string }>`
    select personal_id as number from citizens where personal_id like '099%' order by personal_id`;
  numbers = rows.map(({ number }) => number).slice(0, 100);
  await database.close();
});
afterAll(() => graph.close());

async function countStatements(personalIds: readonly string[]): Promise<number> {
  graph.statements.length = 0;
  const answer = await graph.query(several, { personalIds });
  expect(answer.errors).toBeUndefined();
  expect(answer.data.citizens).toHaveLength(personalIds.length);
  const repeated = graph.statements.filter((statement, at) => graph.statements.indexOf(statement) !== at);
  expect(
    repeated.every((statement) => statement.includes('"citizens"')),
    repeated.join('\n'),
  ).toBe(true);
  expect(repeated.length).toBeLessThanOrEqual(1);
  return graph.statements.length;
}

/** One per loader of the profile, and the core record in two plan steps: of those asked for, then of their dependants. */
const pinned = 17;

test.each([1, 100])(
  'the profile of %i citizens costs one statement per loader and plan step',
  async (count) => {
    expect(await countStatements([examplePersonalId, ...numbers].slice(0, count))).toBe(pinned);
  },
);
