import { afterAll, beforeAll, expect, test } from 'vitest';
import { personaHouseholds } from '#db/population';
import { healthCompartments } from '#schema';
import { healthRecords } from '../../../subgraphs/health-records/index.ts';
import { startAgencyUnderTest, testAsOf } from '../../support/agency-under-test.ts';
import { everything } from './everything.ts';
import { visitsOf } from './people.ts';
import { allSubsets, compartmentRegister, readerOf } from './readers.ts';

const households = personaHouseholds(testAsOf).filter(
  ({ members }) => !members.some(({ person }) => person.persona === 'heavy-record'),
);
const people = households.flatMap(({ members }) => members.map(({ person }) => person));
const ids = people.filter((person) => visitsOf(person).length > 0).map(({ citizenId }) => citizenId);

let agency: Awaited<ReturnType<typeof startAgencyUnderTest>>;
beforeAll(async () => {
  agency = await startAgencyUnderTest(healthRecords, { households, facts: compartmentRegister() });
});
afterAll(() => agency.close());

const read = async (allowed: readonly string[], of: readonly string[]): Promise<unknown[]> => {
  const { data, errors } = await agency.entities(of, everything, readerOf(allowed));
  expect(errors).toBeUndefined();
  return data._entities;
};

/** Some people of whom not everybody sees the same. */
async function findDivided(): Promise<string[]> {
  const asked = ids.slice(0, 100);
  const [hidden, shown] = [await read([], asked), await read(healthCompartments, asked)];
  const isDivided = (_: string, at: number) => JSON.stringify(hidden[at]) !== JSON.stringify(shown[at]);
  return asked.filter(isDivided).slice(0, 8);
}

test('readers of different compartments share statements, and each sees what they see alone', async () => {
  const divided = await findDivided();
  const subsets = allSubsets.filter(({ length }) => length === 1 || length === 3);
  agency.statements.length = 0;
  const alone: unknown[] = [];
  for (const allowed of subsets) alone.push(await read(allowed, divided));
  expect(
    new Set(alone.map((each) => JSON.stringify(each))).size,
    'they see different things',
  ).toBeGreaterThan(3);
  const before = agency.statements.length;
  expect(await Promise.all(subsets.map((allowed) => read(allowed, divided)))).toEqual(alone);
  expect(agency.statements.length - before).toBeLessThan(before / 2);
});
