export const windowMs = 60_000;

/** The subjects that one payer has asked about within the last minute. */
export interface Window {
  /** Subjects to when they were last asked about, oldest first. */
  readonly times: Map<string, number>;
  /** Goes through `times` once: to begin anew is to pass again by everything that was ever deleted in front. */
  walk: Iterator<[subject: string, atMs: number]>;
  /** Where the walk has come to. */
  oldest: readonly [subject: string, atMs: number] | undefined;
}

function openWindow(): Window {
  const times = new Map<string, number>();
  return { times, walk: times.entries(), oldest: undefined };
}

/** The next of the walk; at its end there is nothing left in the window. */
function stepOn(window: Window): Window['oldest'] {
  const { done, value } = window.walk.next();
  if (done) window.walk = window.times.entries();
  window.oldest = done ? undefined : value;
  return window.oldest;
}

/** Forgets what was last asked about by then; answers how many that were. */
function expire(window: Window, untilMs: number): number {
  const { times } = window;
  const size = times.size;
  for (let each = window.oldest ?? stepOn(window); each; each = stepOn(window)) {
    const [subject, atMs] = each;
    // Who was asked about again has moved to the end.
    if (times.get(subject) !== atMs) continue;
    if (atMs > untilMs) break;
    times.delete(subject);
  }
  return size - times.size;
}

/** The windows of all payers: so many subjects together; who has been quiet the longest is forgotten first. */
export function createWindows(memory: number) {
  const windows = new Map<string, Window>();
  let remembered = 0;
  const forget = (payer: string, { times }: Window): void => {
    windows.delete(payer);
    remembered -= times.size;
  };
  /** The payer's window without what is older than a minute; the payer becomes the last to be forgotten. */
  const open = (payer: string, nowMs: number): Window => {
    const window = windows.get(payer) ?? openWindow();
    windows.delete(payer);
    windows.set(payer, window);
    remembered -= expire(window, nowMs - windowMs);
    return window;
  };
  const forgetQuiet = (busy: Window): void => {
    for (const [payer, quiet] of windows) {
      if (remembered <= memory || quiet === busy) break;
      forget(payer, quiet);
    }
  };
  const add = (window: Window, subject: string, nowMs: number): void => {
    if (!window.times.delete(subject)) remembered += 1;
    window.times.set(subject, nowMs);
    if (remembered > memory) forgetQuiet(window);
  };
  return { open, add, forget };
}
