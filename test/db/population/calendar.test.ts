import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMonths,
  addYears,
  ageOn,
  dayText,
  parseDay,
  vietnamDay,
} from '../../../db/population/calendar.ts';

const anyDay = fc.integer({ min: parseDay('1900-01-01'), max: parseDay('2099-12-31') });

describe('calendar', () => {
  it('writes and reads every day like the platform does', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(dayText(day)).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10));
        expect(parseDay(dayText(day))).toBe(day);
      }),
    );
  });

  it.each(['2026-02-29', '2026-13-01', '2026-1-1', '', '1899-12-31', '2026-04-31'])('refuses %j', (text) => {
    expect(() => parseDay(text)).toThrow(RangeError);
  });

  it('counts completed years', () => {
    const born = parseDay('2012-11-22');
    expect(ageOn(born, parseDay('2026-11-21'))).toBe(13);
    expect(ageOn(born, parseDay('2026-11-22'))).toBe(14);
  });

  it('moves 29 February to 1 March in a common year', () => {
    expect(dayText(addYears(parseDay('2024-02-29'), 1))).toBe('2025-03-01');
    expect(dayText(addYears(parseDay('2024-02-29'), 4))).toBe('2028-02-29');
  });

  it('finds the first day of a month before and after', () => {
    expect(dayText(addMonths(parseDay('2026-01-31'), -1))).toBe('2025-12-01');
    expect(dayText(addMonths(parseDay('2026-11-30'), 2))).toBe('2027-01-01');
  });

  it('knows the day in Việt Nam seven hours before UTC does', () => {
    expect(vietnamDay(new Date('2026-11-21T16:59:59Z'))).toBe('2026-11-21');
    expect(vietnamDay(new Date('2026-11-21T17:00:00Z'))).toBe('2026-11-22');
  });
});
