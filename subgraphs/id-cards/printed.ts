import { ageOn, daysBetween, firstDayOf, maskName } from '#kit';
import type { Card, Chip, SensitiveData } from './loaders.ts';
import { milestoneOf, type Milestone } from './milestones.ts';

/** First day of the cards of Law 26/2023/QH15, which print the place of residence and show no small child's face. */
const newCardsFrom = '2024-07-01';
const portraitFromAge = 6;

export const isNewCard = ({ issuedOn }: Pick<Card, 'issuedOn'>): boolean => issuedOn >= newCardsFrom;

/** Whether the document shows a face. */
export function hasPortrait(card: Card): boolean {
  return !isNewCard(card) || ageOn(firstDayOf(card.dateOfBirth), card.issuedOn) >= portraitFromAge;
}

/** Days left from today; negative once the last day is over; `null` without term. */
export function daysToExpiry({ expiresOn }: Card, today: string): number | null {
  return expiresOn === null ? null : daysBetween(today, expiresOn);
}

/** The birthday by which the law ends the card; `null` without term or for documents that age does not end. */
export function expiryMilestoneOf(card: Card): Milestone | null {
  return card.isRenewedByAge ? milestoneOf(card.issuedOn, firstDayOf(card.dateOfBirth)) : null;
}

/** Every number the document carries: the printed one first, then those only in its QR code and chip. */
export function identifiersOf({ documentNumber, oldNumber, cancelledNumber }: Card) {
  const stored = [
    ['CMND9', oldNumber],
    ['CANCELLED_PERSONAL_ID', cancelledNumber],
  ] as const;
  return [
    { type: documentNumber.length === 9 ? 'CMND9' : 'PERSONAL_ID', value: documentNumber, carrier: 'PRINT' },
    ...stored.flatMap(([type, value]) => (value === null ? [] : [{ type, value, carrier: 'QR_AND_CHIP' }])),
  ];
}

/** The content of a chip but for its sensitive part; relatives are masked. */
export function chipOf(chip: Chip, { oldNumber }: Card) {
  const relatives = [
    ['FATHER', chip.fatherName],
    ['MOTHER', chip.motherName],
    ['SPOUSE', chip.spouseName],
  ] as const;
  return {
    otherNames: chip.otherNames,
    oldNumber,
    relatives: relatives.flatMap(([kinship, name]) =>
      name === null ? [] : [{ kinship, maskedName: maskName(name) }],
    ),
  };
}

export const ethnicityOf = ({ ethnicityCode: code, ethnicityName: name }: SensitiveData) => ({ code, name });

/** `null` without religion. */
export const religionOf = ({ religionCode: code, religionName: name }: SensitiveData) =>
  code === null ? null : { code, name };
