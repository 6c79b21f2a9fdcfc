import { describe, expect, it } from 'vitest';
import { households, type PopulationPlan } from '#db/population';
import { collectRows } from '#kit';
import { planRows } from '../../../subgraphs/social-insurance/catalogue.ts';
import { socialInsurance } from '../../../subgraphs/social-insurance/index.ts';
import { monthsBetween, nextMonth } from '../../../subgraphs/social-insurance/month.ts';
import { spellsOf } from '../../../subgraphs/social-insurance/population/spells.ts';
import { benefits, files, periods } from '../../../subgraphs/social-insurance/tables.ts';
import { employed, ministry } from './spell.ts';

describe('months', () => {
  it.each([
    ['2025-11', '2025-12'],
    ['2025-12', '2026-01'],
    ['1999-12', '2000-01'],
  ])('after %s comes %s', (month, next) => {
    expect(nextMonth(month)).toBe(next);
  });

  it.each([
    ['2025-01', '2025-01', 1],
    ['2024-12', '2025-01', 2],
    ['2020-01', '2025-12', 72],
    ['2025-02', '2025-01', 0],
  ])('from %s to %s are %i', (from, to, count) => {
    expect(monthsBetween(from, to)).toBe(count);
  });
});

describe('how spells begin and end', () => {
  it.each([
    ['alone', [employed('2020-01', '2020-06')], ['TM GH']],
    ['going on', [employed('2020-01', null)], ['TM null']],
    [
      'next unit, same province',
      [employed('2020-01', '2020-06'), employed('2020-07', null)],
      ['TM GD', 'TD null'],
    ],
    [
      'next unit, other province',
      [employed('2020-01', '2020-06'), employed('2020-07', null, { employer: ministry })],
      ['TM GC', 'TC null'],
    ],
    ['after a break', [employed('2020-01', '2020-06'), employed('2020-08', null)], ['TM GH', 'ON null']],
    [
      'a second job beside one that goes on',
      [employed('2020-01', null), employed('2021-01', '2021-02')],
      ['TM null'],
    ],
  ])('%s', (_, events, expected) => {
    expect(spellsOf(events).map(({ planCode, endPlanCode }) => `${planCode} ${endPlanCode}`)).toEqual(
      expected,
    );
  });
});

describe('the rows of a population', () => {
  const plan: PopulationPlan = { seed: 5, citizens: 1500, asOf: '2026-11-01' };
  const homes = [...households(plan)];
  const rows = collectRows(socialInsurance, { plan, step: 0 }, homes);
  const periodRows = (rows.get(periods) ?? []) as (typeof periods.$inferInsert)[];
  const people = new Map(
    homes.flatMap(({ members }) => members.map(({ person }) => [person.citizenId, person])),
  );

  it('are the same when told again', () => {
    expect(collectRows(socialInsurance, { plan, step: 0 }, homes)).toEqual(rows);
    expect(periodRows.length).toBeGreaterThan(1000);
    expect(rows.get(benefits)?.length).toBeGreaterThan(50);
  });

  it('have ids of their own', () => {
    expect(new Set(periodRows.map(({ citizenId, id }) => `${citizenId} ${id}`)).size).toBe(periodRows.length);
  });

  it('never have a month twice in one scheme', () => {
    const ends = new Map<string, string>();
    for (const { citizenId, scheme, fromMonth, toMonth } of periodRows) {
      const key = `${citizenId} ${scheme}`;
      expect(fromMonth > (ends.get(key) ?? '')).toBe(true);
      ends.set(key, toMonth ?? '9999-12');
    }
  });

  it('lie between the fifteenth birthday and the day of the data', () => {
    for (const { citizenId, fromMonth, toMonth } of periodRows) {
      const born = people.get(citizenId)?.bornOn ?? '';
      expect(Number(fromMonth.slice(0, 4)) - Number(born.slice(0, 4))).toBeGreaterThanOrEqual(15);
      expect((toMonth ?? '2026-11') <= '2026-11' && fromMonth <= (toMonth ?? '2026-11')).toBe(true);
    }
  });

  it('name reports of the catalogue and bases in whole đồng above the allowances', () => {
    const codes = planRows.map(({ code }) => code);
    for (const row of periodRows) {
      expect(codes).toContain(row.planCode);
      if (row.endPlanCode != null) expect(codes).toContain(row.endPlanCode);
      const parts = (row.positionAllowance ?? 0) + (row.seniorityAllowance ?? 0) + (row.supplement ?? 0);
      expect(Number.isSafeInteger(row.salaryBase) && row.salaryBase > parts).toBe(true);
    }
  });

  it('have a file for everybody with periods or benefits', () => {
    const withFile = new Set(
      ((rows.get(files) ?? []) as { citizenId: string }[]).map(({ citizenId }) => citizenId),
    );
    const withRows = new Set(
      [...periodRows, ...((rows.get(benefits) ?? []) as { citizenId: string }[])].map(
        ({ citizenId }) => citizenId,
      ),
    );
    expect(withFile).toEqual(withRows);
  });
});
