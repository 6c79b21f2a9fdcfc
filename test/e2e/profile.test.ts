import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personas } from '#db/population';
import { profileQuery } from '../../gateway/explorer/profile-query.ts';
import { testAsOf } from '../support/agency-under-test.ts';
import { startGraphUnderTest, ways, type GraphAnswer } from '../support/graph-under-test.ts';

const people = personas(testAsOf);
const answers = new Map<string, GraphAnswer>();

describe.each(ways)('the profile query, agencies %s', (way) => {
  let graph: Awaited<ReturnType<typeof startGraphUnderTest>>;
  beforeAll(async () => {
    graph = await startGraphUnderTest({ way });
  });
  afterAll(() => graph.close());

  test.each(people)('answers for $name', async ({ name, personalId }) => {
    const answer = await graph.query(profileQuery, { personalId });
    expect(answer.errors).toBeUndefined();
    expect(answer.data.citizen.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.data.citizen.fullName).toBeTruthy();
    const before = answers.get(name);
    if (before) expect(answer).toEqual(before);
    else answers.set(name, answer);
  });

  test('fills every category over all personas', async () => {
    const profiles = [...answers.values()].map((answer) => answer.data.citizen);
    for (const category of ['residence', 'healthInsurance', 'socialInsurance'])
      expect(
        profiles.some((profile) => profile[category] !== null),
        category,
      ).toBe(true);
    for (const category of ['idCards', 'dependants', 'drivingLicences', 'vehicles'])
      expect(
        profiles.some((profile) => profile[category].length > 0),
        category,
      ).toBe(true);
    expect(profiles.some((profile) => profile.healthRecords.nodes.length > 0)).toBe(true);
  });

  test('has every category of the first persona filled', () => {
    const profile = answers.get(people[0]?.name ?? '')?.data.citizen;
    expect(profile.residence.permanent.address.province.code).toMatch(/^\d{2}$/);
    expect(profile.residence.household.memberCount).toBeGreaterThan(0);
    for (const list of ['idCards', 'dependants', 'drivingLicences', 'vehicles'])
      expect(profile[list]).not.toEqual([]);
    expect(profile.socialInsurance.periods.nodes).not.toEqual([]);
    expect(profile.healthRecords.nodes).not.toEqual([]);
  });
});
