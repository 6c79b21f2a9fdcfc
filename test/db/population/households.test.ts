import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  fullNameOf,
  householdCount,
  households,
  personaHouseholds,
  personas,
  type Household,
  type PopulationPlan,
} from '#db/population';

const asOf = '2026-11-21';
const plan: PopulationPlan = { seed: 11, citizens: 2000, asOf };

const tell = (of: PopulationPlan, range?: { from: number; to: number }): Household[] => [
  ...households(of, range),
];
const citizensOf = (list: readonly Household[]): number =>
  list.slice(personaHouseholds(asOf).length).flatMap((household) => household.members).length;
const text = (list: readonly Household[]): string => JSON.stringify(list);

describe('households', () => {
  let all: Household[];
  const named = personaHouseholds(asOf).length;
  beforeAll(() => {
    all = tell(plan);
  });

  it('tells exactly the citizens of the plan beside the personas', () => {
    expect(all).toHaveLength(householdCount(plan));
    expect(citizensOf(all)).toBe(2000);
    const listed = all.flatMap(({ members }) => members).filter(({ person }) => person.persona !== null);
    expect(listed).toHaveLength(personas(asOf).length);
    expect(all.map((household) => household.index)).toEqual(all.map((_, index) => index));
  });

  it.each([0, 1, 2, 3, 5, 56, 57, 58, 123])('cuts the last household of %i citizens to fit', (citizens) => {
    expect(citizensOf(tell({ ...plan, citizens }))).toBe(citizens);
  });

  it('is the same every time, and another for another seed or day', () => {
    const range = { from: named, to: named + 40 };
    expect(text(tell(plan, range))).toBe(text(all.slice(range.from, range.to)));
    expect(text(tell({ ...plan, seed: 12 }, range))).not.toBe(text(tell(plan, range)));
    expect(text(tell({ ...plan, asOf: '2026-11-20' }, range))).not.toBe(text(tell(plan, range)));
  });

  it('keeps nothing of one person from one seed to another', () => {
    const idsOf = (list: Household[]) =>
      list.flatMap(({ members }) => members.map(({ person }) => person.citizenId));
    const range = { from: named, to: householdCount(plan) };
    const mine = new Set(idsOf(all.slice(named)));
    expect(idsOf(tell({ ...plan, seed: 12 }, range)).filter((id) => mine.has(id))).toEqual([]);
  });

  it('gives people of another seed other names and birthdays', () => {
    const selves = (list: readonly Household[]) =>
      list.flatMap(({ members }) =>
        members.map(({ person }) => `${fullNameOf(person.name)} ${person.bornOn.slice(5)}`),
      );
    const others = selves(tell({ ...plan, seed: 12 })).slice(200);
    const same = selves(all)
      .slice(200)
      .filter((self, index) => self === others[index]);
    expect(same.length).toBeLessThan(20);
  });

  it('tells any range alone as within the whole', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: named, max: all.length }),
        fc.integer({ min: 0, max: 6 }),
        (from, length) => {
          expect(text(tell(plan, { from, to: from + length }))).toBe(text(all.slice(from, from + length)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('does not depend on how many citizens follow', () => {
    const range = { from: named, to: named + 30 };
    expect(text(tell({ ...plan, citizens: 5_000_000 }, range))).toBe(text(tell(plan, range)));
  });

  it('gives every person an id, a number and an old number of their own', () => {
    const people = all.flatMap((household) => household.members.map(({ person }) => person));
    expect(new Set(people.map((person) => person.citizenId)).size).toBe(people.length);
    expect(new Set(all.map((household) => household.householdId)).size).toBe(all.length);
    const numbers = people.flatMap((person) => person.identifiers.map((item) => `${item.type}${item.value}`));
    expect(new Set(numbers).size).toBe(numbers.length);
    const plates = people.flatMap((person) =>
      person.events.flatMap((event) => (event.kind === 'VEHICLE_REGISTERED' ? [event.plateNumber] : [])),
    );
    expect(new Set(plates).size).toBe(plates.length);
  });

  it('refuses more citizens than have distinct numbers', () => {
    expect(() => householdCount({ ...plan, citizens: 70_000_001 })).toThrow(RangeError);
    expect(() => tell({ ...plan, citizens: -1 })).toThrow(RangeError);
    expect(householdCount({ ...plan, citizens: 68_400_000 })).toBeGreaterThan(19_000_000);
  });

  it('reaches the end of the largest population at once', () => {
    const large = { ...plan, citizens: 68_400_000 };
    const count = householdCount(large);
    const last = tell(large, { from: count - 1, to: count + 5 });
    expect(last).toHaveLength(1);
    expect(last[0]?.members.length).toBeGreaterThan(0);
  });
});
