import type { Sex } from '../person.ts';

/** One line of a table: code, Vietnamese name, ages from and to, weight, and the sex when only one is affected. */
export type DiagnosisLine = readonly [string, string, number, number, number, Sex?];
