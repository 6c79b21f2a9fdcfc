import type { Coded, HealthCompartment, Sex } from '../person.ts';
import type { Random } from '../random.ts';
import { COMMON } from './diagnoses-common.ts';
import type { DiagnosisLine } from './diagnosis-line.ts';
import { SENSITIVE } from './diagnoses-sensitive.ts';

/** A diagnosis of the catalogue QĐ 4469/QĐ-BYT (ICD-10) and whom it may befall. */
export interface Diagnosis extends Coded {
  readonly minAge: number;
  readonly maxAge: number;
  /** `null`: both. */
  readonly sex: Sex | null;
  /** How often, against the others. */
  readonly weight: number;
}

const COMPARTMENTS: readonly (readonly [RegExp, HealthCompartment])[] = [
  [/^(B2[0-4]|Z21)/, 'HIV'],
  [/^F1/, 'SUBSTANCE'],
  [/^F/, 'MENTAL'],
  [/^(O0[0-8]|Z3[0-3]|T74\.2)/, 'REPRODUCTIVE'],
  [/^(Q9|D56|D66|Z31\.5)/, 'GENETIC'],
];

/** The compartment a code belongs to, when it needs a consent of its own; several may apply. Code case matters. */
export const compartmentsOf = (code: string): readonly HealthCompartment[] =>
  COMPARTMENTS.filter(
    ([pattern, name]) => pattern.test(code) && !(name === 'MENTAL' && code.startsWith('F1')),
  ).map(([, compartment]) => compartment);

const read = ([code, name, minAge, maxAge, weight, sex]: DiagnosisLine): Diagnosis => ({
  code,
  name,
  minAge,
  maxAge,
  weight,
  sex: sex ?? null,
});

/** Every diagnosis a visit of the population may carry. */
export const DIAGNOSES: readonly Diagnosis[] = [...COMMON, ...SENSITIVE].map(read);

const byCode = new Map(DIAGNOSES.map((item) => [item.code, item]));

/** @throws RangeError for a code that is not in the catalogue */
export function diagnosisOf(code: string): Diagnosis {
  const found = byCode.get(code);
  if (!found) throw new RangeError('The catalogue of diagnoses has no such code.');
  return found;
}

/** May somebody of this age and sex have it? */
export const suits = (item: Diagnosis, age: number, sex: Sex): boolean =>
  item.minAge <= age && age <= item.maxAge && (item.sex === null || item.sex === sex);

/** The diagnoses that suit an age and sex; `upTo`: the sums of their weights, for drawing. */
interface Suited {
  readonly list: readonly Diagnosis[];
  readonly upTo: Float64Array;
}

const suited: Readonly<Record<Sex, (Suited | undefined)[]>> = { MALE: [], FEMALE: [] };

function suitedTo(age: number, sex: Sex): Suited {
  const known = suited[sex][age];
  if (known) return known;
  const list = DIAGNOSES.filter((item) => suits(item, age, sex));
  const upTo = new Float64Array(list.length);
  list.forEach((item, index) => (upTo[index] = (upTo[index - 1] ?? 0) + item.weight));
  suited[sex][age] = { list, upTo };
  return { list, upTo };
}

/** The diagnoses that suit an age in years and a sex. */
export const diagnosesFor = (age: number, sex: Sex): readonly Diagnosis[] => suitedTo(age, sex).list;

/** One diagnosis that suits an age and sex, by how often it occurs. */
export function drawDiagnosis(random: Random, age: number, sex: Sex): Diagnosis {
  const { list, upTo } = suitedTo(age, sex);
  const point = random.next() * (upTo[list.length - 1] ?? 0);
  let low = 0;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (upTo[middle]! > point) high = middle;
    else low = middle + 1;
  }
  return list[low]!;
}
