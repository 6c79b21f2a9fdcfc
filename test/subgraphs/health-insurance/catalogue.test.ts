import { describe, expect, it } from 'vitest';
import { facilities as allFacilities, households, type PopulationPlan } from '#db/population';
import { collectRows, insuranceNumberOf } from '#kit';
import { objectRows, resultCodeRows } from '../../../subgraphs/health-insurance/catalogue.ts';
import { healthInsurance } from '../../../subgraphs/health-insurance/index.ts';
import { benefitLevels, cards, coPayments, files } from '../../../subgraphs/health-insurance/tables.ts';

describe('the catalogue of insured groups', () => {
  it.each([
    [1, 'CC TE'],
    [2, 'CK CB KC HN DT DK XD BT TS'],
    [3, 'HT TC CN'],
    [4, 'DN HX CH NN TK HC XK TB NO CT XB TN CS XN MS HD TQ TA TY HG LS HS SV GB GD'],
    [5, 'CA QN CY'],
  ])('has the groups of level %i', (level, codes) => {
    const found = objectRows.filter(({ benefitLevel }) => benefitLevel === level).map(({ code }) => code);
    expect(found.sort()).toEqual(codes.split(' ').sort());
  });

  it('has every result code once', () => {
    expect(new Set(resultCodeRows.map(({ code }) => code)).size).toBe(resultCodeRows.length);
    expect(new Set(resultCodeRows.map(({ reason }) => reason)).size).toBe(resultCodeRows.length);
  });
});

describe('insurance numbers', () => {
  it('differ for different personal numbers and begin as no province does', () => {
    const personalIds = Array.from(
      { length: 100_000 },
      (_, index) => `0991${String(index * 997).padStart(8, '0')}`,
    );
    const numbers = new Set(personalIds.map(insuranceNumberOf));
    expect(numbers.size).toBe(personalIds.length);
    for (const number of numbers) expect(number).toMatch(/^98\d{8}$/);
  });
});

describe('the rows of a population', () => {
  const plan: PopulationPlan = { seed: 5, citizens: 1500, asOf: '2026-12-10' };
  const homes = [...households(plan)];
  const rows = collectRows(healthInsurance, { plan, step: 0 }, homes);
  const cardRows = (rows.get(cards) ?? []) as (typeof cards.$inferInsert)[];
  const fileRows = (rows.get(files) ?? []) as (typeof files.$inferInsert)[];

  it('are the same when told again', () => {
    expect(collectRows(healthInsurance, { plan, step: 0 }, homes)).toEqual(rows);
  });

  it('give most people a card, under ids of their own, in terms that do not overlap', () => {
    expect(cardRows.length).toBeGreaterThan(1500);
    expect(new Set(cardRows.map(({ id }) => id)).size).toBe(cardRows.length);
    const byCitizen = new Map<string, (typeof cardRows)[number]>();
    for (const card of cardRows) {
      const before = byCitizen.get(card.citizenId);
      if (before) expect(card.validFrom > before.validTo).toBe(true);
      expect(card.validFrom <= card.validTo).toBe(true);
      byCitizen.set(card.citizenId, card);
    }
    expect(byCitizen.size).toBe(fileRows.length);
  });

  it('carry codes that agree with group, level, province and number', () => {
    const numbers = new Map(fileRows.map((file) => [file.citizenId, file]));
    for (const card of cardRows) {
      const file = numbers.get(card.citizenId);
      const code = `${card.objectCode}${card.benefitLevel}${card.provinceCode}${file?.insuranceNumber}`;
      expect(code).toMatch(/^([A-Z]{2})([1-5])(\d{2})(\d{10})$/);
      expect(card.cardCode15).toBe(card.validFrom < '2025-08-01' ? code : null);
      if (card.validFrom >= '2025-08-01') expect(card.cardNumber).toBe(file?.personalId);
      expect(objectRows).toContainEqual(expect.objectContaining({ code: card.objectCode }));
    }
  });

  it('name facilities and levels of the catalogue', () => {
    const codes = new Set(allFacilities().map(({ code }) => code));
    for (const { facilityCode } of cardRows) expect(codes).toContain(facilityCode);
    expect(rows.get(benefitLevels)).toHaveLength(5);
  });

  it('hold co-payments of this year only, in whole đồng', () => {
    const payments = (rows.get(coPayments) ?? []) as (typeof coPayments.$inferInsert)[];
    expect(payments.length).toBeGreaterThan(100);
    for (const { year, paid, ceilingPassedOn } of payments) {
      expect(year).toBe(2026);
      expect(Number.isSafeInteger(paid) && paid > 0).toBe(true);
      expect(ceilingPassedOn !== null).toBe(paid > 14_040_000);
    }
  });

  it('renew cards that end with the year', () => {
    expect(cardRows.some(({ validFrom }) => validFrom === '2027-01-01')).toBe(true);
  });
});
