import { hash } from 'node:crypto';
import { mix } from './random.ts';
import { permute } from './permutation.ts';
import type { Sex } from './person.ts';

/** No province or country of birth registration has this code, so no number made here is a real person's. */
export const SYNTHETIC_PREFIX = '099';

/** Serial numbers per sex and birth year that ordinary citizens use; the rest of the million is the personas'. */
export const ORDINARY_SERIALS = 990_000;

const CMND_ROWS = 10_000;
const CMND_COLUMNS = 9_900;

const pad = (value: number, length: number): string => String(value).padStart(length, '0');

/** An opaque version 8 UUID (RFC 9562): nothing of seed or number can be read from it. */
export function uuidOf(realm: string, seed: number | string, number: number): string {
  const hex = hash('sha256', `${realm}|${seed}|${number}`, 'hex');
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) & 3]!;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * Số định danh cá nhân `PPP G YY RRRRRR` (Decree 137/2015/NĐ-CP, Article 13): century and sex, year of birth, serial.
 * @param serial 0–999,999, given once per sex and birth year
 */
export function personalIdOf(sex: Sex, birthYear: number, serial: number): string {
  const century = Math.floor((birthYear - 1900) / 100) * 2 + (sex === 'FEMALE' ? 1 : 0);
  return `${SYNTHETIC_PREFIX}${century}${pad(birthYear % 100, 2)}${pad(serial, 6)}`;
}

/** Scatters the serials of one sex and birth year; distinct ranks below {@link ORDINARY_SERIALS} stay distinct. */
export function serialOf(seed: number, sex: Sex, birthYear: number, rank: number): number {
  return permute(rank, 1000, 990, mix(seed, birthYear * 2 + (sex === 'FEMALE' ? 1 : 0)));
}

/**
 * An old nine-digit number (CMND). It begins with 9, which no provincial police had.
 * @param person ordinary citizens count from 0; distinct below 99 million
 */
export function cmndOf(seed: number, person: number): string {
  return `9${pad(permute(person, CMND_ROWS, CMND_COLUMNS, mix(seed, 'cmnd')), 8)}`;
}

/** A passport number of a series that is not issued; distinct below 99 million. */
export const passportOf = (seed: number, person: number): string =>
  `Z${pad(permute(person, CMND_ROWS, CMND_COLUMNS, mix(seed, 'passport')), 8)}`;

/** Old numbers of the personas: the last million of the block. */
export const personaCmnd = (persona: number): string => `999${pad(persona, 6)}`;
