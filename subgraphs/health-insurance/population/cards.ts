import { units, type LifeEvent } from '#db/population';
import { addDays, addYears, daysBetween, recordIdOf } from '#kit';
import { objectRows } from '../catalogue.ts';
import type { cards, files } from '../tables.ts';

/** A spell of cover. */
export type Insured = Extract<LifeEvent, { kind: 'INSURED' }>;
type File = typeof files.$inferInsert;
type Card = typeof cards.$inferInsert;

const levels = new Map(objectRows.map(({ code, benefitLevel }) => [code, benefitLevel]));

/** Benefit level of a group. @throws RangeError for a group that the catalogue does not have */
function levelOf(objectCode: string): number {
  const level = levels.get(objectCode);
  if (level === undefined) throw new RangeError('The catalogue has no insured group of this code.');
  return level;
}

let offices: ReadonlyMap<string, string> | undefined;

function officeOf(provinceCode: string): string {
  offices ??= new Map(units.oldProvinces.map(({ code, name }) => [code, `BHXH ${name}`]));
  return offices.get(provinceCode) ?? 'BHXH Việt Nam';
}

const tenDigitsFrom = '2021-04-01';
const personalIdFrom = '2025-08-01';

/** The 15 characters of Decision 1351/QĐ-BHXH, until the personal number took their place. */
function code15Of(spell: Insured, level: number, file: File): string | null {
  if (spell.from >= personalIdFrom) return null;
  return spell.objectCode + level + spell.facility.provinceCode + file.insuranceNumber;
}

/** What the card was known by on the day it begins; ten digits since Decision 1666/QĐ-BHXH. */
function numberOf(spell: Insured, code15: string | null, file: File): string {
  if (code15 === null) return file.personalId;
  return spell.from >= tenDigitsFrom ? file.insuranceNumber : code15;
}

const endings: ReadonlySet<string> = new Set(['WITHDRAWN', 'REPORTED_LOST', 'REDUCED']);

/** A gap of at most three months keeps the years continuous, Decree 146/2018/NĐ-CP Art. 12(5). */
const gapDays = 92;

/** First days of the unbroken chain that each spell, oldest first, belongs to. */
function chainStarts(spells: readonly Insured[]): string[] {
  let start = '';
  return spells.map((spell, index) => {
    const before = spells[index - 1];
    if (!before || daysBetween(before.to, spell.from) > gapDays) start = spell.from;
    return start;
  });
}

/** Groups whose cover goes on by itself: nothing of work, school or age ends it. */
const renewable: ReadonlySet<string> = new Set(['GD', 'HT', 'BT', 'DT', 'HN', 'CN']);
const renewalDays = 30;

/** The card for the next year: issued in the last 30 days of a term. */
function renewalOf(last: Insured, asOf: string): Insured[] {
  const isDue = last.to >= asOf && daysBetween(asOf, last.to) <= renewalDays;
  if (!isDue || last.status !== 'ACTIVE' || !renewable.has(last.objectCode)) return [];
  const from = addDays(last.to, 1);
  return [{ ...last, from, to: addDays(addYears(from, 1), -1) }];
}

/** What the cards of a person have in common. */
export interface Holder {
  readonly file: File;
  readonly provenance: Pick<Card, 'asOf' | 'integrationStatus'>;
  readonly isAlive: boolean;
}

function cardOf(spell: Insured, chainStart: string, { file, provenance }: Holder): Card {
  const benefitLevel = levelOf(spell.objectCode);
  const cardCode15 = code15Of(spell, benefitLevel, file);
  return {
    citizenId: file.citizenId,
    id: recordIdOf(file.citizenId, 'card', spell.from),
    cardNumber: numberOf(spell, cardCode15, file),
    cardCode15,
    objectCode: spell.objectCode,
    benefitLevel,
    provinceCode: spell.facility.provinceCode,
    issuingOffice: officeOf(spell.facility.provinceCode),
    livingArea: spell.livingArea,
    facilityCode: spell.facility.code,
    validFrom: spell.from,
    validTo: spell.to,
    fiveYearFrom: addYears(chainStart, 5),
    endedAs: endings.has(spell.status) ? spell.status : null,
    asOf: provenance.asOf,
    integrationStatus: provenance.integrationStatus,
  };
}

/** All cards of a person on a day; `spells` oldest first. */
export function cardsOf(spells: readonly Insured[], holder: Holder, asOf: string): Card[] {
  const last = spells.at(-1);
  const all = last && holder.isAlive ? [...spells, ...renewalOf(last, asOf)] : spells;
  const starts = chainStarts(all);
  return all.map((spell, index) => cardOf(spell, starts[index] ?? spell.from, holder));
}
