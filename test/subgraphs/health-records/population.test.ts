import { getTableName } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { households, type Household, type PopulationPlan } from '#db/population';
import { collectRows } from '#kit';
import { healthRecords } from '../../../subgraphs/health-records/index.ts';
import { scheduledDoses } from '../../../subgraphs/health-records/population/immunisations.ts';
import { fiveYearsFrom, type Insured } from '../../../subgraphs/health-records/population/coverage.ts';
import { shareOf } from '../../../subgraphs/health-records/population/items.ts';
import { visitIdOf } from '../../../subgraphs/health-records/population/visits.ts';
import { householdOf, tell } from './people.ts';

const plan: PopulationPlan = { seed: 7, citizens: 400, asOf: '2026-11-01' };
const homes = [...households(plan)].filter(({ members }) =>
  members.every(({ person }) => person.persona === null),
);

function rowsOf(
  of: readonly Household[],
  by: PopulationPlan = plan,
): Map<string, readonly Record<string, unknown>[]> {
  const rows = collectRows(healthRecords, { plan: by, step: 1 }, of);
  return new Map([...rows].map(([table, list]) => [getTableName(table), list as Record<string, unknown>[]]));
}
const countOf = (rows: ReturnType<typeof rowsOf>, prefix: RegExp): number =>
  [...rows].reduce((sum, [name, list]) => sum + (prefix.test(name) ? list.length : 0), 0);

describe('rows', () => {
  const rows = rowsOf(homes);

  test('the same household tells the same rows, whatever came before it', () => {
    const last = homes.at(-1)!;
    expect(rowsOf([last])).toEqual(rowsOf([last]));
    const { citizenId } = last.members[0]!.person;
    const own = (from: ReturnType<typeof rowsOf>) =>
      from.get('visits')!.filter((row) => row['citizenId'] === citizenId);
    expect(own(rowsOf([last]))).toEqual(own(rows));
  });

  test('an ordinary visit is three to five rows', () => {
    const perVisit = countOf(rows, /^visit/) / rows.get('visits')!.length;
    expect(perVisit).toBeGreaterThan(3);
    expect(perVisit).toBeLessThan(5);
  });

  test('every citizen of whom a record was found has one file', () => {
    const found = homes.flatMap(({ members }) =>
      members.filter(({ person }) => person.integration.healthRecords !== 'NOT_FOUND'),
    );
    const people = found.map(({ person }) => person.citizenId);
    expect(rows.get('health_files')!.map((row) => row['citizenId'])).toEqual(people);
  });

  test('keys are unique', () => {
    const keys = {
      visits: ['citizenId', 'visitId'],
      patient_sheets: ['citizenId', 'sheetNumber'],
      visit_drugs: ['citizenId', 'visitId', 'sequence'],
      visit_services: ['citizenId', 'visitId', 'sequence'],
      health_histories: ['citizenId', 'entryNumber'],
    };
    for (const [table, columns] of Object.entries(keys)) {
      const all = rows.get(table)!.map((row) => columns.map((column) => row[column]).join('/'));
      expect(new Set(all).size).toBe(all.length);
    }
  });

  test('a sheet with a card covers the days of its visits', () => {
    const sheets = new Map(
      rows.get('patient_sheets')!.map((row) => [`${row['citizenId']}/${row['sheetNumber']}`, row]),
    );
    for (const visit of rows.get('visits')!) {
      const sheet = sheets.get(`${visit['citizenId']}/${visit['sheetNumber']}`)!;
      if (!sheet['cardCode']) continue;
      expect(String(sheet['validFrom']) <= String(visit['admittedOn'])).toBe(true);
      expect(String(visit['admittedOn']) <= String(sheet['validTo'])).toBe(true);
    }
  });

  test('a record ends with the life: no dose, check-up or opening after the death', () => {
    const died = { bornOn: '2026-01-01', dateOfBirth: '2026-01-01', diedOn: '2026-02-01', events: [] };
    const told = rowsOf([tell('newborn', died)]);
    expect(told.get('health_immunisations')!.map((row) => row['vaccineCode'])).toEqual(['BCG', 'HEPB']);
    expect(String(told.get('health_files')![0]!['openedOn']) <= died.diedOn).toBe(true);
  });

  test('heavy-record has its 10,000 visits on a handful of sheets', () => {
    const heavy = rowsOf([householdOf('heavy-record')]);
    expect(heavy.get('visits')!.length).toBeGreaterThanOrEqual(10_000);
    expect(heavy.get('patient_sheets')!.length).toBeLessThan(60);
  });
});

describe('visitIdOf', () => {
  const id = '5d1c2a54-8d2e-4b6a-9f10-2f1f6a7f0c11';

  test('is a UUID of version 8 and sorts by time, whatever the number of the visit', () => {
    const earlier = visitIdOf(id, new Date('2026-10-01T08:00:00+07:00'), 9);
    const later = visitIdOf(id, new Date('2026-10-01T08:01:00+07:00'), 1);
    expect(earlier < later).toBe(true);
    expect(earlier).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('tells apart two visits of the same minute and two citizens', () => {
    const at = new Date('2026-10-01T08:00:00+07:00');
    expect(visitIdOf(id, at, 1)).not.toBe(visitIdOf(id, at, 2));
    expect(visitIdOf(id, at, 1)).not.toBe(visitIdOf(id.replace('5d', '6d'), at, 1));
  });
});

describe('shareOf', () => {
  test.each([
    [100_000, 80, 80_000, 20_000, 0],
    [99_999, 80, 79_999, 20_000, 0],
    [100_000, 100, 100_000, 0, 0],
    [100_000, 0, 0, 0, 100_000],
    [0, 95, 0, 0, 0],
  ])('%i đồng at %i %%', (amount, rate, insurerPays, coPay, patientPays) => {
    expect(shareOf(amount, rate)).toMatchObject({ insurerPays, coPay, patientPays });
  });
});

describe('scheduledDoses', () => {
  test.each([
    ['2026-10-01', '2026-09-30', 0],
    ['2026-10-01', '2026-10-02', 1],
    ['2026-10-01', '2026-10-03', 2],
    ['2020-10-01', '2026-10-01', 8],
  ])('born %s, by %s: %i doses', (bornOn, end, count) => {
    expect(scheduledDoses(bornOn, end)).toHaveLength(count);
  });

  test('the second dose is due when the schedule says', () => {
    const [, , first] = scheduledDoses('2026-01-01', '2026-03-20');
    expect(first).toMatchObject({
      vaccineCode: 'DPT-VGB-HIB',
      dose: 1,
      givenOn: '2026-03-04',
      nextDueOn: '2026-04-04',
    });
  });
});

describe('fiveYearsFrom', () => {
  const spell = (from: string, to: string): Insured => ({ from, to }) as Insured;
  test.each([
    ['unbroken', [spell('2020-01-01', '2020-12-31'), spell('2021-01-01', '2021-12-31')], '2025-01-01'],
    [
      'a gap of 92 days',
      [spell('2020-01-01', '2020-10-01'), spell('2021-01-01', '2021-12-31')],
      '2025-01-01',
    ],
    [
      'a gap of 93 days',
      [spell('2020-01-01', '2020-09-30'), spell('2021-01-01', '2021-12-31')],
      '2026-01-01',
    ],
  ])('%s', (_, spells, day) => {
    expect(fiveYearsFrom(spells, spells.length - 1)).toBe(day);
  });
});
