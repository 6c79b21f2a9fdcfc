import { parse } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { reasons } from '#schema';
import { requireSafeExposure, subgraphNamesOf } from '../../gateway/exposure.ts';
import { startGraph } from '../../gateway/graph.ts';
import { createSubjectBudget, payerOf } from '../../gateway/subject-budget.ts';
import { anonymous, appCaller, citizenCaller } from '../support/callers.ts';
import { composeMarked, numberOf, startMarkedGraph } from '../support/marked-graph.ts';

const bank = appCaller('bank', 'loans');
const scopes = ['PERSONAL_INFORMATION', 'PERSONAL_SENSITIVE', 'RESIDENCE', 'DEPENDANTS'] as const;
const purpose = { code: 'loans', scopes, legalBasis: 'CONSENT', legalReference: null } as const;
let nowMs = 0;
let graph: Awaited<ReturnType<typeof startMarkedGraph>>;
beforeAll(async () => {
  graph = await startMarkedGraph({
    access: {
      clockMs: () => nowMs,
      budgetPerMinute: 150,
      readClient: async (clientId) =>
        clientId === 'vneid'
          ? { clientId, isFirstParty: true, purpose: null }
          : { clientId, isFirstParty: false, purpose },
    },
  });
});
beforeEach(() => {
  nowMs += 120_000;
  graph.takeAsked();
});
afterAll(() => graph.close());

const range = (count: number, from = 1): readonly string[] =>
  Array.from({ length: count }, (_, index) => numberOf(from + index));
const aliased = (numbers: readonly string[]): string =>
  numbers.map((number, index) => `a${index}: citizen(personalId: "${number}") { fullName }`).join('\n');

const tooMany = (reason: 'SUBJECT_LIMIT' | 'SUBJECT_BUDGET', more: object = {}) => [
  {
    message: reasons[reason].what.en,
    extensions: { code: 'TOO_MANY_SUBJECTS', reason, scope: null, howTo: reasons[reason].howTo, ...more },
  },
];

describe('at most 100 people in one operation', () => {
  const list = 'query ($n: [PersonalId!]!) { citizens(personalIds: $n) { fullName } }';
  const writings = [
    ['a list', (numbers: readonly string[]) => [list, { n: numbers }]],
    ['aliases', (numbers: readonly string[]) => [`{ ${aliased(numbers)} }`, {}]],
    [
      'lists and aliases in fragments',
      (numbers: readonly string[]) => [
        `query ($n: [PersonalId!]!) { ...A ...B } fragment A on Query { citizens(personalIds: $n) { fullName } }
         fragment B on Query { ${aliased(numbers.slice(90))} }`,
        { n: numbers.slice(0, 90) },
      ],
    ],
    [
      'an input object, with a default',
      (numbers: readonly string[]) => [
        `query ($f: Filter! = { personalIds: ${JSON.stringify(numbers.slice(50))} }, $n: [PersonalId!]) {
           x: search(filter: $f) { fullName } y: search(filter: { and: { personalIds: $n } personalIds: [] }) { fullName } }`,
        { n: numbers.slice(0, 50) },
      ],
    ],
  ] as const;

  test.each(writings)(
    'in %s: 100 pass, 101 are refused as a whole, and nobody is asked',
    async (_, write) => {
      const [few, fewVariables] = write(range(100)) as [string, Record<string, unknown>];
      expect((await graph.ask(few, { caller: bank, variables: fewVariables })).errors).toEqual([]);
      expect(graph.takeAsked()).not.toEqual([]);
      nowMs += 120_000;
      const [many, variables] = write(range(101)) as [string, Record<string, unknown>];
      const { data, errors, http } = await graph.ask(many, { caller: bank, variables });
      expect({ data, errors }).toEqual({ data: undefined, errors: tooMany('SUBJECT_LIMIT') });
      expect(http.status).toBe(400);
      expect(graph.takeAsked()).toEqual([]);
    },
  );

  test('the same number counts once, a skipped one not at all', async () => {
    const numbers = range(100);
    const document = `query ($n: [PersonalId!]!, $no: Boolean! = false) {
      citizens(personalIds: $n) { fullName } again: citizens(personalIds: $n) { fullName }
      ... @include(if: $no) { x: citizen(personalId: "${numberOf(200)}") { fullName } } }`;
    expect((await graph.ask(document, { caller: bank, variables: { n: numbers } })).errors).toEqual([]);
  });

  test('who was asked for by number is not counted again by id', async () => {
    const document = 'query ($n: [PersonalId!]!) { citizens(personalIds: $n) { residence { line } } }';
    const { data, errors } = await graph.ask(document, { caller: bank, variables: { n: range(100) } });
    expect(errors).toEqual([]);
    expect(data.citizens[99]).toEqual({ residence: { line: 'street of c100' } });
  });

  test('nested: the fetch that goes too far is not sent, and says so at each field', async () => {
    const document =
      '{ me { fullName dependants { relation citizen { name: fullName residence { line } } } } }';
    const { data, errors } = await graph.ask(document, { caller: bank });
    expect(data.me.dependants).toHaveLength(120);
    expect(data.me.dependants[0]).toEqual({ relation: 'CHILD', citizen: { name: null, residence: null } });
    expect(errors).toHaveLength(240);
    expect(errors[0]).toMatchObject({
      path: ['me', 'dependants', 0, 'citizen', expect.stringMatching(/name|residence/)],
      extensions: { code: 'TOO_MANY_SUBJECTS', reason: 'SUBJECT_LIMIT' },
    });
    expect(graph.takeAsked()).toEqual(['population', 'dependants']);
  });

  test('nested, at the limit exactly', async () => {
    const document = `query ($n: [PersonalId!]!, $m: [PersonalId!]!) {
      citizens(personalIds: $n) { dependants { citizen { fullName } } } others: citizens(personalIds: $m) { fullName } }`;
    const ask = (others: number) =>
      graph.ask(document, { caller: bank, variables: { n: range(9, 10), m: range(others, 300) } });
    expect((await ask(1)).errors).toEqual([]);
    nowMs += 120_000;
    const { data, errors } = await ask(2);
    expect(errors).toHaveLength(90);
    expect(data.citizens[0].dependants[0]).toEqual({ citizen: { fullName: null } });
    expect(data.others[0]).toEqual({ fullName: 'name of c300' });
  });
});

describe('a budget of people per client and minute', () => {
  const list = 'query ($n: [PersonalId!]!) { citizens(personalIds: $n) { fullName } }';
  const ask = (numbers: readonly string[], caller: Parameters<typeof graph.ask>[1] = { caller: bank }) =>
    graph.ask(list, { ...caller, variables: { n: numbers } });

  test('unknown numbers count; the refusal says when to come back', async () => {
    expect((await ask(range(100, 600))).errors).toEqual([]);
    nowMs += 20_000;
    expect((await ask(range(50, 700))).errors).toEqual([]);
    graph.takeAsked();
    const { data, errors, http } = await ask(range(1, 900));
    expect({ data, errors }).toEqual({
      data: undefined,
      errors: tooMany('SUBJECT_BUDGET', { retryAfterSeconds: 40 }),
    });
    expect(http.status).toBe(429);
    expect(http.headers.get('retry-after')).toBe('40');
    expect(graph.takeAsked()).toEqual([]);
    expect((await ask(range(50, 700))).errors).toEqual([]);
    nowMs += 40_000;
    expect((await ask(range(1, 900))).errors).toEqual([]);
  });

  test('one client is not charged for another, an app is for all its officers', async () => {
    await ask(range(100));
    await ask(range(50, 101), { caller: appCaller('bank', 'loans', { sub: 'officer:other' }) });
    expect((await ask(range(1, 300))).errors).toHaveLength(1);
    expect((await ask(range(1, 300), { caller: appCaller('school', 'loans') })).errors).toEqual([]);
  });

  test('of a first-party client each citizen has a budget', async () => {
    await ask(range(100), { caller: citizenCaller('c1') });
    await ask(range(50, 101), { caller: citizenCaller('c1') });
    expect((await ask(range(1, 300), { caller: citizenCaller('c1') })).errors).toHaveLength(1);
    expect((await ask(range(1, 300), { caller: citizenCaller('c2') })).errors).toEqual([]);
  });

  test('people come across on the way are charged', async () => {
    const nested =
      'query ($n: [PersonalId!]!) { citizens(personalIds: $n) { dependants { citizen { fullName } } } }';
    await graph.ask(nested, { caller: bank, variables: { n: range(9, 10) } });
    expect((await ask(range(52, 300))).errors).toHaveLength(1);
    expect((await ask(range(51, 300))).errors).toEqual([]);
  });

  test('what is refused anyway costs nothing', async () => {
    const analyst = appCaller('bank', 'loans', { roles: ['analyst'] });
    await ask(range(100), { caller: analyst });
    await ask(range(100, 200), { caller: analyst });
    expect((await ask(range(100, 300))).errors).toEqual([]);
    expect(payerOf(anonymous, undefined)).toBeNull();
  });

  test('the window slides, all or nothing is charged', () => {
    let clock = 0;
    const budget = createSubjectBudget({ perMinute: 3, clockMs: () => clock });
    expect(budget.spend('a', ['1', '2'])).toBeNull();
    clock = 30_000;
    expect(budget.spend('a', ['3', '4'])).toBe(30);
    expect(budget.spend('a', ['3'])).toBeNull();
    expect(budget.spend('a', ['1'])).toBeNull();
    clock = 60_000;
    expect(budget.spend('a', ['4'])).toBeNull();
    expect(budget.spend('a', ['2'])).toBe(30);
    clock = 90_000;
    expect(budget.spend('a', ['2', '5'])).toBeNull();
    expect(budget.spend('b', ['1', '2', '3', '4'])).toBeGreaterThan(0);
  });

  test('memory is bounded: the quietest is forgotten first', () => {
    const budget = createSubjectBudget({ perMinute: 60, clockMs: () => 0, memory: 200 });
    const subjects = (payer: number): string[] =>
      Array.from({ length: 60 }, (_, index) => `${payer}/${index}`);
    expect(budget.spend('quiet', subjects(0))).toBeNull();
    expect(budget.spend('quiet', ['one more'])).not.toBeNull();
    for (const payer of [1, 2, 3]) expect(budget.spend(`busy ${payer}`, subjects(payer))).toBeNull();
    expect(budget.spend('busy 3', ['one more'])).not.toBeNull();
    expect(budget.spend('quiet', ['one more'])).toBeNull();
  });
});

describe('a number never travels in an address', () => {
  test.each([
    ['a literal', `{ citizen(personalId: "${numberOf(7)}") { fullName } }`],
    ['a variable', 'query ($n: PersonalId!) { citizen(personalId: $n) { fullName } }'],
  ])('%s: GET is refused', async (_, document) => {
    const asking = { caller: bank, variables: { n: numberOf(7) }, method: 'GET' } as const;
    const { data, errors, http } = await graph.ask(document, asking);
    expect(data).toBeUndefined();
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_REQUEST']);
    expect(http.status).toBe(405);
    expect(http.headers.get('allow')).toBe('POST');
    expect(graph.takeAsked()).toEqual([]);
  });

  test('GET without one is answered', async () => {
    expect((await graph.ask('{ hello }', { method: 'GET' })).data).toEqual({ hello: 'hello' });
  });
});

describe('a graph is served where it is safe', () => {
  const marked = composeMarked();
  const start = (supergraph: string) =>
    startGraph({
      supergraph,
      askOf: () => async () => ({ data: null }),
      ownScalars: true,
      log: { warn: () => {}, error: () => {}, info: () => {} } as never,
    });

  test('never unprotected when it has marks, never without marks when it is ours', async () => {
    await expect(start(marked)).rejects.toThrow('access control is not set up');
    const unmarked = marked.replaceAll(/ @(level|consent|open)\(/g, ' @gone(');
    await expect(start(unmarked)).rejects.toThrow('carries no marks');
  });

  test('without marks on this machine only', () => {
    const subgraphNames = subgraphNamesOf(parse(marked));
    expect([...subgraphNames].sort()).toEqual(['dependants', 'population', 'residence']);
    const foreign = { hasMarks: false, subgraphNames: ['users'] };
    for (const host of ['127.0.0.1', '127.0.0.53', 'localhost', '::1'])
      expect(() => requireSafeExposure({ ...foreign, host })).not.toThrow();
    for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.example.org', '128.0.0.1'])
      expect(() => requireSafeExposure({ ...foreign, host })).toThrow('this machine only');
    expect(() => requireSafeExposure({ hasMarks: false, subgraphNames, host: '127.0.0.1' })).toThrow(
      'no marks',
    );
    expect(() => requireSafeExposure({ hasMarks: true, subgraphNames, host: '0.0.0.0' })).not.toThrow();
  });
});
