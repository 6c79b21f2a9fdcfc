import { readFileSync } from 'node:fs';
import type { Address, Coded, Unit } from '../person.ts';

type Mapping = Pick<Address, 'normalised' | 'mappingStatus'>;

interface Register {
  /** All 63 provinces until 30/6/2025; the codes have two digits. */
  readonly oldProvinces: readonly Coded[];
  /** All 34 provinces since 1/7/2025. */
  readonly newProvinces: readonly Coded[];
  /** The 10,051 communes of the old scheme, by code. */
  readonly oldWards: readonly Unit[];
  /** The 3,321 communes of the new scheme, by code. */
  readonly newWards: readonly Unit[];
  readonly oldWard: ReadonlyMap<string, Unit>;
  readonly newWard: ReadonlyMap<string, Unit>;
  readonly oldWardsOf: ReadonlyMap<string, readonly Unit[]>;
  readonly newWardsOf: ReadonlyMap<string, readonly Unit[]>;
  readonly mappings: ReadonlyMap<string, Mapping>;
}

type Line = readonly string[];

/** `units.tsv`: P, W new provinces and wards; p, d, w old provinces, districts and wards with their new codes. */
function readLines(): ReadonlyMap<string, readonly Line[]> {
  const kinds = new Map<string, Line[]>();
  for (const text of readFileSync(new URL('./units.tsv', import.meta.url), 'utf8').split('\n')) {
    const [kind, ...fields] = text.split('\t');
    if (!kind) continue;
    const lines = kinds.get(kind);
    if (lines) lines.push(fields);
    else kinds.set(kind, [fields]);
  }
  return kinds;
}

const coded = ([code = '', name = '']: Line): Coded => ({ code, name });

function unitOf(
  scheme: Unit['scheme'],
  line: Line,
  province: Coded | undefined,
  districtName: string | null,
): Unit {
  if (!province) throw new Error('units.tsv names a province that it does not list; make it anew.');
  return { scheme, ward: coded(line), districtName, province };
}

function readOldWards(
  lines: readonly Line[],
  districts: readonly Line[],
  provinces: readonly Coded[],
): Unit[] {
  const district = new Map(districts.map((line) => [line[0], line]));
  const province = new Map(provinces.map((item) => [item.code, item]));
  return lines.map((line) => {
    const of = district.get(line[2] ?? '');
    return unitOf('PRE_2025_07', line, province.get(of?.[2] ?? ''), of?.[1] ?? null);
  });
}

function mappingOf(codes: string, newWard: ReadonlyMap<string, Unit>): Mapping {
  const [first, second] = codes.split(',');
  const normalised = newWard.get(first ?? '');
  if (!normalised) return { normalised: null, mappingStatus: 'UNMAPPED' };
  return second
    ? { normalised: null, mappingStatus: 'SPLIT_AMBIGUOUS' }
    : { normalised, mappingStatus: 'EXACT' };
}

function groupByProvince(list: readonly Unit[]): ReadonlyMap<string, readonly Unit[]> {
  const groups = new Map<string, Unit[]>();
  for (const unit of list) {
    const group = groups.get(unit.province.code);
    if (group) group.push(unit);
    else groups.set(unit.province.code, [unit]);
  }
  return groups;
}

const byCode = (list: readonly Unit[]): ReadonlyMap<string, Unit> =>
  new Map(list.map((unit) => [unit.ward.code, unit]));

function readRegister(): Register {
  const kinds = readLines();
  const lines = (kind: string): readonly Line[] => kinds.get(kind) ?? [];
  const oldProvinces = lines('p').map(coded);
  const newProvinces = lines('P').map(coded);
  const province = new Map(newProvinces.map((item) => [item.code, item]));
  const newWards = lines('W').map((line) => unitOf('POST_2025_07', line, province.get(line[2] ?? ''), null));
  const oldWards = readOldWards(lines('w'), lines('d'), oldProvinces);
  const newWard = byCode(newWards);
  return {
    oldProvinces,
    newProvinces,
    oldWards,
    newWards,
    oldWard: byCode(oldWards),
    newWard,
    oldWardsOf: groupByProvince(oldWards),
    newWardsOf: groupByProvince(newWards),
    mappings: new Map(lines('w').map((line) => [line[0] ?? '', mappingOf(line[3] ?? '', newWard)])),
  };
}

let register: Register | undefined;

/** The administrative units of both schemes; read from `units.tsv` at the first question (some 30 ms). */
export function readUnits(): Register {
  register ??= readRegister();
  return register;
}

/** First day of the two-tier scheme (Resolution 202/2025/QH15). */
export const NEW_SCHEME_FROM = '2025-07-01';

/**
 * Where an old ward lies today. `EXACT`: one new ward; `SPLIT_AMBIGUOUS`: several, so the address alone does not tell;
 * `UNMAPPED`: not in the published mapping, or not an old ward.
 */
export function mapUnit(oldWardCode: string): Mapping {
  return readUnits().mappings.get(oldWardCode) ?? { normalised: null, mappingStatus: 'UNMAPPED' };
}

/** An address with today's unit beside it; a unit of the new scheme is its own. */
export function addressOf(line: string, unit: Unit): Address {
  if (unit.scheme === 'POST_2025_07') return { line, unit, normalised: unit, mappingStatus: 'EXACT' };
  return { line, unit, ...mapUnit(unit.ward.code) };
}

/** Thrown for a code that no unit of the scheme has. */
export function oldWard(code: string): Unit {
  const unit = readUnits().oldWard.get(code);
  if (!unit) throw new RangeError('No commune of the scheme before 1/7/2025 has this code.');
  return unit;
}

/** As {@link oldWard}, for the scheme since 1/7/2025. */
export function newWard(code: string): Unit {
  const unit = readUnits().newWard.get(code);
  if (!unit) throw new RangeError('No commune of the scheme since 1/7/2025 has this code.');
  return unit;
}

/** Lists and look-ups over both schemes, all lazy. */
export const units = {
  get oldProvinces() {
    return readUnits().oldProvinces;
  },
  get newProvinces() {
    return readUnits().newProvinces;
  },
  get oldWards() {
    return readUnits().oldWards;
  },
  get newWards() {
    return readUnits().newWards;
  },
  oldWard: (code: string): Unit | undefined => readUnits().oldWard.get(code),
  newWard: (code: string): Unit | undefined => readUnits().newWard.get(code),
  oldWardsOf: (provinceCode: string): readonly Unit[] => readUnits().oldWardsOf.get(provinceCode) ?? [],
  newWardsOf: (provinceCode: string): readonly Unit[] => readUnits().newWardsOf.get(provinceCode) ?? [],
  map: mapUnit,
} as const;
