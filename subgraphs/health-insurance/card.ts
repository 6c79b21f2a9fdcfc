import type { CardRow } from './loaders.ts';

/** A card as clients see it on a day. */
export type Card = ReturnType<typeof cardOf>;

/** The cards of a citizen on a day: exactly one is in view. */
export interface Holding {
  readonly current: CardRow;
  /** Begin before the current one; newest first. */
  readonly previous: readonly CardRow[];
  readonly next: CardRow | null;
}

/**
 * Sorts cards, newest first, by a day: in view is the newest that has begun, else the first that will begin.
 * `null` when there is no card.
 */
export function holdingOn(rows: readonly CardRow[], today: string): Holding | null {
  const begun = rows.findIndex(({ card }) => card.validFrom <= today);
  const at = begun === -1 ? rows.length - 1 : begun;
  const current = rows[at];
  return current ? { current, previous: rows.slice(at + 1), next: rows[at - 1] ?? null } : null;
}

/** Where a card stands on a day. What ended it early tells more than its term. */
export function statusOn({ card }: CardRow, today: string): string {
  if (card.endedAs !== null) return card.endedAs;
  if (today < card.validFrom) return 'NOT_YET_VALID';
  return today > card.validTo ? 'EXPIRED' : 'ACTIVE';
}

const codesOfEnd: Readonly<Record<string, string>> = {
  WITHDRAWN: '110',
  REPORTED_LOST: '110',
  REDUCED: '120',
};
const codesOfForces: Readonly<Record<string, string>> = { QN: '001', CY: '001', CA: '002' };

/**
 * What the insurer's look-up answers on a day to the citizen's name and birth date of the population database: who,
 * then whether it ended early, then its term, then who manages it.
 */
export function resultCodeOn(row: CardRow, isRenewed: boolean, today: string): string {
  const { card, file } = row;
  const status = statusOn(row, today);
  const ended = codesOfEnd[status];
  if (file.identityCheck !== null) return file.identityCheck;
  if (ended !== undefined) return ended;
  if (status === 'EXPIRED') return isRenewed ? '003' : '010';
  return codesOfForces[card.objectCode] ?? (isRenewed ? '004' : '000');
}

/** One card on a day; `isRenewed` says that a newer one was issued. */
export function cardOf(row: CardRow, isRenewed: boolean, today: string) {
  const { card, level, facility } = row;
  return Object.assign({}, card, {
    benefitRate: level.rate,
    initialFacility: facility,
    fiveYearContinuousFrom: card.fiveYearFrom,
    status: statusOn(row, today),
    resultCode: resultCodeOn(row, isRenewed, today),
  });
}

const cardNumbersBesides = (current: CardRow, rows: readonly CardRow[]): string[] => {
  const numbers = new Set(rows.map(({ card }) => card.cardNumber));
  numbers.delete(current.card.cardNumber);
  return [...numbers];
};

/** All the insurer holds, as of a day. `rows`: the citizen's cards, newest first. */
export function insuranceOn(rows: readonly CardRow[], today: string) {
  const holding = holdingOn(rows, today);
  if (!holding) return null;
  const { current, previous, next } = holding;
  const { file, object, level } = current;
  const card = cardOf(current, next !== null, today);
  return Object.assign(card, {
    insuranceNumber10: file.insuranceNumber,
    personalId: file.personalId,
    fullName: file.fullName,
    dateOfBirth: file.dateOfBirth,
    sex: file.sex,
    object,
    hasPaymentCaps: level.hasPaymentCaps,
    coversOutsideScope: level.coversOutsideScope,
    hasFiveContinuousYears: card.status === 'ACTIVE' && card.fiveYearFrom <= today,
    previousCodes: cardNumbersBesides(current, previous),
    previousCards: previous.map((row) => cardOf(row, true, today)),
    nextCard: next && cardOf(next, false, today),
  });
}

export type Insurance = NonNullable<ReturnType<typeof insuranceOn>>;
