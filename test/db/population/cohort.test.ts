import { describe, expect, it } from 'vitest';
import { yearOf, parseDay } from '../../../db/population/calendar.ts';
import {
  citizensBefore,
  fullestGroup,
  MAX_CITIZENS,
  membersOf,
  ordinaryHouseholdCount,
} from '../../../db/population/cohort.ts';
import { cmndOf, ORDINARY_SERIALS, serialOf, uuidOf } from '../../../db/population/identity.ts';
import type { Sex } from '#db/population';
import { plateOf } from '../../../db/population/plates.ts';

const TODAY = yearOf(parseDay('2026-11-21'));

/** Tells whether a sex, birth year and serial are new. */
function createSeen(): (sex: Sex, year: number, serial: number) => boolean {
  const bits = new Uint8Array(400 * 125_000);
  return (sex, year, serial) => {
    const value = ((year - 1900) * 2 + (sex === 'MALE' ? 0 : 1)) * 1_000_000 + serial;
    const before = bits[value >> 3]!;
    bits[value >> 3] = before | (1 << (value & 7));
    return (before & (1 << (value & 7))) === 0;
  };
}

/** Everybody in households from one number to another, and how many of their numbers were new. */
function countNew(
  isNew: ReturnType<typeof createSeen>,
  seed: number,
  from: number,
  to: number,
): { people: number; fresh: number } {
  let people = 0;
  let fresh = 0;
  for (let household = from; household < to; household += 1) {
    for (const { sex, age, rank } of membersOf(seed, household)) {
      people += 1;
      if (isNew(sex, TODAY - age, serialOf(seed, sex, TODAY - age, rank))) fresh += 1;
    }
  }
  return { people, fresh };
}

describe('numbers of ordinary citizens', () => {
  it('are distinct over a million people', () => {
    const { people, fresh } = countNew(createSeen(), 1, 0, ordinaryHouseholdCount(1_000_000));
    expect(people).toBe(1_000_000);
    expect(fresh).toBe(people);
  });

  it('stay distinct at the far end of the largest population', () => {
    const isNew = createSeen();
    const near = countNew(isNew, 7, 0, 60_000);
    const last = ordinaryHouseholdCount(MAX_CITIZENS);
    const far = countNew(isNew, 7, last - 60_000, last);
    const middle = countNew(isNew, 7, 10_000_000, 10_060_000);
    expect(near.fresh + middle.fresh + far.fresh).toBe(near.people + middle.people + far.people);
  });

  it('fit into the serials of every sex and birth year at 70 million', () => {
    expect(MAX_CITIZENS).toBeGreaterThanOrEqual(68_400_000);
    expect(fullestGroup()).toBeLessThanOrEqual(ORDINARY_SERIALS);
  });

  it('have ranks below the space that is permuted', () => {
    const last = ordinaryHouseholdCount(MAX_CITIZENS);
    let highest = 0;
    for (let household = last - 2000; household < last; household += 1) {
      for (const { rank } of membersOf(3, household)) highest = Math.max(highest, rank);
    }
    expect(highest).toBeLessThan(ORDINARY_SERIALS);
    expect(highest).toBeGreaterThan(ORDINARY_SERIALS / 2);
  });

  it('old numbers, plates and opaque ids are distinct too', () => {
    const old = new Set<string>();
    const plates = new Set<string>();
    const ids = new Set<string>();
    for (let person = 0; person < 100_000; person += 1) {
      old.add(cmndOf(1, person * 677));
      plates.add(plateOf(1, 'CAR', person * 677, '01')).add(plateOf(1, 'MOTORCYCLE', person * 677, '01'));
      ids.add(uuidOf('citizen', 1, person));
    }
    expect(old.size).toBe(100_000);
    expect(plates.size).toBe(200_000);
    expect(ids.size).toBe(100_000);
  });
});

describe('the count of citizens', () => {
  it('is arithmetic: households before plus members give the next', () => {
    for (let household = 0; household < 500; household += 1) {
      expect(citizensBefore(household) + membersOf(1, household).length).toBe(citizensBefore(household + 1));
    }
  });

  it('finds the household in which the last citizen lives', () => {
    for (let citizens = 0; citizens < 300; citizens += 1) {
      const count = ordinaryHouseholdCount(citizens);
      expect(citizensBefore(count)).toBeGreaterThanOrEqual(citizens);
      if (count > 0) expect(citizensBefore(count - 1)).toBeLessThan(citizens);
    }
  });
});
