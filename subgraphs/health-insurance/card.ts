import { extendRow } from '#kit';
import type { CardRow } from './loaders.ts';

/** The cards of a citizen on a day: exactly one is in view. */
export interface Holding<Row> {
  readonly current: Row;
  /** Begin before the current one; newest first. */
  readonly previous: readonly Row[];
  readonly next: Row | null;
}

/**
 * Sorts cards, newest first, by a day: in view is the newest that has begun, else the first that will begin.
 * `null` when there is no card.
 */
export function holdingOn<Row extends Pick<CardRow, 'validFrom'>>(
  rows: readonly Row[],
  today: string,
): Holding<Row> | null {
  const begun = rows.findIndex(({ validFrom }) => validFrom <= today);
  const at = begun === -1 ? rows.length - 1 : begun;
  const current = rows[at];
  return current ? { current, previous: rows.slice(at + 1), next: rows[at - 1] ?? null } : null;
}

/** Where a card stands on a day. What ended it early tells more than its term. */
export function statusOn(
  { endedAs, validFrom, validTo }: Pick<CardRow, 'endedAs' | 'validFrom' | 'validTo'>,
  today: string,
): string {
  if (endedAs !== null) return endedAs;
  if (today < validFrom) return 'NOT_YET_VALID';
  return today > validTo ? 'EXPIRED' : 'ACTIVE';
}

const codesOfEnd: Readonly<Record<string, string>> = {
  WITHDRAWN: '110',
  REPORTED_LOST: '110',
  REDUCED: '120',
};
const codesOfForces: Readonly<Record<string, string>> = { QN: '001', CY: '001', CA: '002' };

/** A card in view of those that came after it. */
export interface Card extends CardRow {
  /** Whether a newer one was issued. */
  readonly isRenewed: boolean;
}

/**
 * What the insurer's look-up answers on a day to the citizen's name and birth date of the population database: who,
 * then whether it ended early, then its term, then who manages it.
 */
export function resultCodeOn(card: Card, today: string): string {
  const { identityCheck, isRenewed } = card;
  const status = statusOn(card, today);
  const ended = codesOfEnd[status];
  if (identityCheck !== null) return identityCheck;
  if (ended !== undefined) return ended;
  if (status === 'EXPIRED') return isRenewed ? '003' : '010';
  return codesOfForces[card.objectCode] ?? (isRenewed ? '004' : '000');
}

/** All the insurer holds, as of a day: the card in view among the others. */
export interface Insurance extends Card, Omit<Holding<CardRow>, 'current'> {}

/** `rows`: the citizen's cards, newest first. `null` when there are none. */
export function insuranceOn(rows: readonly CardRow[], today: string): Insurance | null {
  const holding = holdingOn(rows, today);
  if (!holding) return null;
  const { current, previous, next } = holding;
  return extendRow(current, { isRenewed: next !== null, previous, next });
}

/** Numbers of earlier cards that differ from that of the one in view, newest first. */
export function previousNumbersOf({ cardNumber, previous }: Insurance): string[] {
  const numbers = new Set(previous.map((earlier) => earlier.cardNumber));
  numbers.delete(cardNumber);
  return [...numbers];
}

/** The five years count while the card is in force. */
export const hasFiveYearsOn = (card: Card, today: string): boolean =>
  card.fiveYearFrom <= today && statusOn(card, today) === 'ACTIVE';
