import { Kind, parse, type DocumentNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { agencyNames } from '#schema';
import { coverTypes } from '../../schema/mark-coverage.ts';
import { markOf, needOf } from '../../schema/marks.ts';
import { readTypes, type SdlTypes } from '../../schema/sdl-types.ts';
import { plainTypeDefsOf } from '../../schema/typedefs.ts';
import { parseFieldList, readFieldList, type FieldRow } from '../support/field-list.ts';
import { listDescribed, listObjectFields, readSharedTypes } from '../support/sdl.ts';

const shared = readSharedTypes();
const owner = 'population';
const typeOf = (name: string): string => name.split('.')[0] ?? name;

/** The fields an agency answers for: not the shared types, not the entity's key when another agency owns it. */
function listOwnFields(agency: string, document: DocumentNode): string[] {
  return listObjectFields(document)
    .filter(({ field }) => !shared.has(typeOf(field)) && !field.includes('._'))
    .filter(({ field }) => agency === owner || field !== 'Citizen.id')
    .map(({ field, type }) => `${field}: ${type}`);
}

function compareFields(agency: string, document: DocumentNode, rows: readonly FieldRow[]): string[] {
  const fields = listOwnFields(agency, document);
  const listed = rows.filter((row) => row.agency === agency).map(({ field, type }) => `${field}: ${type}`);
  const twice = listed.filter((text, index) => listed.indexOf(text) !== index);
  return [
    ...fields.filter((text) => !listed.includes(text)).map((text) => `not listed: ${text}`),
    ...listed.filter((text) => !fields.includes(text)).map((text) => `not in the SDL: ${text}`),
    ...twice.map((text) => `listed twice: ${text}`),
  ];
}

const vietnamese = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/iu;
const plainWords = /(^|[^\p{L}])(trang|khoa|BHYT|BHXH|CCCD|CMND|VNeID)([^\p{L}]|$)/u;
const isVietnamese = (text: string): boolean => vietnamese.test(text) || plainWords.test(text);
const namesTerm = (description: string): boolean =>
  [...description.normalize('NFC').matchAll(/\(([^()]+)\)/g)].some(([, inside = '']) => isVietnamese(inside));

const wrappers = /(Connection|Edge)$/;
const carriesTerm = new Set<Kind>([Kind.OBJECT_TYPE_DEFINITION, Kind.ENUM_TYPE_DEFINITION]);

/** An entity and its key are described by the agency that owns them. */
const isDescribedByOwner = (agency: string, name: string): boolean =>
  agency !== owner && (name === 'Citizen' || name === 'Citizen.id');

function findSilent(agency: string, document: DocumentNode): string[] {
  return listDescribed(document).flatMap(({ name, description, kind }) => {
    if (isDescribedByOwner(agency, name)) return [];
    if (description === '') return [`no description: ${name}`];
    const needsTerm = carriesTerm.has(kind) && name !== 'Query' && !wrappers.test(name);
    return needsTerm && !namesTerm(description) ? [`no Vietnamese term: ${name}`] : [];
  });
}

const personal = 'PERSONAL_INFORMATION';

/** The scopes a field is read under: of its own mark, or of the marks that lead to its type. */
function listScopes(coordinate: string, types: SdlTypes): ReadonlySet<string> {
  const [name = '', field = ''] = coordinate.split('.');
  const node = types.get(name)?.fields.find((each) => each.name.value === field);
  const own = node && markOf(node);
  const marks = own ? [own] : (coverTypes(types).get(name) ?? []).map(({ mark }) => mark);
  return new Set(marks.flatMap((mark) => needOf(mark)?.scope ?? []));
}

describe('docs/fields.md and the SDL', () => {
  const rows = readFieldList();

  it.each(agencyNames)('%s: every field is listed once, and every row is a field', (agency) => {
    expect(compareFields(agency, plainTypeDefsOf(agency), rows)).toEqual([]);
  });

  it.each(agencyNames)('%s: lists fields at all, under its own heading', (agency) => {
    const own = rows.filter((row) => row.section === agency);
    expect(own.length).toBeGreaterThan(5);
    expect(own.filter((row) => row.agency !== agency)).toEqual([]);
  });

  it('every row has its terms, its sensitivity and a known agency', () => {
    const sensitivities = ['basic', 'sensitive', 'technical'];
    const known: readonly string[] = agencyNames;
    const poor = rows.filter(
      (row) =>
        row.term === '' ||
        row.vietnameseTerm === '' ||
        !sensitivities.includes(row.sensitivity) ||
        !known.includes(row.agency),
    );
    expect(poor).toEqual([]);
  });

  it.each(agencyNames)('%s: nothing sensitive is read as mere personal information', (agency) => {
    const types = readTypes(plainTypeDefsOf(agency));
    const sensitive = rows.filter((row) => row.agency === agency && row.sensitivity === 'sensitive');
    expect(sensitive.flatMap(({ field }) => (listScopes(field, types).has(personal) ? [field] : []))).toEqual(
      [],
    );
  });

  it.each(agencyNames)('%s: every type, field, argument and enum value is described', (agency) => {
    expect(findSilent(agency, plainTypeDefsOf(agency))).toEqual([]);
  });
});

describe('the comparison finds', () => {
  const document = parse(`
    "A citizen (công dân)."
    type Citizen { id: ID! "Plates." plates(first: Int): [Plate!] }
    "A plate (biển số)."
    type Plate { "Number." number: String! colour: Colour }
    "A colour (sơn)."
    enum Colour { WHITE }
    "Pages (trang)."
    type PageInfo { size: Int }
  `);
  const row = (field: string, type: string): FieldRow =>
    parseFieldList(`## vehicles\n| \`${field}\` | a | ă | ${type} | basic | vehicles |`)[0]!;
  const complete = [
    row('Citizen.plates', '[Plate!]'),
    row('Plate.number', 'String!'),
    row('Plate.colour', 'Colour'),
  ];

  it('nothing in a complete list', () => {
    expect(compareFields('vehicles', document, complete)).toEqual([]);
  });

  it('a missing row, a wrong type, a row too many, a row twice', () => {
    const rows = [
      row('Plate.number', 'String'),
      row('Plate.colour', 'Colour'),
      row('Plate.colour', 'Colour'),
    ];
    expect(compareFields('vehicles', document, rows)).toEqual([
      'not listed: Citizen.plates: [Plate!]',
      'not listed: Plate.number: String!',
      'not in the SDL: Plate.number: String',
      'listed twice: Plate.colour: Colour',
    ]);
  });

  it('the key of the entity, for its owner only', () => {
    expect(compareFields('population', document, [])).toContain('not listed: Citizen.id: ID!');
  });

  it('what has no description, and a type without its Vietnamese term', () => {
    expect(findSilent(owner, document)).toEqual([
      'no description: Citizen.id',
      'no description: Citizen.plates(first:)',
      'no description: Plate.colour',
      'no description: Colour.WHITE',
      'no description: PageInfo.size',
    ]);
    expect(findSilent(owner, parse('"A plate (plate)." type Plate { "Number." number: String }'))).toEqual([
      'no Vietnamese term: Plate',
    ]);
    expect(findSilent('vehicles', document)).not.toContain('no description: Citizen.id');
    expect(findSilent(owner, parse('type Plate { "Number." number: String }'))).toEqual([
      'no description: Plate',
    ]);
  });

  it('the scopes of a field, its own and those above it', () => {
    const types = readTypes(
      parse(`type Citizen { plates: Plate @consent(scope: "VEHICLES") name: String @consent(scope: "RESIDENCE") }
        type Plate { number: String }`),
    );
    expect([...listScopes('Plate.number', types)]).toEqual(['VEHICLES']);
    expect([...listScopes('Citizen.name', types)]).toEqual(['RESIDENCE']);
  });

  it('a row that is not a row', () => {
    expect(() => parseFieldList('| `Plate.number` | plate | biển số | String! |')).toThrow('six cells');
  });
});
