import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mapUnit, units } from '#db/population';
import { foldUnitName } from '../../../../db/population/units/fold.ts';
import { generateUnits } from '../../../../db/population/units/generate.ts';

describe('units.tsv', () => {
  it('is what the packages give today, cleaned as counted', async () => {
    const { text, cleaning } = await generateUnits();
    expect(readFileSync(new URL('../../../../db/population/units/units.tsv', import.meta.url), 'utf8')).toBe(
      text,
    );
    expect(cleaning).toEqual({
      rows: 10_977,
      withoutOldCode: 943,
      unknownNewCode: 431,
      split: 26,
      splitKnown: 9,
      unmapped: 25,
    });
  });

  it('has all units of both schemes (five island districts had no communes)', () => {
    expect([units.oldProvinces.length, units.oldWards.length]).toEqual([63, 10_051]);
    expect([units.newProvinces.length, units.newWards.length]).toEqual([34, 3321]);
    expect(new Set(units.oldWards.map((unit) => unit.districtName + unit.province.code)).size).toBe(691);
    expect(units.newWards.every((unit) => unit.districtName === null && /^\d{5}$/.test(unit.ward.code))).toBe(
      true,
    );
  });

  it('is in Unicode form NFC', () => {
    expect(units.oldWards.every((unit) => unit.ward.name === unit.ward.name.normalize('NFC'))).toBe(true);
  });
});

describe('mapUnit', () => {
  it('finds the new unit of a merged province', () => {
    const { normalised, mappingStatus } = mapUnit('25747');
    expect(mappingStatus).toBe('EXACT');
    expect(normalised).toMatchObject({
      scheme: 'POST_2025_07',
      province: { code: '79', name: 'Thành phố Hồ Chí Minh' },
    });
  });

  it.each([
    ['00166', 'SPLIT_AMBIGUOUS'],
    ['26935', 'UNMAPPED'],
    ['99999', 'UNMAPPED'],
  ])('does not guess for %s', (code, mappingStatus) => {
    expect(mapUnit(code)).toEqual({ normalised: null, mappingStatus });
  });

  it('leads every known old unit to a listed new one or to none', () => {
    const counts = { EXACT: 0, SPLIT_AMBIGUOUS: 0, UNMAPPED: 0 };
    const wrong = units.oldWards.filter(({ ward }) => {
      const { normalised, mappingStatus } = mapUnit(ward.code);
      counts[mappingStatus] += 1;
      if (mappingStatus !== 'EXACT') return normalised !== null;
      return normalised === null || units.newWard(normalised.ward.code) !== normalised;
    });
    expect(wrong).toEqual([]);
    expect(counts).toEqual({ EXACT: 10_017, SPLIT_AMBIGUOUS: 9, UNMAPPED: 25 });
  });
});

describe('foldUnitName', () => {
  it('sees one name whatever the normal form, the case and the place of the tone mark', () => {
    expect(foldUnitName('Xã Hoà Bình')).toBe(foldUnitName('XÃ HÒA  BÌNH'.normalize('NFD')));
    expect(foldUnitName('Xã Thuỷ An')).toBe(foldUnitName('Xã Thủy An'));
    expect(foldUnitName('Xã Hoa Bình')).not.toBe(foldUnitName('Xã Hòa Bình'));
  });
});
