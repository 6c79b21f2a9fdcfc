import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personaHouseholds } from '#db/population';
import { dependants } from '../../../subgraphs/dependants/index.ts';
import { startAgencyUnderTest, testAsOf } from '../../support/agency-under-test.ts';

const people = personaHouseholds(testAsOf).flatMap(({ members }) => members.map(({ person }) => person));
const nameOf = new Map(people.map(({ citizenId, persona }) => [citizenId, persona]));
const idOf = new Map(people.map(({ citizenId, persona }) => [persona, citizenId]));

let agency: Awaited<ReturnType<typeof startAgencyUnderTest>>;
beforeAll(async () => {
  agency = await startAgencyUnderTest(dependants);
});
afterAll(() => agency.close());

async function ask(persona: string, selection: string) {
  const { data, errors } = await agency.entities([idOf.get(persona) ?? ''], selection);
  expect(errors).toBeUndefined();
  return data._entities[0];
}

describe('the dependants of', () => {
  test.each<[string, readonly (string | null)[]]>([
    ['nguyen-van-an', ['child-13-364-days', 'child-6']],
    ['tran-thi-binh', ['child-13-364-days', 'child-6']],
    ['stranger', [null]],
    ['mother-of-teenager', ['newborn']],
    ['separated-mother', ['child-of-separated']],
    ['separated-father', []],
    ['court-guardian', ['ward-adult']],
    ['chosen-guardian', ['ward-cognitive']],
    ['grandmother-guardian', ['orphan']],
    ['child-6', []],
    ['no-account', []],
  ])('%s: %j', async (persona, expected) => {
    const { dependants: list } = await ask(persona, 'dependants { citizen { id } }');
    expect(list.map(({ citizen }: { citizen: { id: string } }) => nameOf.get(citizen.id))).toEqual(expected);
  });
});

describe('how many represent', () => {
  test.each<[string, number]>([
    ['child-13-364-days', 2],
    ['child-14-today', 1],
    ['teenager-16', 1],
    ['child-of-separated', 1],
    ['ward-adult', 1],
    ['orphan', 1],
    ['nguyen-van-an', 0],
  ])('%s: %i', async (persona, count) => {
    expect((await ask(persona, 'representatives { guardian { maskedName } }')).representatives).toHaveLength(
      count,
    );
  });
});

test.each<[string, object]>([
  [
    'court-guardian',
    { relation: 'WARD_ADULT_INCAPACITATED', basis: 'GUARDIAN_BY_COURT', listingEndsOn: null },
  ],
  ['chosen-guardian', { relation: 'WARD_ADULT_COGNITIVE', basis: 'GUARDIAN_CHOSEN', listingEndsOn: null }],
  ['grandmother-guardian', { relation: 'GRANDCHILD', basis: 'GUARDIAN_BY_LAW' }],
])('%s holds a registered decision', async (persona, expected) => {
  const { dependants: list } = await ask(persona, 'dependants { relation basis documentNo listingEndsOn }');
  expect(list).toEqual([expect.objectContaining({ ...expected, documentNo: expect.any(String) })]);
});
