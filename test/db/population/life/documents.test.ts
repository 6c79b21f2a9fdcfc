import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addYears, dayText, parseDay } from '../../../../db/population/calendar.ts';
import { expiryOf } from '../../../../db/population/life/documents.ts';

const expiry = (issued: string, born: string): string | null => {
  const day = expiryOf(parseDay(issued), parseDay(born));
  return day === null ? null : dayText(day);
};

describe('the term of a card', () => {
  it.each([
    ['a chip card of 2021-03, more than two years before 25', '2021-03-10', '1998-05-20', '2023-05-20'],
    ['the same card three months later', '2021-06-10', '1998-05-20', '2038-05-20'],
    ['a card at 14', '2026-06-01', '2012-05-15', '2037-05-15'],
    ['a card of a small child', '2024-09-01', '2020-02-02', '2034-02-02'],
    ['a card on the birthday itself', '2025-04-12', '1985-04-12', '2045-04-12'],
    ['a card exactly two years before', '2023-04-12', '1985-04-12', '2025-04-12'],
    ['a card after 60', '2021-05-05', '1960-01-01', null],
    ['a card within two years before 60', '2019-05-05', '1960-01-01', null],
  ])('%s', (_, issued, born, expected) => {
    expect(expiry(issued, born)).toBe(expected);
  });

  it('is never shorter than two years, and always a milestone', () => {
    const born = parseDay('1970-03-03');
    fc.assert(
      fc.property(fc.integer({ min: born, max: addYears(born, 90) }), (issued) => {
        const end = expiryOf(issued, born);
        if (end === null) return issued > addYears(born, 58);
        return end >= addYears(issued, 2) && [14, 25, 40, 60].some((age) => addYears(born, age) === end);
      }),
    );
  });
});
