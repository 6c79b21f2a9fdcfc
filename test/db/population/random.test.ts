import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { permute } from '../../../db/population/permutation.ts';
import { randomOf } from '#db/population';

const draw = (seed: number, ...path: (string | number)[]): number[] => {
  const random = randomOf(seed, ...path);
  return Array.from({ length: 8 }, () => random.next());
};

describe('randomOf', () => {
  it('tells the same story for the same seed and path, another one for any other', () => {
    expect(draw(1, 'vehicles', 'a')).toEqual(draw(1, 'vehicles', 'a'));
    const others = [
      draw(2, 'vehicles', 'a'),
      draw(1, 'visits', 'a'),
      draw(1, 'vehicles', 'b'),
      draw(1, 'vehicles', 1),
    ];
    for (const other of others) expect(other).not.toEqual(draw(1, 'vehicles', 'a'));
  });

  it('is evenly spread', () => {
    const random = randomOf(5);
    const counts = new Array<number>(10).fill(0);
    for (let index = 0; index < 100_000; index += 1) counts[random.int(0, 9)]! += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('is evenly spread over neighbouring paths too', () => {
    let low = 0;
    for (let index = 0; index < 20_000; index += 1) if (randomOf(1, index, 'self').next() < 0.5) low += 1;
    expect(Math.abs(low - 10_000)).toBeLessThan(400);
  });

  it('respects bounds, weights and lengths', () => {
    const random = randomOf(9);
    for (let index = 0; index < 1000; index += 1) {
      const number = random.int(3, 5);
      expect(number >= 3 && number <= 5).toBe(true);
      expect(
        random.weighted([
          ['a', 0],
          ['b', 1],
        ]),
      ).toBe('b');
    }
    expect(random.digits(7)).toMatch(/^\d{7}$/);
    expect(() => random.pick([])).toThrow(RangeError);
    expect(() => random.weighted([])).toThrow(RangeError);
  });
});

describe('permute', () => {
  it('is a bijection for any key and shape', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer(),
        (rows, columns, key) => {
          const seen = new Set(
            Array.from({ length: rows * columns }, (_, value) => permute(value, rows, columns, key)),
          );
          expect(seen.size).toBe(rows * columns);
          expect(Math.min(...seen)).toBe(0);
          expect(Math.max(...seen)).toBe(rows * columns - 1);
        },
      ),
    );
  });

  it('scatters: another key, another order', () => {
    const order = (key: number) => Array.from({ length: 100 }, (_, value) => permute(value, 1000, 990, key));
    expect(order(1)).not.toEqual(order(2));
  });
});
