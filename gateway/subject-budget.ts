import { hash, randomBytes } from 'node:crypto';
import type { Caller, KnownClient } from '#schema';

const windowMs = 60_000;
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

/** How many distinct people each client asks about. Remembers keyed hashes only, for a minute, in bounded memory. */
export interface SubjectBudget {
  /** Charges all subjects, or none and answers after how many seconds they will fit. */
  spend(payer: string, subjects: readonly string[]): number | null;
  /** Charges subjects that are already being answered. */
  note(payer: string, subjects: readonly string[]): void;
}

/** Hashes of subjects to when they were last asked about, oldest first. */
type Window = Map<string, number>;

function createWindows(memory: number) {
  const windows = new Map<string, Window>();
  let remembered = 0;
  const forget = (payer: string, window: Window): void => {
    windows.delete(payer);
    remembered -= window.size;
  };
  /** The payer's window without what is older than a minute; the payer becomes the last to be forgotten. */
  const open = (payer: string, nowMs: number): Window => {
    const window: Window = windows.get(payer) ?? new Map<string, number>();
    windows.delete(payer);
    windows.set(payer, window);
    for (const [hash, atMs] of window) {
      if (atMs > nowMs - windowMs) break;
      window.delete(hash);
      remembered -= 1;
    }
    return window;
  };
  const add = (window: Window, hash: string, nowMs: number): void => {
    if (!window.delete(hash)) remembered += 1;
    window.set(hash, nowMs);
    for (const [payer, quiet] of windows) {
      if (remembered <= memory || quiet === window) break;
      forget(payer, quiet);
    }
  };
  return { open, add, forget };
}

/** Seconds until `count` of the window's subjects are older than a minute. */
function secondsUntilFree(window: Window, count: number, nowMs: number): number {
  const lastToGo = [...window.values()][Math.min(count, window.size) - 1] ?? nowMs;
  return Math.max(1, Math.ceil((lastToGo + windowMs - nowMs) / 1000));
}

export function createSubjectBudget(options: SubjectBudgetOptions): SubjectBudget {
  const { perMinute, clockMs, memory = defaultMemory } = options;
  const key = randomBytes(32).toString('base64url');
  const hashOf = (subject: string): string => hash('sha256', `${key}/${subject}`, 'base64url').slice(0, 22);
  const windows = createWindows(memory);
  const charge = (payer: string, subjects: readonly string[], limit: number): number | null => {
    const nowMs = clockMs();
    const window = windows.open(payer, nowMs);
    const hashes = [...new Set(subjects.map(hashOf))];
    const excess = window.size + hashes.filter((hash) => !window.has(hash)).length - limit;
    if (excess > 0) {
      if (window.size === 0) windows.forget(payer, window);
      return secondsUntilFree(window, excess, nowMs);
    }
    for (const hash of hashes) windows.add(window, hash, nowMs);
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
