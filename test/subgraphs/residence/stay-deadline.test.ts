import { describe, expect, test } from 'vitest';
import { isNotifiedInTime, stayDeadlineOf } from '../../../subgraphs/residence/stay-deadline.ts';

const at = (text: string): Date => new Date(`${text}+07:00`);

describe('a stay is notified before', () => {
  test.each([
    ['2026-05-01T00:00:00', '2026-05-01T23:00:00'],
    ['2026-05-01T06:59:59', '2026-05-01T23:00:00'],
    ['2026-05-01T15:30:00', '2026-05-01T23:00:00'],
    ['2026-05-01T22:59:59', '2026-05-01T23:00:00'],
    ['2026-05-01T23:00:00', '2026-05-02T08:00:00'],
    ['2026-12-31T23:59:59', '2027-01-01T08:00:00'],
  ])('arrived %s: %s', (arrived, deadline) => {
    expect(stayDeadlineOf(at(arrived))).toEqual(at(deadline));
  });

  test.each([
    ['2026-05-01T15:00:00', '2026-05-01T22:59:59', true],
    ['2026-05-01T15:00:00', '2026-05-01T23:00:00', false],
    ['2026-05-01T23:10:00', '2026-05-02T07:59:59', true],
    ['2026-05-01T23:10:00', '2026-05-02T08:00:00', false],
  ])('arrived %s, notified %s: in time %s', (arrived, notified, isInTime) => {
    expect(isNotifiedInTime({ arrivedAt: at(arrived), notifiedAt: at(notified) })).toBe(isInTime);
  });
});
