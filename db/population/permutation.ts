import { mix } from './random.ts';

const ROUNDS = 6;

/**
 * A keyed bijection of the numbers 0 … rows·columns−1 onto themselves: a Feistel network over Z_rows × Z_columns.
 * Different inputs never meet, so numbers made of it need no list of those already given.
 */
export function permute(value: number, rows: number, columns: number, key: number): number {
  let left = Math.floor(value / columns);
  let right = value % columns;
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round % 2 === 0) left = (left + mix(key + round, right)) % rows;
    else right = (right + mix(key + round, left)) % columns;
  }
  return left * columns + right;
}
