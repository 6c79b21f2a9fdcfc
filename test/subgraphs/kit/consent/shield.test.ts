import { graphql, type GraphQLError, type GraphQLSchema } from 'graphql';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildAgencySchema, createFactsReader, defineAgency, type Agency, type Ask } from '#kit';
import type { Facts, FactsSource } from '#schema';
import { createAccess } from '../../../../subgraphs/_kit/consent/access.ts';
import type * as Shield from '../../../../subgraphs/_kit/consent/shield-library.ts';
import { guardSchema } from '../../../../subgraphs/_kit/consent/shield.ts';
import {
  adult,
  an,
  bank,
  be,
  citizen,
  clock,
  factsOf,
  grant,
  lan,
  officer,
  operationId,
  vneid,
} from './people.ts';
import { broken, createRegister, failing } from './register.ts';

/** Numbers that lead to somebody; all others lead to nobody. */
const people: Readonly<Record<string, string>> = {
  '099085000001': an,
  '099085000002': be,
  '099085000003': lan,
};
const [numberOfAn, numberOfBe, numberOfLan, unknown] = [
  '099085000001',
  '099085000002',
  '099085000003',
  '099085999999',
];
const secret = 'Trần Thị Bí Mật';

/** An agency that remembers what ran, and nothing else. */
function createAgency(changes: Partial<Agency> = {}) {
  const ran: string[] = [];
  const found: string[] = [];
  const run = <Value>(what: string, value: Value): Value => (ran.push(what), value);
  const entityOf = (number: string) =>
    people[number] ? { __typename: 'Citizen', id: people[number] } : null;
  const agency = defineAgency({
    name: 'population',
    resolvers: {
      Query: {
        citizen: (_: unknown, { personalId }: { personalId: string }) =>
          run(`citizen ${personalId}`, entityOf(personalId)),
        citizens: (_: unknown, { personalIds }: { personalIds: string[] }) =>
          run(`citizens ${personalIds.join(' ')}`, personalIds.map(entityOf)),
      },
      Citizen: {
        __resolveReference: ({ id }: { id: string }) => ({ __typename: 'Citizen', id }),
        fullName: ({ id }: { id: string }) => run(`fullName ${id}`, secret),
        bloodType: ({ id }: { id: string }) => run(`bloodType ${id}`, 'O'),
      },
    } as Agency['resolvers'],
    createLoaders: () => () => ({}),
    population: {} as Agency['population'],
    findSubject: async (number) => (found.push(number), people[number] ?? null),
    ...changes,
  } as Agency);
  const schema = buildAgencySchema(agency);
  return { agency, schema, ran, found, guarded: guardSchema(schema, agency) };
}

interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly { readonly path: string; readonly code: unknown; readonly reason: unknown }[];
}

const errorOf = ({ path, extensions }: GraphQLError) => ({
  path: (path ?? []).join('.'),
  code: extensions['code'],
  reason: extensions['reason'],
});

/** Asks as the service would. */
function open(schema: GraphQLSchema, caller: Ask['caller'], source: FactsSource) {
  const reader = createFactsReader(source, { clockMs: () => 0, timeoutMs: 200 });
  const access = createAccess({ caller, operationId, clock, reader });
  const contextValue = { ...clock, loaders: {}, requestId: operationId, caller, access };
  const ask = async (query: string): Promise<Answer> => {
    const { data, errors = [] } = await graphql({ schema, source: query, contextValue });
    return { data: data ? { ...data } : null, errors: errors.map(errorOf) };
  };
  return { ask, access };
}

const teller = officer(bank);
/** The bank has the consent of An alone. */
const consentOfAn = () =>
  createRegister(({ subject }): Facts => {
    const isAn = subject === an;
    return factsOf(bank, {
      subject: Object.values(people).includes(subject) ? adult(subject) : null,
      grants: isAn ? [grant('g-1', ['PERSONAL_INFORMATION'])] : [],
    });
  }, bank);
const noConsent = { code: 'CONSENT_REQUIRED', reason: 'NO_CONSENT' };
const undecidable = { code: 'CONSENT_UNDECIDABLE', reason: 'AGENCY_UNAVAILABLE' };

describe('a guarded field', () => {
  it('answers to whom it may be shown', async () => {
    const { schema, ran } = createAgency();
    const { ask } = open(schema, teller, consentOfAn());
    expect(await ask(`{ citizen(personalId: "${numberOfAn}") { id fullName } }`)).toEqual({
      data: { citizen: { id: an, fullName: secret } },
      errors: [],
    });
    expect(ran).toEqual([`citizen ${numberOfAn}`, `fullName ${an}`]);
  });

  it.each([
    ['known', numberOfBe],
    ['unknown', unknown],
  ])('does not run for others, who are %s', async (_, number) => {
    const { schema, ran } = createAgency();
    const { ask } = open(schema, teller, consentOfAn());
    expect(await ask(`{ citizen(personalId: "${number}") { id fullName } }`)).toEqual({
      data: { citizen: null },
      errors: [{ path: 'citizen', ...noConsent }],
    });
    expect(ran).toEqual([]);
  });

  it('is refused by itself below one that is not', async () => {
    const { schema, ran } = createAgency();
    const { ask } = open(schema, teller, consentOfAn());
    const answer = await ask(`{ a: citizen(personalId: "${numberOfAn}") { n: fullName r: bloodType } }`);
    expect(answer).toEqual({
      data: { a: { n: secret, r: null } },
      errors: [{ path: 'a.r', code: 'FORBIDDEN', reason: 'FIELD_NOT_IN_PURPOSE' }],
    });
    expect(ran).not.toContain(`bloodType ${an}`);
  });

  it('is guarded through _entities, where everybody stands for themselves', async () => {
    const { schema, ran } = createAgency();
    const { ask } = open(schema, teller, consentOfAn());
    const answer = await ask(
      `{ _entities(representations: [{ __typename: "Citizen", id: "${be}" }, { __typename: "Citizen", id: "${an}" }]) { ... on Citizen { id fullName } } }`,
    );
    expect(answer).toEqual({
      data: {
        _entities: [
          { id: be, fullName: null },
          { id: an, fullName: secret },
        ],
      },
      errors: [{ path: '_entities.0.fullName', ...noConsent }],
    });
    expect(ran).toEqual([`fullName ${an}`]);
  });

  it('is asked about nobody when the id is no id of a citizen', async () => {
    const { schema, ran } = createAgency();
    const register = consentOfAn();
    const { ask, access } = open(schema, teller, register);
    const answer = await ask(
      '{ _entities(representations: [{ __typename: "Citizen", id: "099085000001" }]) { ... on Citizen { fullName } } }',
    );
    expect(answer.errors).toEqual([{ path: '_entities.0.fullName', ...noConsent }]);
    expect([ran, register.reads, access.records()[0]?.subject]).toEqual([[], [], null]);
  });
});

describe('a guard', () => {
  it('runs once per field', async () => {
    const { schema, found } = createAgency();
    const { ask, access } = open(schema, teller, consentOfAn());
    const decide = vi.spyOn(access, 'decide');
    await ask(`{ citizen(personalId: "${numberOfAn}") { id fullName surname } }`);
    expect(found).toEqual([numberOfAn]);
    expect(decide.mock.calls.map(([subject, { scope }]) => [subject, scope])).toEqual([
      [an, 'ANY'],
      [an, 'PERSONAL_INFORMATION'],
      [an, 'PERSONAL_INFORMATION'],
    ]);
  });

  it('notes each path it decided about, and nobody’s number', async () => {
    const { schema } = createAgency();
    const { ask, access } = open(schema, teller, consentOfAn());
    await ask(
      `{ a: citizen(personalId: "${numberOfAn}") { fullName } b: citizen(personalId: "${unknown}") { id } }`,
    );
    expect(access.records()).toMatchObject([
      { subject: an, scope: 'ANY', isAllowed: true, paths: ['a'] },
      { subject: null, scope: 'ANY', isAllowed: false, reason: 'NO_CONSENT', paths: ['b'] },
      { subject: an, scope: 'PERSONAL_INFORMATION', isAllowed: true, paths: ['a.fullName'] },
    ]);
    expect(JSON.stringify(access.records())).not.toMatch(/0990/);
  });

  it('asks the register about who is unknown as about anybody', async () => {
    const { schema } = createAgency();
    const register = consentOfAn();
    await open(schema, teller, register).ask(`{ citizen(personalId: "${unknown}") { id } }`);
    await open(schema, teller, register).ask(`{ citizen(personalId: "${unknown}") { id } }`);
    const [[first], [second]] = register.reads as [[string], [string]];
    expect(first).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(second).toBe(first);
  });

  it.each<readonly [string, Partial<Agency>]>([
    ['that cannot find the subject', { findSubject: async () => broken() }],
    ['that throws at once', { findSubject: broken }],
  ])('%s is an outage, never a permission', async (_, changes) => {
    const { schema, ran } = createAgency(changes);
    const { ask } = open(schema, teller, consentOfAn());
    const { data, errors } = await ask(
      `{ citizen(personalId: "${numberOfAn}") { fullName } citizens(personalIds: ["${numberOfAn}"]) { fullName } }`,
    );
    expect(data).toEqual({ citizen: null, citizens: null });
    expect(errors).toEqual([
      { path: 'citizen', ...undecidable },
      { path: 'citizens', ...undecidable },
    ]);
    expect(ran).toEqual([]);
  });

  it('without a register is an outage', async () => {
    const { schema, ran } = createAgency();
    const { ask } = open(schema, citizen(an), failing);
    const query = `{ citizen(personalId: "${numberOfAn}") { id } citizens(personalIds: ["${numberOfAn}", "${unknown}"]) { id } }`;
    expect(await ask(query)).toEqual({
      data: { citizen: null, citizens: null },
      errors: [
        { path: 'citizen', ...undecidable },
        { path: 'citizens', ...undecidable },
      ],
    });
    expect(ran).toEqual([]);
  });

  it('whose decision throws is an outage', async () => {
    const { schema, ran } = createAgency();
    const { ask, access } = open(schema, teller, consentOfAn());
    vi.spyOn(access, 'decide').mockImplementation(broken);
    expect(await ask(`{ citizen(personalId: "${numberOfAn}") { id } }`)).toEqual({
      data: { citizen: null },
      errors: [{ path: 'citizen', ...undecidable }],
    });
    expect(ran).toEqual([]);
  });
});

describe('a list of people', () => {
  const askFor = (...numbers: readonly (string | undefined)[]): string =>
    `{ citizens(personalIds: ${JSON.stringify(numbers)}) { id fullName } }`;

  it('shows the allowed ones, and an error at the place of each other', async () => {
    const { schema, ran } = createAgency();
    const { ask, access } = open(schema, teller, consentOfAn());
    const answer = await ask(askFor(numberOfBe, numberOfAn, unknown, numberOfAn, numberOfLan));
    const shown = { id: an, fullName: secret };
    expect(answer.data).toEqual({ citizens: [null, shown, null, shown, null] });
    expect(answer.errors).toEqual([0, 2, 4].map((index) => ({ path: `citizens.${index}`, ...noConsent })));
    expect(ran[0]).toBe(`citizens ${numberOfAn} ${numberOfAn}`);
    expect(access.records().filter(({ scope }) => scope === 'ANY')).toMatchObject([
      { subject: be, isAllowed: false, paths: ['citizens.0'] },
      { subject: an, isAllowed: true, grantId: 'g-1', paths: ['citizens.1', 'citizens.3'] },
      { subject: null, isAllowed: false, paths: ['citizens.2'] },
      { subject: lan, isAllowed: false, paths: ['citizens.4'] },
    ]);
  });

  it('of nobody who may be shown is one refusal, noted for each', async () => {
    const { schema, ran } = createAgency();
    const { ask, access } = open(schema, teller, consentOfAn());
    expect(await ask(askFor(numberOfBe, unknown))).toEqual({
      data: { citizens: null },
      errors: [{ path: 'citizens', ...noConsent }],
    });
    expect(ran).toEqual([]);
    expect(access.records()).toMatchObject([
      { subject: be, isAllowed: false, reason: 'NO_CONSENT', paths: ['citizens.0'] },
      { subject: null, isAllowed: false, reason: 'NO_CONSENT', paths: ['citizens.1'] },
    ]);
  });

  it('refused for several reasons is refused at each place', async () => {
    const { schema, ran } = createAgency();
    const register = createRegister(({ subject }) =>
      factsOf(bank, {
        subject: adult(subject),
        grants: subject === be ? [grant('g-2', ['RESIDENCE'], { givenBy: be, status: 'WITHDRAWN' })] : [],
      }),
    );
    const { ask } = open(schema, teller, register);
    expect(await ask(askFor(numberOfBe, numberOfLan))).toEqual({
      data: { citizens: [null, null] },
      errors: [
        { path: 'citizens.0', code: 'CONSENT_REQUIRED', reason: 'CONSENT_WITHDRAWN' },
        { path: 'citizens.1', ...noConsent },
      ],
    });
    expect(ran).toEqual(['citizens ']);
  });

  it('of nobody is a list of nobody, but for whom nobody vouches', async () => {
    const { schema } = createAgency();
    const register = consentOfAn();
    expect(await open(schema, teller, register).ask('{ citizens(personalIds: []) { id } }')).toEqual({
      data: { citizens: [] },
      errors: [],
    });
    const nobody = open(schema, { kind: 'anonymous' }, register);
    const refused = { path: 'citizens', code: 'UNAUTHENTICATED', reason: 'NOT_SIGNED_IN' };
    expect((await nobody.ask('{ citizens(personalIds: []) { id } }')).errors).toEqual([refused]);
    expect((await nobody.ask(askFor(numberOfAn))).errors).toEqual([refused]);
  });

  it('of more than a hundred is refused from the 101st on', async () => {
    const { schema, ran } = createAgency({
      findSubject: async (number) => `00000000-0000-4000-8000-${number}`,
    });
    const register = createRegister(({ subject }) =>
      factsOf(vneid, { subject: adult(subject), links: [{ ...represented, representative: adult(lan) }] }),
    );
    const { ask } = open(schema, citizen(lan), register);
    const numbers = Array.from({ length: 101 }, (_, index) => `099085${String(index).padStart(6, '0')}`);
    const { data, errors } = await ask(`{ citizens(personalIds: ${JSON.stringify(numbers)}) { id } }`);
    expect(errors).toEqual([{ path: 'citizens.100', code: 'TOO_MANY_SUBJECTS', reason: 'SUBJECT_LIMIT' }]);
    expect(data).toMatchObject({ citizens: { length: 101 } });
    expect(ran[0]?.split(' ').length).toBe(101);
  });
});

const represented = {
  relation: 'WARD_ADULT_COGNITIVE',
  basis: 'GUARDIAN_BY_COURT',
  validFrom: '2020-01-01',
  validTo: null,
};

const library = '../../../../subgraphs/_kit/consent/shield-library.ts';

describe('at the start', () => {
  afterEach(() => {
    vi.doUnmock(library);
    vi.resetModules();
  });

  it('every marked field is guarded, and no other', () => {
    const { guarded } = createAgency();
    expect(guarded).toEqual(
      expect.arrayContaining(['Query.citizen', 'Query.citizens', 'Citizen.fullName', 'Citizen.bloodType']),
    );
    expect(guarded).not.toContain('Citizen.id');
  });

  it('a mark without its field is refused', () => {
    const { agency } = createAgency();
    const other = buildAgencySchema({ ...agency, name: 'residence', resolvers: {} });
    expect(() => guardSchema(other, agency)).toThrow(
      /^(Query|Citizen)\.\w+ is marked but is no field of an object type\.$/,
    );
  });

  it('an agency that takes numbers and cannot tell whose they are is refused', () => {
    const { findSubject: _, ...agency } = createAgency().agency;
    expect(() => guardSchema(buildAgencySchema(agency), agency)).toThrow(
      'population takes personal numbers and has no findSubject.',
    );
  });

  it.each<readonly [string, (middleware: Record<string, Record<string, unknown>>) => unknown]>([
    ['one field', ({ Citizen, ...others }) => ({ ...others, Citizen: { ...Citizen, fullName: undefined } })],
    ['a type', ({ Citizen: _, ...others }) => others],
    ['everything', () => ({})],
    [
      'one field in the name of another',
      ({ Citizen, ...others }) => ({ ...others, Citizen: { ...Citizen, fullName: 'rule' } }),
    ],
  ])('rules that leave out %s are refused', async (_, leaveOut) => {
    vi.resetModules();
    vi.doMock(library, async (original) => {
      const actual = await original<typeof Shield>();
      const shield: typeof actual.shield = (...rules) => {
        const generator = actual.shield(...rules);
        const generate = (schema: GraphQLSchema) => leaveOut(generator.generate(schema) as never);
        return { generate } as never;
      };
      return { ...actual, shield };
    });
    const { guardSchema: guard } = await import('../../../../subgraphs/_kit/consent/shield.ts');
    const { agency } = createAgency();
    expect(() => guard(buildAgencySchema(agency), agency)).toThrow(/^\w+\.\w+ has no rule\.$/);
  });
});
