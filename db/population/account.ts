import { addYears, dayText, parseDay, type DayNumber } from './calendar.ts';
import type { Account } from './person.ts';
import type { Random } from './random.ts';

const LEVELS_FROM = parseDay('2022-10-20');

/** A made-up mobile number: 030 and 031 are given to no network. */
export const drawPhone = (random: Random): string => `03${random.pick(['0', '1'])}${random.digits(7)}`;

/**
 * An electronic identity account (Decree 69/2024/NĐ-CP, Article 7): from 14 with a card; most have level 2.
 * Accounts exist since Decree 59/2022/NĐ-CP came into force on 20/10/2022.
 */
export function drawAccount(
  random: Random,
  born: DayNumber,
  end: DayNumber,
  hasDied: boolean,
): Account | null {
  const from = Math.max(addYears(born, 14) + 120, LEVELS_FROM);
  if (from >= end || !random.chance(addYears(born, 75) < end ? 0.45 : 0.9)) return null;
  const level = random.chance(0.8) ? 2 : 1;
  const registeredOn = dayText(random.int(from, end));
  const phone = drawPhone(random);
  if (hasDied) return { level, state: 'LOCKED', lockCause: 'DEATH', registeredOn, phone };
  if (random.chance(0.02)) return { level, state: 'NOT_ACTIVATED', lockCause: null, registeredOn, phone };
  if (random.chance(0.005)) return { level, state: 'LOCKED', lockCause: 'OWN_REQUEST', registeredOn, phone };
  return { level, state: 'ACTIVE', lockCause: null, registeredOn, phone };
}
