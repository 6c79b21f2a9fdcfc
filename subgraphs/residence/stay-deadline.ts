const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const vietnamOffsetMs = 7 * hourMs;

/**
 * When a stay must have been notified (Law 68/2020/QH14 Art. 30): before 23:00 of the day it begins; before 08:00 of
 * the next day for a guest who arrives from 23:00 on. Reckoned in the time of Việt Nam.
 */
export function stayDeadlineOf(arrivedAt: Date): Date {
  const local = arrivedAt.getTime() + vietnamOffsetMs;
  const midnight = Math.floor(local / dayMs) * dayMs;
  const isLate = local - midnight >= 23 * hourMs;
  return new Date(midnight + (isLate ? 32 : 23) * hourMs - vietnamOffsetMs);
}

/** Whether the notification came before the deadline. */
export function isNotifiedInTime(stay: { readonly arrivedAt: Date; readonly notifiedAt: Date }): boolean {
  return stay.notifiedAt < stayDeadlineOf(stay.arrivedAt);
}
