/** Plates of cars (trucks too) and of motorcycles are written differently and numbered apart. */
export type PlateKind = 'CAR' | 'MOTORCYCLE';

/** A plate number of Vietnam, read. */
export interface Plate {
  readonly kind: PlateKind;
  /** As it is painted: `30A-123.45`, `29-B1 123.45`, old `29A-1234`. */
  readonly number: string;
  /** Upper case without separators: `30A12345`. Unique within its kind only: `29AA12345` may be a car or a motorcycle. */
  readonly canonical: string;
  /** Five digits: the plate belongs to its owner (Circular 24/2023/TT-BCA, Article 39). */
  readonly isIdentification: boolean;
}

/** Locality, series, number; separators may be missing, but not stand elsewhere. A motorcycle's series has two signs. */
const patterns: Readonly<Record<PlateKind, RegExp>> = {
  CAR: /^(1[1-9]|[2-9]\d)([A-Z]{1,2})[\s-]?(\d{3}[\s.]?\d{2}|\d{4})$/,
  MOTORCYCLE: /^(1[1-9]|[2-9]\d)[\s-]?([A-Z][A-Z\d])[\s-]?(\d{3}[\s.]?\d{2}|\d{4})$/,
};
const separators = /[\s.-]/g;

/** Upper case, no separators; nothing is checked. */
export const stripPlate = (text: string): string => text.toUpperCase().replace(separators, '');

export const plateKindOf = (vehicleType: string): PlateKind =>
  vehicleType === 'MOTORCYCLE' ? 'MOTORCYCLE' : 'CAR';

/** Reads a plate; `null` when it is no civil plate of that kind (military, diplomatic, mistyped). */
export function parsePlate(text: string, kind: PlateKind): Plate | null {
  const [, locality, series, spaced] = patterns[kind].exec(text.trim().toUpperCase()) ?? [];
  if (!locality || !series || !spaced) return null;
  const digits = stripPlate(spaced);
  if (/^0+$/.test(digits)) return null;
  const isIdentification = digits.length === 5;
  const painted = isIdentification ? `${digits.slice(0, 3)}.${digits.slice(3)}` : digits;
  const number = kind === 'CAR' ? `${locality}${series}-${painted}` : `${locality}-${series} ${painted}`;
  return { kind, number, canonical: stripPlate(number), isIdentification };
}
