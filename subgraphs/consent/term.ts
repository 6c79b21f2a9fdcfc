import { addDays, badArgument } from '#kit';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** The longest a grant may be asked for when its purpose sets no limit. */
const maxDaysWithoutLimit = 3650;
/** A request that nobody answers for so long has lapsed. */
const openDays = 30;
/** The longest emergency access (Law 91/2025/QH15 Art. 19). */
const maxEmergencyHours = 24;
const reviewWorkingDays = 2;

/** First instant at which a request can no longer be answered. */
export const requestEndOf = (now: Date): Date => new Date(now.getTime() + openDays * dayMs);

/** Days as asked for, within what the purpose allows; `null`: as long as it allows. @throws GraphQLError BAD_USER_INPUT */
export function validDaysOf(asked: number | null | undefined, maxDays: number | null): number | null {
  if (asked === null || asked === undefined) return maxDays;
  const most = maxDays ?? maxDaysWithoutLimit;
  if (asked < 1 || asked > most) throw badArgument('validDays', `a number of days from 1 to ${most}`);
  return asked;
}

/** First instant without the grant, never later than the purpose allows; `null`: until withdrawn. */
export function grantEndOf(now: Date, validDays: number | null, maxDays: number | null): Date | null {
  const days = [validDays, maxDays].filter((each) => each !== null);
  return days.length === 0 ? null : new Date(now.getTime() + Math.min(...days) * dayMs);
}

/** First instant without an emergency access. @throws GraphQLError BAD_USER_INPUT */
export function emergencyEndOf(now: Date, hours: number): Date {
  if (hours < 1 || hours > maxEmergencyHours)
    throw badArgument('hours', `a number of hours from 1 to ${maxEmergencyHours}`);
  return new Date(now.getTime() + hours * hourMs);
}

const isWorkingDay = (day: string): boolean => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** Monday to Friday; public holidays are announced year by year and not reckoned with. */
function addWorkingDays(day: string, count: number): string {
  let [reached, left] = [day, count];
  while (left > 0) {
    reached = addDays(reached, 1);
    if (isWorkingDay(reached)) left -= 1;
  }
  return reached;
}

/** Last day for the review of an emergency access begun on a day. */
export const reviewDayOf = (today: string): string => addWorkingDays(today, reviewWorkingDays);

/** The last instant of a day in Việt Nam, in whole seconds. */
export const endOfDay = (day: string): Date => new Date(`${day}T23:59:59+07:00`);
