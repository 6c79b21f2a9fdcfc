import { expect } from 'vitest';
import { households, personaHouseholds } from '#db/population';
import { maxSubjects } from '#schema';
import { testAsOf, type startAgencyUnderTest } from '../../support/agency-under-test.ts';

const plan = { seed: 9, citizens: 300, asOf: testAsOf };

/** Ordinary people, three times as many as one operation may concern. */
export const ordinary = [...households(plan, { from: personaHouseholds(testAsOf).length, to: Infinity })];

const everybody = ordinary.flatMap(({ members }) => members.map(({ person }) => person.citizenId));

/** The selection on each of them, in as many operations as it takes. */
export async function askEverybody<Told>(
  agency: Awaited<ReturnType<typeof startAgencyUnderTest>>,
  selection: string,
): Promise<Told[]> {
  const told: Told[] = [];
  for (let from = 0; from < everybody.length; from += maxSubjects) {
    const { data, errors } = await agency.entities(everybody.slice(from, from + maxSubjects), selection);
    expect(errors).toBeUndefined();
    told.push(...data._entities);
  }
  return told;
}
