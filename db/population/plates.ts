import { PERSONA_PLATE_CODE, PLATE_CODES, SPARE_PLATE_CODE } from './catalogues/motor.ts';
import { permute } from './permutation.ts';
import { mix } from './random.ts';

/** Letters of plate series: Latin without I, J, O, Q, R, W. */
const LETTERS = 'ABCDEFGHKLMNPSTUVXYZ';
const NUMBERS = 99_999;
/** Series of two letters or of a letter and a digit, for cars and motorcycles alike. */
const SERIES = 400;
/** Plates of one code, one for each citizen; beyond that the spare code takes over. */
const PLATES = SERIES * NUMBERS;

const two = (value: number): string => String(value).padStart(2, '0');

function parts(seed: number, kind: string, number: number): { series: number; digits: string } {
  const place = permute(Math.abs(number) % PLATES, SERIES, NUMBERS, mix(seed, kind));
  const value = (place % NUMBERS) + 1;
  return {
    series: Math.floor(place / NUMBERS),
    digits: `${String(Math.floor(value / 100)).padStart(3, '0')}.${two(value % 100)}`,
  };
}

/**
 * An identification plate (biển số định danh, TT 79/2024/TT-BCA), for instance `30AB-123.45` or `29-AB 123.45`.
 * One of each kind per citizen, never given twice: the number is a bijection of the citizen's position.
 * @param number position among the ordinary citizens, or below zero for the named people, whose plates bear a code of their own
 */
export function plateOf(
  seed: number,
  kind: 'CAR' | 'MOTORCYCLE',
  number: number,
  provinceCode: string,
): string {
  const { series, digits } = parts(seed, kind, number);
  const code =
    number < 0
      ? PERSONA_PLATE_CODE
      : number < PLATES
        ? (PLATE_CODES[provinceCode] ?? SPARE_PLATE_CODE)
        : SPARE_PLATE_CODE;
  const letters = `${LETTERS[Math.floor(series / 20)] ?? 'A'}${LETTERS[series % 20] ?? 'A'}`;
  return kind === 'CAR' ? `${code}${letters}-${digits}` : `${code}-${letters} ${digits}`;
}
