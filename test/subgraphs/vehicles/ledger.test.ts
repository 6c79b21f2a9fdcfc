import { describe, expect, test } from 'vitest';
import { pageKeyOf } from '#kit';
import { knowledgeTestFrom } from '../../../subgraphs/vehicles/knowledge-test.ts';
import { ledgerPageOf } from '../../../subgraphs/vehicles/ledger-page.ts';
import { ledgerOf, pointsOf, type PointEvent } from '../../../subgraphs/vehicles/ledger.ts';

const idOf = (number: number): string => `00000000-0000-8000-8000-${String(number).padStart(12, '0')}`;
const event = (kind: string, effectiveOn: string, points: number, number: number): PointEvent => ({
  eventId: idOf(number),
  kind,
  points,
  effectiveOn,
  decisionNo: null,
  violationCode: null,
});
type Line = readonly [day: string, points: number | 'test'];
const eventsOf = (lines: readonly Line[]): PointEvent[] =>
  lines.map(([day, points], index) =>
    points === 'test' ? event('KNOWLEDGE_TEST', day, 0, index) : event('DEDUCTION', day, points, index),
  );

describe('points on a day', () => {
  test.each<[string, readonly Line[], string, number, string | null]>([
    ['nothing deducted', [], '2026-11-01', 12, null],
    ['the day before a deduction', [['2026-03-01', 4]], '2026-02-28', 12, null],
    ['the day of a deduction', [['2026-03-01', 4]], '2026-03-01', 8, null],
    ['twelve months less a day later', [['2026-03-01', 4]], '2027-02-28', 8, null],
    ['twelve months later', [['2026-03-01', 4]], '2027-03-01', 12, null],
    ['twelve months after 29 February', [['2028-02-29', 4]], '2029-02-28', 8, null],
    ['and a day', [['2028-02-29', 4]], '2029-03-01', 12, null],
    [
      'a second deduction restarts the twelve months',
      [
        ['2026-03-01', 4],
        ['2026-12-01', 2],
      ],
      '2027-03-01',
      6,
      null,
    ],
    [
      'which then pass',
      [
        ['2026-03-01', 4],
        ['2026-12-01', 2],
      ],
      '2027-12-01',
      12,
      null,
    ],
    [
      'a deduction after the restoration',
      [
        ['2026-03-01', 10],
        ['2027-03-02', 4],
      ],
      '2027-03-02',
      8,
      null,
    ],
    [
      'a deduction on the day of the restoration',
      [
        ['2026-03-01', 10],
        ['2027-03-01', 4],
      ],
      '2027-03-01',
      8,
      null,
    ],
    [
      'two on one day',
      [
        ['2026-03-01', 4],
        ['2026-03-01', 2],
      ],
      '2026-03-01',
      6,
      null,
    ],
    [
      'never below zero',
      [
        ['2026-03-01', 10],
        ['2026-04-01', 10],
      ],
      '2026-05-01',
      0,
      '2026-10-01',
    ],
    ['at zero time brings nothing back', [['2026-03-01', 12]], '2030-01-01', 0, '2026-09-01'],
    [
      'the test six months after the last point, in a shorter month',
      [['2026-08-31', 12]],
      '2026-09-01',
      0,
      '2027-02-28',
    ],
    [
      'a later sanction at zero does not move the test',
      [
        ['2026-03-01', 12],
        ['2026-05-01', 2],
      ],
      '2026-06-01',
      0,
      '2026-09-01',
    ],
    [
      'the day before the test is passed',
      [
        ['2026-03-01', 12],
        ['2026-09-15', 'test'],
      ],
      '2026-09-14',
      0,
      '2026-09-01',
    ],
    [
      'once it is passed',
      [
        ['2026-03-01', 12],
        ['2026-09-15', 'test'],
      ],
      '2026-09-15',
      12,
      null,
    ],
    [
      'lost again after the test',
      [
        ['2026-03-01', 12],
        ['2026-09-15', 'test'],
        ['2026-10-01', 12],
      ],
      '2027-01-01',
      0,
      '2027-04-01',
    ],
  ])('%s', (_, lines, today, points, test) => {
    const ledger = ledgerOf(eventsOf(lines), today);
    expect(pointsOf(ledger)).toBe(points);
    expect(knowledgeTestFrom(ledger)).toBe(test);
  });
});

test('the ledger tells every change with its balance, and each balance follows from the one before', () => {
  const lines: Line[] = [
    ['2025-02-01', 4],
    ['2025-06-01', 10],
    ['2026-01-10', 'test'],
    ['2026-02-01', 2],
  ];
  const ledger = ledgerOf(eventsOf(lines), '2027-02-01');
  expect(
    ledger.map(({ kind, delta, balanceAfter, effectiveOn }) => [effectiveOn, kind, delta, balanceAfter]),
  ).toEqual([
    ['2025-02-01', 'DEDUCTED', -4, 8],
    ['2025-06-01', 'DEDUCTED', -8, 0],
    ['2026-01-10', 'RESTORED_BY_TEST', 12, 12],
    ['2026-02-01', 'DEDUCTED', -2, 10],
    ['2027-02-01', 'RESTORED_AFTER_12_MONTHS', 2, 12],
  ]);
});

describe('a page of the ledger', () => {
  const lines: Line[] = Array.from({ length: 17 }, (_, index) => [
    `${2025 + Math.floor(index / 2)}-0${1 + (index % 2)}-15`,
    2,
  ]);
  const ledger = ledgerOf(eventsOf(lines), '2040-01-01');
  const newestFirst = [...ledger].reverse();
  const page = (first: number, after: string | null, days: { from?: string; to?: string } = {}) =>
    ledgerPageOf(ledger, pageKeyOf(idOf(0), { first, after, ...days }));

  test.each([1, 2, 3, 24, 100])('of %i: all pages together are the ledger, newest first', (first) => {
    const walked: unknown[] = [];
    let after: string | null = null;
    for (let more = true; more && walked.length <= ledger.length;) {
      const { nodes, pageInfo } = page(first, after);
      expect(nodes.length).toBeLessThanOrEqual(first);
      walked.push(...nodes);
      after = pageInfo.endCursor();
      more = pageInfo.hasNextPage;
    }
    expect(walked).toEqual(newestFirst);
    expect(new Set(walked.map((entry) => JSON.stringify(entry))).size).toBe(ledger.length);
  });

  test.each([
    ['2026-01-15', undefined],
    [undefined, '2026-02-15'],
    ['2026-01-15', '2026-02-15'],
    ['2050-01-01', undefined],
  ])('from %s to %s, both days included', (from, to) => {
    const expected = newestFirst.filter(
      (entry) => (!from || entry.effectiveOn >= from) && (!to || entry.effectiveOn <= to),
    );
    expect(page(100, null, { ...(from && { from }), ...(to && { to }) }).nodes).toEqual(expected);
  });

  test('a cursor of an entry the ledger does not have goes on behind its day', () => {
    const cursor = Buffer.from(JSON.stringify(['2030-06-01', idOf(999)])).toString('base64url');
    expect(page(100, cursor).nodes).toEqual(newestFirst.filter((entry) => entry.effectiveOn < '2030-06-01'));
  });
});
