import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRegisterClock } from '#schema';

const ofRegister = { clockId: 'register-1' };

/** A clock of this process that is set by hand, and what it knows of the register's. */
function open() {
  const time = { ms: 50_000 };
  return { time, clock: createRegisterClock(() => time.ms) };
}

test('an age counts from the question, however late the answer came', () => {
  const { time, clock } = open();
  time.ms += 300;
  clock.hear({ id: 'register-1', nowMs: 1000 }, time.ms - 300);
  expect(clock.ageOf({ ...ofRegister, atMs: 1000 })).toBe(303);
  time.ms += 100;
  expect(clock.ageOf({ ...ofRegister, atMs: 1000 })).toBe(404);
});

test.each<readonly [string, (open_: ReturnType<typeof open>) => void, number]>([
  ['before anything was heard', () => undefined, 1000],
  [
    'of another process of the register',
    ({ time, clock }) => clock.hear({ id: 'register-2', nowMs: 1000 }, time.ms),
    1000,
  ],
  [
    'when what was heard is too old',
    ({ time, clock }) => {
      clock.hear({ id: 'register-1', nowMs: 1000 }, time.ms);
      time.ms += 5001;
    },
    5500,
  ],
  [
    'of a moment that is still to come there',
    ({ time, clock }) => clock.hear({ id: 'register-1', nowMs: 1000 }, time.ms),
    1001,
  ],
  [
    'when the own clock went back',
    ({ time, clock }) => {
      clock.hear({ id: 'register-1', nowMs: 1000 }, time.ms);
      time.ms -= 1;
    },
    900,
  ],
])('an age cannot be told %s', (_, prepare, atMs) => {
  const opened = open();
  prepare(opened);
  expect(opened.clock.ageOf({ ...ofRegister, atMs })).toBeNull();
});

test('whoever stood still without knowing asks anew', () => {
  const { time, clock } = open();
  clock.hear({ id: 'register-1', nowMs: 1000 }, time.ms);
  expect(clock.ageOf({ ...ofRegister, atMs: 90_000 })).toBeNull();
  expect(clock.ageOf({ ...ofRegister, atMs: 1000 })).toBeNull();
});

test('an answer that was asked for earlier takes nothing back', () => {
  const { time, clock } = open();
  clock.hear({ id: 'register-1', nowMs: 1000 }, time.ms);
  clock.hear({ id: 'register-1', nowMs: 700 }, time.ms - 100);
  expect(clock.ageOf({ ...ofRegister, atMs: 1000 })).toBe(0);
});

test('no age is less than the true one, whoever is slow and however the clocks differ', () => {
  const wait = fc.double({ min: 0, max: 800, noNaN: true });
  const offset = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  const rate = fc.double({ min: 0.999, max: 1.001, noNaN: true });
  fc.assert(
    fc.property(wait, wait, wait, wait, offset, rate, (there, back, until, ago, offsetMs, pace) => {
      let realMs = 5_000_000;
      const registerMs = (at: number): number => at * pace + offsetMs;
      const clock = createRegisterClock(() => realMs);
      const askedMs = realMs;
      realMs += there;
      const told = { id: 'register-1', nowMs: registerMs(realMs) };
      realMs += back;
      clock.hear(told, askedMs);
      realMs += until;
      const readMs = Math.max(realMs - ago, 0);
      const age = clock.ageOf({ ...ofRegister, atMs: registerMs(readMs) });
      if (age !== null) expect(age).toBeGreaterThanOrEqual((realMs - readMs) * pace - 1e-3);
    }),
    { numRuns: 2000 },
  );
});
