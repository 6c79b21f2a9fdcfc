import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { reasons, type ClientFacts, type Reason } from '#schema';
import { anonymous, appCaller, citizenCaller } from '../support/callers.ts';
import { numberOf, startMarkedGraph } from '../support/marked-graph.ts';

const loans: ClientFacts = {
  clientId: 'bank',
  isFirstParty: false,
  purpose: {
    code: 'loans',
    scopes: ['PERSONAL_INFORMATION', 'RESIDENCE'],
    legalBasis: 'CONSENT',
    legalReference: null,
  },
};
const clients: Readonly<Record<string, ClientFacts>> = {
  bank: loans,
  vneid: { clientId: 'vneid', isFirstParty: true, purpose: null },
};

const bank = appCaller('bank', 'loans');
const citizen = citizenCaller('c1');
const levelOne = citizenCaller('c1', 1);

let graph: Awaited<ReturnType<typeof startMarkedGraph>>;
let isRegisterThere = true;
beforeAll(async () => {
  let nowMs = 0;
  graph = await startMarkedGraph({
    access: {
      // A later time at every look: no client is remembered.
      clockMs: () => (nowMs += 1000),
      readClient: async (clientId) => {
        if (!isRegisterThere) throw new Error('The register is away.');
        return clients[clientId] ?? null;
      },
    },
  });
});
beforeEach(() => {
  isRegisterThere = true;
  graph.takeAsked();
});
afterAll(() => graph.close());

const one = `citizen(personalId: "${numberOf(7)}")`;
const profile = `{ ${one} { fullName ethnicity residence { line } } }`;

function refusal(path: readonly (string | number)[], reason: Reason, scope: string) {
  const { code, what, howTo } = reasons[reason];
  return { message: what.en, path, extensions: { code, reason, scope, howTo } };
}

describe('nobody is asked for what is refused anyway', () => {
  test.each([
    ['nobody is signed in', anonymous, 'NOT_SIGNED_IN'],
    ['an analyst', appCaller('bank', 'loans', { roles: ['analyst'] }), 'STATISTICS_ONLY'],
    ['an unknown client', appCaller('stranger', 'loans'), 'CLIENT_UNKNOWN'],
    ['a purpose that is not the registered one', appCaller('bank', 'other'), 'PURPOSE_MISMATCH'],
  ] as const)('%s', async (_, caller, reason) => {
    const { data, errors } = await graph.ask(profile, { caller });
    expect(data).toEqual({ citizen: null });
    expect(errors).toEqual([refusal(['citizen'], reason, 'ANY')]);
    expect(graph.takeAsked()).toEqual([]);
  });

  test('a level too low, and a scope outside the purpose: the agencies of the rest alone', async () => {
    const low = await graph.ask(profile, { caller: levelOne });
    expect(low.data).toEqual({ citizen: { fullName: 'name of c7', ethnicity: null, residence: null } });
    expect(low.errors).toEqual([
      refusal(['citizen', 'ethnicity'], 'LEVEL_TOO_LOW', 'PERSONAL_SENSITIVE'),
      refusal(['citizen', 'residence'], 'LEVEL_TOO_LOW', 'RESIDENCE'),
    ]);
    expect(graph.takeAsked()).toEqual(['population']);
    const app = await graph.ask(`{ ${one} { dependants { relation } ethnicity residence { line } } }`, {
      caller: bank,
    });
    expect(app.data).toEqual({
      citizen: { dependants: null, ethnicity: null, residence: { line: 'street of c7' } },
    });
    expect(app.errors.map(({ extensions }) => extensions.reason)).toEqual([
      'FIELD_NOT_IN_PURPOSE',
      'FIELD_NOT_IN_PURPOSE',
    ]);
    expect(graph.takeAsked()).toEqual(['population', 'residence']);
  });

  test('open fields and the schema still answer', async () => {
    const { data, errors } = await graph.ask(
      `{ hello ${one} { fullName } __typename __schema { queryType { ...N } } } fragment N on __Type { name }`,
    );
    expect(data).toEqual({
      hello: 'hello',
      citizen: null,
      __typename: 'Query',
      __schema: { queryType: { name: 'Query' } },
    });
    expect(errors).toHaveLength(1);
    expect(graph.takeAsked()).toEqual(['population']);
    expect((await graph.ask(`{ __typename ${one} { id } }`)).data).toEqual({
      __typename: 'Query',
      citizen: null,
    });
    expect(graph.takeAsked()).toEqual([]);
  });

  test('a mutation refused altogether calls nobody; in part, the others run in their order', async () => {
    const touch = `touch(personalId: "${numberOf(7)}") { fullName }`;
    expect((await graph.ask(`mutation { a: ${touch} b: ${touch} }`)).data).toEqual({ a: null, b: null });
    expect(graph.takeAsked()).toEqual([]);
    const { data } = await graph.ask(`mutation { a: wave t: ${touch} b: wave }`);
    expect(JSON.stringify(data)).toBe('{"a":"waved","t":null,"b":"waved"}');
    expect(graph.asked.map(({ query }) => query.includes('touch'))).not.toContain(true);
  });

  test('the same for everybody, known or not', async () => {
    const strip = async (index: number) => {
      const { data, errors } = await graph.ask(`{ citizen(personalId: "${numberOf(index)}") { fullName } }`);
      return JSON.stringify({ data, errors });
    };
    expect(await strip(900)).toBe(await strip(7));
  });
});

describe('however it is written', () => {
  const documents = [
    ['an alias', `{ x: ${one} { y: residence { line } } }`, 'x.y'],
    [
      'a fragment',
      `{ x: ${one} { ...A } } fragment A on Citizen { ...B } fragment B on Citizen { y: residence { line } }`,
      'x.y',
    ],
    ['an inline fragment', `{ x: ${one} { ... on Citizen { ... { y: residence { line } } } } }`, 'x.y'],
    [
      '@include',
      `query ($yes: Boolean! = true) { x: ${one} { y: residence @include(if: $yes) { line } } }`,
      'x.y',
    ],
    ['nesting', `{ x: me { y: dependants { citizen { z: residence { line } } } } }`, 'x.y'],
    [
      'a list',
      `{ x: citizens(personalIds: ["${numberOf(7)}", "${numberOf(8)}"]) { y: residence { line } } }`,
      'x.0.y,x.1.y',
    ],
    ['one of two operations', `query A { hello } query B { x: ${one} { y: residence { line } } }`, 'x.y'],
  ] as const;

  test.each(documents)('%s', async (_, document, paths) => {
    const { data, errors } = await graph.ask(document, {
      caller: levelOne,
      operationName: document.includes('query B') ? 'B' : '',
    });
    expect(errors.map(({ path }) => path?.join('.')).join()).toBe(paths);
    expect(JSON.stringify(data)).not.toContain('street');
    expect(graph.takeAsked()).not.toContain('residence');
  });

  test('a skipped field is not refused, and is not there', async () => {
    const document = `query ($no: Boolean! = false) { ${one} { fullName residence @include(if: $no) { line } } }`;
    const { data, errors } = await graph.ask(document, { caller: levelOne });
    expect(data).toEqual({ citizen: { fullName: 'name of c7' } });
    expect(errors).toEqual([]);
  });

  test('a value of the wrong form is said first, as for everybody', async () => {
    const document = 'query ($n: PersonalId!) { citizen(personalId: $n) { fullName } }';
    const { errors } = await graph.ask(document, { variables: { n: 'twelve' } });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  test('no other field may pass for the name of a type', async () => {
    const { errors } = await graph.ask(`{ ${one} { __typename: fullName } }`, { caller: citizen });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect((await graph.ask(`{ ${one} { __typename } }`, { caller: citizen })).data).toEqual({
      citizen: { __typename: 'Citizen' },
    });
  });
});

describe('one text, several callers', () => {
  test('a plan made for the refused is not the plan of the allowed, nor the other way round', async () => {
    for (const order of [
      [levelOne, citizen, bank, anonymous],
      [citizen, anonymous, levelOne, bank],
    ]) {
      const text = `{ ${one} { fullName ethnicity residence { line } } } # ${order.length} ${order[0] === citizen}`;
      const seen = new Map<unknown, string>();
      for (const caller of [...order, ...order]) {
        const { data } = await graph.ask(text, { caller });
        const told = JSON.stringify(data.citizen);
        expect(seen.get(caller) ?? told).toBe(told);
        seen.set(caller, told);
      }
      expect(seen.get(citizen)).toBe(
        '{"fullName":"name of c7","ethnicity":"people of c7","residence":{"line":"street of c7"}}',
      );
      expect(seen.get(levelOne)).toBe('{"fullName":"name of c7","ethnicity":null,"residence":null}');
      expect(seen.get(bank)).toBe(
        '{"fullName":"name of c7","ethnicity":null,"residence":{"line":"street of c7"}}',
      );
      expect(seen.get(anonymous)).toBe('null');
    }
  });

  test('of one document each operation has its own plan', async () => {
    const document = `query A { ${one} { residence { line } } } query B { x: ${one} { ethnicity } }`;
    for (const operationName of ['A', 'B', 'A']) {
      const { data } = await graph.ask(document, { caller: levelOne, operationName });
      const told = { A: '{"citizen":{"residence":null}}', B: '{"x":{"ethnicity":null}}' }[operationName];
      expect(JSON.stringify(data)).toBe(told);
    }
  });

  test('400 interleaved requests cross nothing', async () => {
    const text = 'query ($n: PersonalId!) { citizen(personalId: $n) { fullName ethnicity } }';
    const askers = [citizen, levelOne, citizenCaller('c2'), anonymous];
    const answers = await Promise.all(
      Array.from({ length: 400 }, async (_, index) => {
        const caller = askers[index % 4] ?? anonymous;
        const { data } = await graph.ask(text, { caller, variables: { n: numberOf(1 + (index % 90)) } });
        return { caller, person: `c${1 + (index % 90)}`, told: data.citizen };
      }),
    );
    for (const { caller, person, told } of answers) {
      if (caller === anonymous) expect(told).toBeNull();
      else
        expect(told).toEqual({
          fullName: `name of ${person}`,
          ethnicity: caller === levelOne ? null : `people of ${person}`,
        });
    }
  });
});

describe('the register', () => {
  test('that does not answer refuses nothing here: the agency decides', async () => {
    isRegisterThere = false;
    const { data } = await graph.ask(profile, { caller: bank });
    expect(data.citizen.ethnicity).toBe('people of c7');
    expect((await graph.ask(profile)).errors.map(({ extensions }) => extensions.reason)).toEqual([
      'NOT_SIGNED_IN',
    ]);
  });

  test('what was refused is among the decisions, and counted in the log without an id', async () => {
    graph.lines.length = 0;
    const { context } = await graph.ask(profile, { caller: bank });
    expect(context.decisions.filter(({ agency }) => agency === 'gateway')).toEqual([
      {
        agency: 'gateway',
        subject: null,
        scope: 'PERSONAL_SENSITIVE',
        isAllowed: false,
        basis: null,
        grantId: null,
        reason: 'FIELD_NOT_IN_PURPOSE',
        paths: ['citizen.ethnicity'],
      },
    ]);
    expect(JSON.parse(graph.lines[0] ?? '')).toMatchObject({
      client: 'bank',
      purpose: 'loans',
      decisions: { SELF: 3, FIELD_NOT_IN_PURPOSE: 1 },
    });
    expect(graph.lines.join()).not.toMatch(/c7|officer|0990/);
  });
});
