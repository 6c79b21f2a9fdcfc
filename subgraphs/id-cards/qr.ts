import type { Card } from './loaders.ts';

/** `1998-05-01` is `01051998`; what is not known of a partial date is zeros. */
function printDay(partial: string): string {
  const [year = '', month = '00', day = '00'] = partial.split('-');
  return `${day}${month}${year}`;
}

/**
 * The text behind the QR code: number, old CMND or nothing, name, birth, sex, residence, day of issue, split by `|`
 * (Circular 06/2021/TT-BCA cards). Cards since 1/7/2024 add the cancelled number if there is one; the order of their
 * further fields is not published, so readers take the first seven. `null` for a document without QR code.
 */
export function qrTextOf(card: Card): string | null {
  if (card.qrLayout === null) return null;
  const fields = [
    card.documentNumber,
    card.oldNumber ?? '',
    card.fullName,
    printDay(card.dateOfBirth),
    card.sex,
    card.residence,
    printDay(card.issuedOn),
  ];
  const more = card.qrLayout === 'EXTENDED' && card.cancelledNumber ? [card.cancelledNumber] : [];
  return [...fields, ...more].join('|');
}
