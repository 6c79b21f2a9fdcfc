import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { profileQuery } from '../../gateway/explorer/profile-query.ts';
import { anonymous, appCaller, citizenCaller, type Caller } from '../support/callers.ts';
import { startGraphUnderTest, ways, type GraphAnswer } from '../support/graph-under-test.ts';
import { writeGrant } from '../support/grants.ts';
import { personaNamed } from '../support/personas.ts';
import { findValues, readProtectedValues } from '../support/protected-values.ts';

type Graph = Awaited<ReturnType<typeof startGraphUnderTest>>;

const an = personaNamed('nguyen-van-an');
const stranger = personaNamed('stranger');
const binh = personaNamed('tran-thi-binh');
const children = ['child-13-364-days', 'child-6'].map(personaNamed);
const oldCmnd = binh.identifiers.find(({ value }) => value.length === 9)?.value ?? '';
const unknown = '099000000000';

/** Reads who An is, by An's consent, and nothing else of anybody. */
const bank = appCaller('bank-loans', 'loan-assessment');
/** Reads whom An represents, by An's consent. */
const school = appCaller('school', 'school-enrolment');
const asAn = citizenCaller(an.citizenId);

const shown = { fullName: 'Nguyễn Văn An', dateOfBirth: '1985-04-12' };
const profile = /citizen\(personalId: \$personalId\) \{([\s\S]*)\}\s*\}\s*$/.exec(profileQuery)?.[1] ?? '';
const who = 'fullName dateOfBirth';
const home = 'residence { permanent { address { line province { name } } } household { memberCount } }';

interface Case {
  readonly title: string;
  readonly caller: Caller;
  readonly document: string;
  readonly operationName?: string;
  readonly data: unknown;
  /** Response paths to `CODE REASON`. */
  readonly refused: Readonly<Record<string, string>>;
}

const none = 'CONSENT_REQUIRED NO_CONSENT';
const beyond = 'FORBIDDEN FIELD_NOT_IN_PURPOSE';
const given =
  '$an: PersonalId = "' +
  `${an.personalId}", $stranger: PersonalId = "${stranger.personalId}", $yes: Boolean = true, $no: Boolean = false`;
const query = (selections: string, fragments = ''): string =>
  `query Asked($an: PersonalId!, $stranger: PersonalId!, $yes: Boolean = true, $no: Boolean = false, $list: [PersonalId!] = []) {
    ${selections} used: __typename @include(if: $yes) @skip(if: $no)
    more: citizens(personalIds: $list) @include(if: $no) { id }
    own: citizen(personalId: $an) @include(if: $no) { id } other: citizen(personalId: $stranger) @include(if: $no) { id } } ${fragments}`;
const used = { used: 'Query' };
const mixed = [an.personalId, stranger.personalId, unknown, oldCmnd, an.personalId, stranger.personalId];
const numbers = JSON.stringify(mixed);
const nullAt = (path: string, indexes: readonly number[]) =>
  Object.fromEntries(indexes.map((index) => [`${path}.${index}`, none]));

const cases: readonly Case[] = [
  {
    title: 'the profile as it is',
    caller: bank,
    document: query(`citizen(personalId: $stranger) { ${profile} }`),
    data: { citizen: null, ...used },
    refused: { citizen: none },
  },
  {
    title: 'aliases of root and field',
    caller: bank,
    document: query(
      `a: citizen(personalId: $stranger) { x: fullName y: fullName z: ${home} }
       b: citizen(personalId: "${oldCmnd}") { x: fullName }
       c: citizen(personalId: $an) { x: fullName h: ${home} i: ${home} v: vehicles { plateNumber } }`,
    ),
    data: { a: null, b: null, c: { x: shown.fullName, h: null, i: null, v: null }, ...used },
    refused: { a: none, b: none, 'c.h': none, 'c.i': none, 'c.v': beyond },
  },
  {
    title: 'an alias that poses as another field',
    caller: bank,
    document: query(`citizen(personalId: $an) { sex: fullName fullName: ${home} __proto__: ${home} }`),
    data: { citizen: JSON.parse(`{"sex":"${shown.fullName}","fullName":null,"__proto__":null}`), ...used },
    refused: { 'citizen.fullName': none, 'citizen.__proto__': none },
  },
  {
    title: 'named, inline and nested fragments',
    caller: bank,
    document: query(
      'citizen(personalId: $stranger) { ...One ... on Citizen { ...Two ... { fullName } } } known: citizen(personalId: $an) { ...One ...Two }',
      `fragment One on Citizen { ${who} ...Two } fragment Two on Citizen { ... on Citizen { ${home} ...Three } }
       fragment Three on Citizen { healthRecords(first: 1) { nodes { admittedOn } } }`,
    ),
    data: { citizen: null, known: { ...shown, residence: null, healthRecords: null }, ...used },
    refused: { citizen: none, 'known.residence': none, 'known.healthRecords': beyond },
  },
  {
    title: '@include and @skip that let it through',
    caller: bank,
    document: query(
      `citizen(personalId: $stranger) @include(if: $yes) { ... @skip(if: $no) { ${who} @include(if: $yes) } }
       known: citizen(personalId: $an) { ... @include(if: $yes) { ${home} } fullName @skip(if: $yes) }`,
    ),
    data: { citizen: null, known: { residence: null }, ...used },
    refused: { citizen: none, 'known.residence': none },
  },
  {
    title: '@include and @skip that leave it out',
    caller: bank,
    document: query(
      `citizen(personalId: $stranger) @skip(if: $yes) { ${who} }
       known: citizen(personalId: $an) { fullName ... @include(if: $no) { ${home} } vehicles @skip(if: $yes) { plateNumber } }`,
    ),
    data: { known: { fullName: shown.fullName }, ...used },
    refused: {},
  },
  {
    title: 'a list of mixed people, an unknown number, an old CMND and duplicates',
    caller: bank,
    document: query(`citizens(personalIds: ${numbers}) { ${who} }`),
    data: { citizens: [shown, null, null, null, shown, null], ...used },
    refused: nullAt('citizens', [1, 2, 3, 5]),
  },
  {
    title: 'the same list in a fragment, under an alias, with a refused category',
    caller: bank,
    document: query(
      `list: citizens(personalIds: ${numbers}) { ...Part }`,
      `fragment Part on Citizen { fullName ... { ${home} } idCardSensitiveData { issuedOn } }`,
    ),
    data: {
      list: mixed.map((number) =>
        number === an.personalId
          ? { fullName: shown.fullName, residence: null, idCardSensitiveData: null }
          : null,
      ),
      ...used,
    },
    refused: {
      ...nullAt('list', [1, 2, 3, 5]),
      'list.0.residence': none,
      'list.4.residence': none,
      'list.0.idCardSensitiveData': beyond,
      'list.4.idCardSensitiveData': beyond,
    },
  },
  {
    title: 'a list without anybody who consented',
    caller: bank,
    document: query(
      `citizens(personalIds: ["${stranger.personalId}", "${unknown}", "${oldCmnd}"]) { ${who} }`,
    ),
    data: { citizens: null, ...used },
    refused: { citizens: none },
  },
  {
    title: 'nesting through dependants',
    caller: school,
    document: query(
      `citizen(personalId: $an) { dependants { relation validFrom verifiedAt listingEndsOn
        citizen { fullName dateOfBirth hometown { province { name } } dependants { citizen { fullName } } representatives { relation validFrom } } } }`,
    ),
    data: {
      citizen: {
        dependants: children.map(() => ({
          relation: 'CHILD_BIOLOGICAL',
          validFrom: null,
          verifiedAt: null,
          listingEndsOn: null,
          citizen: {
            fullName: null,
            dateOfBirth: null,
            hometown: null,
            dependants: null,
            representatives: null,
          },
        })),
      },
      ...used,
    },
    refused: Object.fromEntries(
      children.flatMap((_, index) =>
        ['fullName', 'dateOfBirth', 'hometown', 'dependants', 'representatives'].map((name) => [
          `citizen.dependants.${index}.citizen.${name}`,
          none,
        ]),
      ),
    ),
  },
  {
    title: 'several operations in one document',
    caller: bank,
    document:
      `query Granted(${given}) { citizen(personalId: $an) { ${who} } a: __typename @include(if: $yes) @skip(if: $no) o: citizen(personalId: $stranger) @include(if: $no) { id } }
      query Refused(${given}) { citizen(personalId: $stranger) { ...Who } a: __typename @include(if: $yes) @skip(if: $no) o: citizen(personalId: $an) @include(if: $no) { id } }
      fragment Who on Citizen { ${who} }`.replaceAll('PersonalId =', 'PersonalId! ='),
    operationName: 'Refused',
    data: { citizen: null, a: 'Query' },
    refused: { citizen: none },
  },
  {
    title: 'me beside foreign citizens',
    caller: asAn,
    document: query(
      `me { fullName } citizen(personalId: $stranger) { ${who} } citizens(personalIds: ${numbers}) { ${who} }`,
    ),
    data: {
      me: { fullName: shown.fullName },
      citizen: null,
      citizens: [shown, null, null, null, shown, null],
      ...used,
    },
    refused: { citizen: none, ...nullAt('citizens', [1, 2, 3, 5]) },
  },
  {
    title: 'introspection beside refused fields',
    caller: bank,
    document: query(
      `__typename __schema { queryType { name } } __type(name: "Citizen") { name } citizen(personalId: $stranger) { __typename ${who} }`,
    ),
    data: {
      __typename: 'Query',
      __schema: { queryType: { name: 'Query' } },
      __type: { name: 'Citizen' },
      citizen: null,
      ...used,
    },
    refused: { citizen: none },
  },
  {
    title: 'nobody signed in',
    caller: anonymous,
    document: query(
      `__typename me { ${who} } citizen(personalId: $an) { ${who} } citizens(personalIds: ${numbers}) { ${who} }`,
    ),
    data: { __typename: 'Query', me: null, citizen: null, citizens: null, ...used },
    refused: Object.fromEntries(
      ['me', 'citizen', 'citizens'].map((path) => [path, 'UNAUTHENTICATED NOT_SIGNED_IN']),
    ),
  },
  {
    title: 'the own categories at level 1',
    caller: citizenCaller(stranger.citizenId, 1),
    document: query(
      `me { __typename a: ${home} ...Mine }`,
      'fragment Mine on Citizen { vehicles { plateNumber } }',
    ),
    data: { me: { __typename: 'Citizen', a: null, vehicles: null }, ...used },
    refused: { 'me.a': 'LEVEL_TOO_LOW LEVEL_TOO_LOW', 'me.vehicles': 'LEVEL_TOO_LOW LEVEL_TOO_LOW' },
  },
];

const outcomesOf = ({ errors = [] }: GraphAnswer) =>
  Object.fromEntries(
    errors.map(({ path, extensions: { code, reason } }) => [path?.join('.'), `${code} ${reason}`]),
  );

const refusedPeople = [stranger, binh, ...children];
let values: readonly string[];
beforeAll(async () => {
  const found = await readProtectedValues(refusedPeople.map(({ citizenId }) => citizenId));
  // What An consented to show is An's, also where others have the same surname.
  const ofAn = [...Object.values(shown), ...shown.fullName.split(' ')];
  values = [...found].filter((value) => !ofAn.includes(value));
});

describe.each(ways)('%s, a refusal is the same however it is asked', (way) => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await startGraphUnderTest({ way, own: ['consent'] });
    const register = graph.databaseOf('consent');
    const grant = { citizenId: an.citizenId };
    await writeGrant(register, {
      ...grant,
      clientId: 'bank-loans',
      purpose: 'loan-assessment',
      scopes: ['PERSONAL_INFORMATION'],
    });
    await writeGrant(register, {
      ...grant,
      clientId: 'school',
      purpose: 'school-enrolment',
      scopes: ['DEPENDANTS'],
    });
    await register.close();
  });
  afterAll(() => graph.close());

  const ask = ({ document, operationName, caller }: Omit<Case, 'title' | 'data' | 'refused'>) =>
    graph.post(
      {
        query: document,
        variables: { an: an.personalId, stranger: stranger.personalId },
        ...(operationName && { operationName }),
      },
      caller,
    );

  test('the values that must not leave are those that the officer of a statute does read', async () => {
    const everybody = `citizens(personalIds: ${JSON.stringify(refusedPeople.map(({ personalId }) => personalId))})`;
    const { text } = await graph.post({ query: `{ ${everybody} { ${profile} } }` });
    expect(values.length).toBeGreaterThan(200);
    expect(findValues(text, values).length).toBeGreaterThan(80);
  });

  test.each(cases)('$title', async ({ data, refused, ...asked }) => {
    graph.lines.length = 0;
    const response = await ask(asked);
    expect(response.body.data).toEqual(data);
    expect(outcomesOf(response.body as GraphAnswer)).toEqual(refused);
    expect(response.body.errors ?? []).toHaveLength(Object.keys(refused).length);
    const told = [response.text, JSON.stringify(response.headers), ...graph.lines].join('\n');
    expect(findValues(told, values)).toEqual([]);
  });
});
