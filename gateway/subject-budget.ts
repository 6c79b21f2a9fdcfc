import type { Caller, KnownClient } from '#schema';
import { createWindows, windowMs, type Window } from './subject-windows.ts';

const defaultMemory = 200_000;

export interface SubjectBudgetOptions {
  /** Distinct subjects per payer within any minute. */
  readonly perMinute: number;
  /** Milliseconds of the monotonic clock. */
  readonly clockMs: () => number;
  /**
   * Subjects remembered for all clients together, default 200,000; beyond it the client that has been quiet the longest
   * is forgotten.
   */
  readonly memory?: number;
}

/** How many distinct people each client asks about. Remembers them for a minute, in bounded memory. */
export interface SubjectBudget {
  /** Charges all subjects, or none and answers after how many seconds they will fit. */
  spend(payer: string, subjects: readonly string[]): number | null;
  /** Charges subjects that are already being answered. */
  note(payer: string, subjects: readonly string[]): void;
}

const distinct = (subjects: readonly string[]): readonly string[] =>
  subjects.length === 1 ? subjects : [...new Set(subjects)];

/** Seconds until `count` of the window's subjects are older than a minute. */
function secondsUntilFree({ times }: Window, count: number, nowMs: number): number {
  const lastToGo = [...times.values()][Math.min(count, times.size) - 1] ?? nowMs;
  return Math.max(1, Math.ceil((lastToGo + windowMs - nowMs) / 1000));
}

/** By how many the window would be too full with these, each of them once. */
function excessOf({ times }: Window, subjects: readonly string[], limit: number): number {
  if (times.size + subjects.length <= limit) return 0;
  return times.size + subjects.filter((subject) => !times.has(subject)).length - limit;
}

export function createSubjectBudget(options: SubjectBudgetOptions): SubjectBudget {
  const { perMinute, clockMs, memory = defaultMemory } = options;
  const windows = createWindows(memory);
  const charge = (payer: string, given: readonly string[], limit: number): number | null => {
    const nowMs = clockMs();
    const window = windows.open(payer, nowMs);
    const subjects = distinct(given);
    const excess = excessOf(window, subjects, limit);
    if (excess > 0) {
      if (window.times.size === 0) windows.forget(payer, window);
      return secondsUntilFree(window, excess, nowMs);
    }
    for (const subject of subjects) windows.add(window, subject, nowMs);
    return null;
  };
  return {
    spend: (payer, subjects) => charge(payer, subjects, perMinute),
    note: (payer, subjects) => void charge(payer, subjects, Number.MAX_SAFE_INTEGER),
  };
}

/**
 * Whose budget an operation is charged to: an app's, all its officers together; of a first-party client each citizen's
 * own. `null`: nobody is signed in, and nobody can be asked about.
 */
export function payerOf(caller: Caller, client: KnownClient): string | null {
  if (caller.kind === 'anonymous') return null;
  return JSON.stringify(client?.isFirstParty ? [caller.clientId, caller.sub] : [caller.clientId]);
}
