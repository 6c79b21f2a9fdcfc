import type { LifeEvent } from '#db/population';
import { addYears, daysBetween } from '#kit';

/** A spell of health insurance. */
export type Insured = Extract<LifeEvent, { kind: 'INSURED' }>;

/** Insured groups by benefit level, Decision 1314/QĐ-BHXH; every other group has level 4. */
const levels: readonly (readonly [number, ReadonlySet<string>])[] = [
  [1, new Set(['CC', 'TE'])],
  [2, new Set(['CK', 'CB', 'KC', 'HN', 'DT', 'DK', 'XD', 'BT', 'TS'])],
  [3, new Set(['HT', 'TC', 'CN'])],
  [5, new Set(['CA', 'QN', 'CY'])],
];
const levelOf = (objectCode: string): number => levels.find(([, codes]) => codes.has(objectCode))?.[0] ?? 4;
const rates: readonly number[] = [0, 100, 100, 95, 80, 100];

/** Percent that health insurance pays of what is covered. */
export const benefitRateOf = ({ objectCode }: Insured): number => rates[levelOf(objectCode)] ?? 80;

/** The code on the card by the rules of the day it begins: Decisions 1351/QĐ-BHXH and 1666/QĐ-BHXH. */
export function cardCodeOf(spell: Insured, personalId: string, insuranceNumber: string): string {
  if (spell.from >= '2025-08-01') return personalId;
  if (spell.from >= '2021-04-01') return insuranceNumber;
  return `${spell.objectCode}${levelOf(spell.objectCode)}${spell.facility.provinceCode}${insuranceNumber}`;
}

/** A gap of at most three months keeps the years continuous, Decree 146/2018/NĐ-CP Art. 12(5). */
const gapDays = 92;

/** The day five unbroken years are reached, counted to a spell; `spells` oldest first. */
export function fiveYearsFrom(spells: readonly Insured[], index: number): string {
  let start = spells[index]?.from ?? '';
  for (let at = index; at > 0; at -= 1) {
    const before = spells[at - 1];
    if (!before || daysBetween(before.to, start) > gapDays) break;
    start = before.from;
  }
  return addYears(start, 5);
}
