import { readFileSync } from 'node:fs';
import { buildSchema, parse, print, type DocumentNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { agencyNames, guardsOf, lintMarks, readMarks, readSupergraph, typeDefsOf } from '#schema';
import type { Need, Scope } from '#schema';
import { readCommitted } from '../../schema/compose.ts';
import { describeMark, describeMarks } from '../../schema/mark-words.ts';
import { plainTypeDefsOf } from '../../schema/typedefs.ts';
import { listDescribed } from '../support/sdl.ts';

const shared = readFileSync(new URL('../../schema/directives.graphql', import.meta.url), 'utf8');
const documentOf = (text: string): DocumentNode => parse(`${shared}\n${text}`);

/** Lints agencies `a`, `b`, … with these texts after the shared one. */
const lint = (...texts: readonly string[]): string[] =>
  lintMarks(texts.map((text, index) => ({ name: 'abc'.charAt(index), document: documentOf(text) })));

const residence = '@consent(scope: "RESIDENCE")';
const vehicles = '@consent(scope: "VEHICLES")';
const anybody = '@level(min: 1, scope: "ANY")';
const open = '@open(why: "Public.")';
/** An entity with these fields. */
const citizen = (fields: string, directives = ''): string =>
  `type Citizen @key(fields: "id") ${directives} { id: ID! ${fields} }`;
const home = citizen(`home: Home ${residence}`);

type Sample = readonly [what: string, sdl: string, sentence: string];

const places: readonly Sample[] = [
  ['an unmarked field', citizen('name: String'), 'Citizen.name (a): has no mark'],
  [
    'an unmarked field of an extension',
    `${citizen('')} extend type Citizen { name: String }`,
    'Citizen.name (a): has no mark',
  ],
  ['an unmarked query', 'type Query { plates: Int }', 'Query.plates (a): has no mark'],
  ['an unmarked mutation', 'type Mutation { sell: Int }', 'Mutation.sell (a): has no mark'],
  ['two marks', citizen(`home: String ${residence} ${open}`), 'Citizen.home (a): carries several marks'],
  [
    'the same mark twice',
    citizen(`home: String ${residence} ${residence}`),
    'Citizen.home (a): carries several marks',
  ],
  [
    'an unknown scope',
    citizen('home: String @consent(scope: "HOMES")'),
    'Citizen.home (a): its mark names no known scope',
  ],
  [
    'a wildcard for a scope',
    citizen('home: String @consent(scope: "*")'),
    'Citizen.home (a): its mark names no known scope',
  ],
  [
    'a property of every object for a scope',
    citizen('home: String @consent(scope: "constructor")'),
    'Citizen.home (a): its mark names no known scope',
  ],
  ['no scope', citizen('home: String @consent'), 'Citizen.home (a): its mark names no known scope'],
  ...['0', '3', '"1"', '1.5'].map((min): Sample => [
    `level ${min}`,
    citizen(`name: String @level(min: ${min}, scope: "PERSONAL_INFORMATION")`),
    'Citizen.name (a): its mark names no known scope, level or reason',
  ]),
  [
    'no reason for opening',
    citizen('name: String @open(why: " ")'),
    'Citizen.name (a): its mark names no known scope, level or reason',
  ],
  ['a marked key', `type Citizen @key(fields: "id") { id: ID ${residence} }`, 'Citizen.id (a): is the key'],
  [
    'a field defined twice',
    `${citizen(`home: String ${residence}`)} extend type Citizen { home: String ${open} }`,
    'Citizen.home (a): is defined twice',
  ],
  [
    'a non-nullable guarded field',
    citizen(`home: String! ${residence}`),
    'Citizen.home (a): is guarded; make it nullable',
  ],
  [
    'a non-nullable guarded list',
    `type Query { citizens(personalIds: [PersonalId!]!): [Citizen]! ${anybody} } ${citizen('')}`,
    'Query.citizens (a): is guarded; make it nullable',
  ],
  [
    'an integrated category at level 1',
    citizen('home: String @level(min: 1, scope: "RESIDENCE")'),
    'Citizen.home (a): scope RESIDENCE is of level 2',
  ],
  ...['ANY', 'OWN_CONSENTS', 'REGISTER_AUDIT'].map((scope): Sample => [
    `scope ${scope} on the entity`,
    citizen(`home: String @consent(scope: "${scope}")`),
    `Citizen.home (a): scope ${scope} is for root fields`,
  ]),
  [
    'scope ANY over a value',
    `type Query { home: Home ${anybody} } type Home { name: String }`,
    'Query.home (a): scope ANY only leads to a Citizen',
  ],
  [
    'a guard inside a value',
    `${home} type Home { name: String @consent(scope: "ID_CARDS") }`,
    'Home.name (a): a value has no subject to decide on',
  ],
  [
    'a value that is half open',
    `${home} type Home { name: String ${open} street: String }`,
    'Home.name (a): the mark above covers it; mark all fields of Home @open',
  ],
  [
    'an open way to a citizen',
    `type Query { find: Find ${open} } type Find { found: [Citizen!] } ${citizen('')}`,
    'Query.find (a): leads to a Citizen and so tells who exists',
  ],
];

const subjects: readonly Sample[] = [
  [
    'a number under another name',
    `type Query { home(number: PersonalId!): String ${residence} }`,
    'Query.home(number:) (a): the guard would ask about another subject',
  ],
  [
    'a number inside an input',
    `type Query { home(by: By!): String ${residence} } input By { deep: Deep me: By } input Deep { a: [PersonalId!] }`,
    'Query.home(by:) (a): the guard would ask about another subject',
  ],
  [
    'a list under the name of one',
    `type Query { home(personalId: [PersonalId!]!): String ${residence} }`,
    'Query.home(personalId:) (a): the guard would ask about another subject',
  ],
  [
    'a subject that is text',
    `type Query { home(personalId: String!): String ${residence} }`,
    'Query.home(personalId:) (a): the guard would ask about another subject',
  ],
  [
    'one number beside a list',
    `type Query { home(personalId: PersonalId!, personalIds: [PersonalId!]!): [String] ${residence} }`,
    'Query.home(personalIds:) (a): the guard would ask about another subject',
  ],
  [
    'a number on the entity',
    citizen(`near(personalIds: [PersonalId!]!): [Boolean] ${residence}`),
    'Citizen.near(personalIds:) (a): the guard would ask about another subject',
  ],
  [
    'a number inside a value',
    `${home} type Home { near(personalId: PersonalId!): Boolean }`,
    'Home.near(personalId:) (a): the guard would ask about another subject',
  ],
  [
    'a list whose elements cannot be refused alone',
    `type Query { citizens(personalIds: [PersonalId!]!): [Citizen!] ${anybody} } ${citizen('')}`,
    'Query.citizens (a): each of personalIds is decided for itself; answer [Citizen].',
  ],
  [
    'another entity',
    'type Plate @key(fields: "number") { number: ID! }',
    'Plate (a): is an entity whose subject',
  ],
  [
    'another entity, only referred to',
    'type Plate @key(fields: "number", resolvable: false) { number: ID! }',
    'Plate (a): is an entity whose subject',
  ],
  [
    'another entity under a name not imported',
    'type Plate @federation__key(fields: "number") { number: ID! }',
    'Plate (a): is an entity whose subject',
  ],
  [
    'an entity that is an interface',
    'interface Thing @key(fields: "id") { id: ID! }',
    'Thing (a): is an entity',
  ],
  [
    'a key that is data',
    citizen('personalId: String @consent(scope: "PERSONAL_INFORMATION")', '@key(fields: "personalId")'),
    'Citizen (a): a key other than id carries data past its guard',
  ],
  [
    'a citizen without a key',
    `type Citizen { id: ID! home: String ${residence} }`,
    'Citizen (a): has no @key',
  ],
  ['a subscription', `type Subscription { moved: String ${residence} }`, 'Subscription (a): no guard runs'],
  [
    'a renamed root',
    `schema { query: Start } type Start { version: Int }`,
    'Start (a): a root type is called Query or Mutation',
  ],
];

const covers: readonly Sample[] = [
  ['a value that no mark covers', 'type Home { name: String }', 'Home (a): no mark covers it'],
  [
    'a value that only the key leads to',
    `type Citizen @key(fields: "id") { id: Home } type Home { name: String }`,
    'Home (a): no mark covers it',
  ],
  [
    'a value under two marks',
    `${citizen(`home: Home ${residence} garage: Garage ${vehicles}`)} type Garage { at: Home } type Home { name: String }`,
    'Home: is reached under different marks (Citizen.home: RESIDENCE, level 2; Citizen.garage: VEHICLES, level 2)',
  ],
  [
    'a value under one scope at two levels',
    `${citizen(
      'name: Name @level(min: 1, scope: "PERSONAL_INFORMATION") alias: Name @consent(scope: "PERSONAL_INFORMATION")',
    )} type Name { text: String }`,
    'Name: is reached under different marks',
  ],
  [
    'a guarded value that is open elsewhere',
    `${home} type Query { sample: Home ${open} } type Home { name: String }`,
    'Home: is reached under different marks (Citizen.home: RESIDENCE, level 2; Query.sample: open)',
  ],
  [
    'a value below an open one',
    `${citizen(`home: Where ${residence} garage: Where ${vehicles}`)}
      type Where { home: Home ${open} } type Home { name: String }`,
    'Home: is reached under different marks',
  ],
  [
    'members of a union under two marks',
    `${citizen(`home: Thing ${residence} car: Car ${vehicles}`)}
      union Thing = Home | Car type Home { name: String } type Car { name: String }`,
    'Car: is reached under different marks',
  ],
  [
    'implementers of an interface under two marks',
    `${citizen(`home: Thing ${residence} car: Car ${vehicles}`)}
      interface Thing { name: String } type Car implements Thing { name: String }`,
    'Car: is reached under different marks',
  ],
  [
    'an interface of the entity without a mark',
    `interface Named { id: ID! home: String }
      type Citizen implements Named @key(fields: "id") { id: ID! home: String ${residence} }`,
    'Named.home (a): has no mark; give it that of Citizen.home',
  ],
  [
    'an interface of the entity with another mark',
    `interface Named { id: ID! home: String ${vehicles} }
      type Citizen implements Named @key(fields: "id") { id: ID! home: String ${residence} }`,
    'Named.home (a): Citizen.home carries another mark',
  ],
  [
    'an interface whose implementers differ',
    `interface Named { home: String ${residence} } type Other implements Named { home: String }
      type Citizen implements Named @key(fields: "id") { id: ID! home: String ${residence} }`,
    'Named.home (a): Other.home carries another mark',
  ],
  [
    'a union of the entity and a value',
    `type Query { find: Found ${residence} } union Found = Citizen | Home ${citizen('')} type Home { name: String }`,
    'Found (a): mixes Citizen with values',
  ],
];

const link = (imports: string): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])`;
const carriers: readonly Sample[] = [
  [
    '@shareable',
    citizen(`home: String ${residence} @shareable`),
    'Citizen.home (a): @shareable lets another',
  ],
  [
    '@shareable on the entity',
    citizen(`home: String ${residence}`, '@shareable'),
    'Citizen (a): @shareable lets',
  ],
  [
    '@shareable on a value',
    `${home} type Home @shareable { name: String }`,
    'Home (a): @shareable lets another',
  ],
  [
    '@shareable in a value',
    `${home} type Home { name: String @shareable }`,
    'Home.name (a): @shareable lets',
  ],
  [
    '@shareable under another name',
    `${link('{ name: "@shareable", as: "@shared" }')} ${citizen(`home: String ${residence} @shared`)}`,
    'Citizen.home (a): @shareable lets another',
  ],
  [
    '@shareable not imported',
    citizen(`home: String ${residence} @federation__shareable`),
    'Citizen.home (a): @shareable lets another',
  ],
  [
    '@shareable under another prefix',
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", as: "fed")
      ${citizen(`home: String ${residence} @fed__shareable`)}`,
    'Citizen.home (a): @shareable lets another',
  ],
  [
    '@provides',
    `${citizen(`home: Home ${residence}`)} type Home { owner: Citizen @provides(fields: "fullName") }`,
    'Home.owner (a): @provides serves values of another subgraph',
  ],
  [
    '@requires',
    citizen(`home: String ${residence} @requires(fields: "fullName")`),
    'Citizen.home (a): @requires hands values of another subgraph over',
  ],
  [
    '@requires of an open field',
    citizen(`greeting: String ${open} @requires(fields: "fullName")`),
    'Citizen.greeting (a): @requires hands',
  ],
  ['@external', citizen(`fullName: String ${residence} @external`), 'Citizen.fullName (a): @external takes'],
  [
    'an unknown directive',
    citizen(`home: String ${residence} @connect`),
    'Citizen.home (a): @connect is not known',
  ],
  [
    'a directive of that name',
    citizen(`home: String ${residence} @toString`),
    'Citizen.home (a): @toString is not',
  ],
  [
    '@authenticated',
    citizen(`home: String ${residence} @authenticated`),
    'Citizen.home (a): @authenticated is not',
  ],
  [
    '@override',
    citizen(`home: String ${residence} @override(from: "b")`),
    'Citizen.home (a): @override lets two',
  ],
  [
    '@inaccessible',
    citizen(`home: String ${residence} @inaccessible`),
    'Citizen.home (a): @inaccessible hides',
  ],
  [
    '@interfaceObject',
    `type Thing @interfaceObject @key(fields: "id") { id: ID! }`,
    'Thing (a): @interfaceObject adds fields',
  ],
  ['@context', citizen(`home: String ${residence}`, '@context(name: "c")'), 'Citizen (a): @context hands'],
  [
    '@fromContext',
    `${home} type Home { near(name: String @fromContext(field: "$c { fullName }")): String }`,
    'Home.near(name:) (a): @fromContext takes',
  ],
];

describe('the lint of the marks finds', () => {
  it.each([...places, ...subjects, ...covers, ...carriers])('%s', (_, sdl, sentence) => {
    const found = lint(sdl);
    expect(found).toContainEqual(expect.stringContaining(sentence));
    for (const each of found) expect(each).toMatch(/^[\w.]+(\(\w+:\))?( \(a\))?: .+\.$/);
  });

  it.each(['consent', 'level', 'open'])('that composition would drop @%s', (mark) => {
    const text = shared.replace(`@composeDirective(name: "@${mark}")`, '');
    expect(lintMarks([{ name: 'a', document: parse(text) }])).toEqual([
      `schema (a): composition would drop @${mark}; write @composeDirective(name: "@${mark}").`,
    ]);
  });

  it('a guarded field that another agency defines, too, guarded or not', () => {
    const sentence = 'Citizen.home (a, b): a guarded value has one agency; leave it to one.';
    expect(lint(home.replace('Home', 'String'), citizen(`home: String ${residence}`))).toEqual([sentence]);
    expect(lint(home.replace('Home', 'String'), citizen(`home: String ${open}`))).toEqual([sentence]);
  });

  it('a value that two agencies define, under the marks of both', () => {
    const value = 'type Home { name: String }';
    expect(lint(`${home} ${value}`, `${citizen(`garage: Home ${vehicles}`)} ${value}`)).toEqual([
      'Home: is reached under different marks (Citizen.home: RESIDENCE, level 2; Citizen.garage: VEHICLES, level 2); ' +
        'make a type for each, or open all its fields.',
      'Home.name (a, b): a guarded value has one agency; leave it to one.',
    ]);
  });

  it('an open field with a reason of its own in each agency', () => {
    expect(
      lint(`type Query { version: Int ${open} }`, 'type Query { version: Int @open(why: "Mine.") }'),
    ).toEqual(['Query.version (a, b): carries different marks; give all the same.']);
  });
});

describe('the lint of the marks accepts', () => {
  it.each([
    [
      'a guarded field with its values',
      `${home} type Home { name: String! rooms: [Room!]! } type Room { size: Int }`,
    ],
    ['values that lead back to a citizen', `${home} type Home { owner: Citizen } `],
    ['an open field', citizen(`kind: Kind ${open}`) + ' type Kind { name: String }'],
    [
      'an open value under two marks',
      `${citizen(`home: Where ${residence} garage: Where ${vehicles}`)} type Where @shareable { name: String ${open} }`,
    ],
    [
      'one value under two acts of the register',
      `type Query { mine: Own @level(min: 1, scope: "OWN_CONSENTS") } type Own { since: Date }
        type Mutation { give: Own @consent(scope: "OWN_CONSENTS") }`,
    ],
    [
      'an interface of the entity with its mark',
      `interface Named { id: ID! home: String ${residence} }
        type Citizen implements Named @key(fields: "id") { id: ID! home: String ${residence} }`,
    ],
    [
      'an interface of the key alone',
      `interface Node { id: ID! } type Citizen implements Node @key(fields: "id") { id: ID! @shareable }`,
    ],
    ['a directive that carries nothing', citizen(`home: String ${residence} @deprecated @tag(name: "t")`)],
    [
      'a citizen by number',
      `type Query { citizen(personalId: PersonalId!): Citizen ${anybody} } ${citizen('')}`,
    ],
    [
      'citizens by their numbers',
      `type Query { citizens(personalIds: [PersonalId!]!): [Citizen] ${anybody} } ${citizen('')}`,
    ],
    ['a number that an open question takes', `type Mutation { ask(number: PersonalId!): Int ${open} }`],
    ['a union of citizens', `type Query { find: Found ${residence} } union Found = Citizen ${citizen('')}`],
    ['what the federation adds to the root', 'type Query { _service: String! }'],
  ])('%s', (_, sdl) => {
    expect(lint(sdl)).toEqual([]);
  });

  it('two agencies that add to one citizen', () => {
    expect(lint(home.replace('Home', 'String'), citizen(`garage: String ${vehicles}`))).toEqual([]);
  });
});

describe('the marks of the supergraph', () => {
  const sdl = { name: 'a', document: documentOf(citizen(`home: String ${residence}`)) };
  const lintAgainst = (text: string): string[] => lintMarks([sdl], documentOf(text));

  it('are those of the agencies', () => {
    expect(lintAgainst(citizen(`home: String ${residence}`))).toEqual([]);
  });

  it('may not be lost, changed or added', () => {
    expect(lintAgainst(citizen('home: String'))).toEqual([
      'Citizen.home (supergraph): its mark was lost in composition; run npm run compose.',
    ]);
    expect(lintAgainst(citizen(`home: String ${vehicles}`))).toEqual([
      'Citizen.home (supergraph): carries another mark than in its agency; run npm run compose.',
    ]);
    expect(lintAgainst(citizen(`home: String ${residence} garage: String ${vehicles}`))).toEqual([
      'Citizen.garage (supergraph): no agency marks it so; run npm run compose.',
    ]);
  });
});

describe('reading marks', () => {
  it('fails on what the lint would name', () => {
    expect(() => readMarks(documentOf(citizen('a: Int @consent(scope: "X")')))).toThrow(
      'Citizen.a: its mark names',
    );
    expect(() => readMarks(documentOf(citizen(`a: Int ${residence} ${open}`)))).toThrow(
      'Citizen.a: a field carries',
    );
  });

  it('knows types, extensions and interfaces', () => {
    const marks = readMarks(
      parse(`type A { a: Int ${residence} } extend type A { b: Int @level(min: 1, scope: "ANY") }
        interface B { a: Int ${open} } extend interface B { b: Int ${vehicles} }`),
    );
    expect(Object.fromEntries(marks)).toEqual({
      'A.a': { kind: 'consent', scope: 'RESIDENCE' },
      'A.b': { kind: 'level', min: 1, scope: 'ANY' },
      'B.a': { kind: 'open', why: 'Public.' },
      'B.b': { kind: 'consent', scope: 'VEHICLES' },
    });
    expect(Object.fromEntries(guardsOf(marks))).toEqual({
      'A.a': { scope: 'RESIDENCE', minLevel: 2 },
      'A.b': { scope: 'ANY', minLevel: 1 },
      'B.b': { scope: 'VEHICLES', minLevel: 2 },
    });
  });
});

/** Issue 3: which scope each field of a citizen is read under. */
const byScope: Readonly<Partial<Record<Scope, readonly string[]>>> = {
  PERSONAL_SENSITIVE: ['personalIdWarnings', 'ethnicity', 'religion', 'bloodType', 'idCardSensitiveData'],
  RESIDENCE: ['residence'],
  ID_CARDS: ['idCards'],
  DEPENDANTS: ['dependants', 'representatives'],
  DRIVING_LICENCE: ['drivingLicences'],
  VEHICLES: ['vehicles', 'identificationPlates'],
  HEALTH_INSURANCE: ['healthInsurance'],
  SOCIAL_INSURANCE: ['socialInsurance'],
  HEALTH_RECORDS: ['healthRecords', 'healthProfile'],
};

const entries = Object.entries(byScope) as [Scope, readonly string[]][];

describe('the marks of the agencies', () => {
  const sdls = agencyNames.map((name) => ({ name, document: typeDefsOf(name) }));
  const supergraph = parse(readSupergraph());

  it('hold, in the SDL and in the committed supergraph', () => {
    expect(lintMarks(sdls, supergraph)).toEqual([]);
  });

  it.each(sdls)('hold for $name alone, as it starts', (sdl) => {
    expect(lintMarks([sdl])).toEqual([]);
  });

  it('ask level 2 for the integrated categories, level 1 for the personal information', () => {
    const expected = new Map<string, Need>(
      entries.flatMap(([scope, fields]) =>
        fields.map((field) => [`Citizen.${field}`, { scope, minLevel: 2 } as const]),
      ),
    );
    const found: [string, Need][] = [...guardsOf(readMarks(supergraph))].filter(([coordinate]) =>
      coordinate.startsWith('Citizen.'),
    );
    const others = found.filter(([coordinate]) => !expected.has(coordinate));
    expect(new Map(found.filter(([coordinate]) => expected.has(coordinate)))).toEqual(expected);
    expect(others.length).toBeGreaterThan(15);
    for (const [, need] of others) expect(need).toEqual({ scope: 'PERSONAL_INFORMATION', minLevel: 1 });
  });

  it('let a citizen be found with a basis for anything', () => {
    const guards = guardsOf(readMarks(supergraph));
    for (const field of ['Query.citizen', 'Query.citizens'])
      expect(guards.get(field)).toEqual({ scope: 'ANY', minLevel: 1 });
  });
});

describe('what clients read about the marks', () => {
  const api = buildSchema(readCommitted()?.api ?? '');
  const textOf = (coordinate: string): string => {
    const [name = '', field = ''] = coordinate.split('.');
    const type = api.getType(name);
    if (!type || !('getFields' in type)) return '';
    return (field === '' ? type.description : type.getFields()[field]?.description) ?? '';
  };

  it('is with every marked field of the API', () => {
    const marks = [...readMarks(parse(readSupergraph()))];
    expect(marks.length).toBeGreaterThan(40);
    for (const [coordinate, mark] of marks) expect(textOf(coordinate)).toContain(describeMark(mark));
  });

  it('is with every value that is read under a scope', () => {
    expect(textOf('DrivingLicence')).toContain(
      'Read under scope DRIVING_LICENCE (thuộc phạm vi DRIVING_LICENCE).',
    );
    expect(textOf('PointLedgerEntry')).toContain('Read under scope DRIVING_LICENCE');
    expect(textOf('Vehicle')).toContain('Read under scope VEHICLES');
    for (const name of ['Citizen', 'Query', 'Source', 'PageInfo'])
      expect(textOf(name)).not.toMatch(/Read under/);
  });

  it('says level and scope, or why a field is open, after the words of the agency', () => {
    expect(textOf('Citizen.residence')).toMatch(
      /^Residence information.*\n\nNeeds: level 2 and a basis for scope RESIDENCE \(cần tài khoản mức độ 2 và căn cứ cho phạm vi RESIDENCE\)\.$/su,
    );
    expect(textOf('Citizen.fullName')).toContain('Needs: level 1 and a basis for scope PERSONAL_INFORMATION');
    expect(textOf('Query.citizen')).toContain('Needs: level 1 and a basis for at least one scope');
    expect(textOf('Source.agency')).toMatch(/\n\nOpen: .+\.$/);
    const plain = plainTypeDefsOf('residence');
    expect(print(describeMarks(plain))).toBe(print(typeDefsOf('residence')));
    expect(readMarks(typeDefsOf('residence'))).toEqual(readMarks(plain));
  });

  it.each([
    ['OWN_CONSENTS', 'Needs: level 1, signed in as a citizen through a first-party client'],
    ['REGISTER_AUDIT', 'Needs: the role auditor (cần vai trò kiểm toán viên).'],
  ] as const)('says who %s is for', (scope, words) => {
    expect(describeMark({ kind: 'level', min: 1, scope })).toContain(words);
  });

  it('stands after the words of the SDL, and on values under a scope alone', () => {
    const plain = parse(`
      "A citizen." type Citizen @key(fields: "id") { id: ID! "Home." home: Home ${residence} kind: Kind ${residence} }
      "A home." type Home { "Street." street: String back: Citizen }
      "A kind." type Kind { name: String @open(why: "Public.") }
      interface Named { home: Home ${residence} }`);
    const needs =
      'Needs: level 2 and a basis for scope RESIDENCE (cần tài khoản mức độ 2 và căn cứ cho phạm vi RESIDENCE).';
    const texts = listDescribed(describeMarks(plain)).map(({ name, description }) => [name, description]);
    expect(texts.filter(([, description]) => description !== '')).toEqual([
      ['Citizen', 'A citizen.'],
      ['Citizen.home', `Home.\n\n${needs}`],
      ['Citizen.kind', needs],
      ['Home', 'A home.\n\nRead under scope RESIDENCE (thuộc phạm vi RESIDENCE).'],
      ['Home.street', 'Street.'],
      ['Kind', 'A kind.'],
      ['Kind.name', 'Open: Public.'],
      ['Named.home', needs],
    ]);
  });

  it('ends a reason once', () => {
    expect(describeMark({ kind: 'open', why: 'Public.' })).toBe('Open: Public.');
    expect(describeMark({ kind: 'open', why: 'Public' })).toBe('Open: Public.');
  });
});
