import { describe, expect, test } from 'vitest';
import { createSubjectBudget } from '../../gateway/subject-budget.ts';

const minuteMs = 60_000;

/** The same, kept in the plainest way. */
function createPlainBudget(perMinute: number, clockMs: () => number) {
  const askedAt = new Map<string, number>();
  return (subjects: readonly string[]): number | null => {
    const nowMs = clockMs();
    for (const [subject, atMs] of [...askedAt]) if (atMs <= nowMs - minuteMs) askedAt.delete(subject);
    const fresh = new Set(subjects.filter((subject) => !askedAt.has(subject)));
    const excess = askedAt.size + fresh.size - perMinute;
    const times = [...askedAt.values()].sort((one, other) => one - other);
    const freeAtMs = (times[Math.min(excess, times.length) - 1] ?? nowMs) + minuteMs;
    if (excess > 0) return Math.max(1, Math.ceil((freeAtMs - nowMs) / 1000));
    for (const subject of subjects) askedAt.set(subject, nowMs);
    return null;
  };
}

/** Numbers that look random, the same each time. */
function createDraw(): (below: number) => number {
  let state = 7;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

describe('a budget of people for each minute', () => {
  test('is spent as if every minute were counted anew, whoever is asked about again', () => {
    let clock = 0;
    const draw = createDraw();
    const budget = createSubjectBudget({ perMinute: 40, clockMs: () => clock });
    const plain = createPlainBudget(40, () => clock);
    let refused = 0;
    for (let turn = 0; turn < 20_000; turn += 1) {
      clock += [0, 1, 900, 2500, 70_000][draw(200) < 199 ? draw(4) : 4] ?? 0;
      const subjects = Array.from({ length: 1 + draw(3) }, () => String(draw(60)));
      const answer = budget.spend('app', subjects);
      expect(answer).toBe(plain(subjects));
      if (answer !== null) refused += 1;
    }
    expect(refused).toBeGreaterThan(500);
    expect(refused).toBeLessThan(19_500);
  });
});
