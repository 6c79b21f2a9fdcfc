import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { connectDatabase } from '#db';
import { anonymous, appCaller, citizenCaller, testOfficer, type Caller } from '../support/callers.ts';
import { startGraphUnderTest, ways, type GraphAnswer } from '../support/graph-under-test.ts';
import { personaNamed } from '../support/personas.ts';

type Graph = Awaited<ReturnType<typeof startGraphUnderTest>>;

const most = 100;
const unknownNumbers = (count: number, from = 0): readonly string[] =>
  Array.from({ length: count }, (_, index) => `0990000${String(10_000 + from + index)}`);

const tooMany = (answer: GraphAnswer) =>
  answer.errors?.map(({ extensions: { code, reason } }) => `${code} ${reason}`);

/** Parents with their dependants below; others fill up to as many people as are asked for. */
let parents: readonly string[];
beforeAll(async () => {
  const population = connectDatabase({ url: inject('agencyUrls').population });
  const dependants = connectDatabase({ url: inject('agencyUrls').dependants });
  const links = await dependants.sql<{ id: string }>`select distinct citizen_id::text as id from dependants`;
  const rows = await population.sql<{ number: string }>`
    select personal_id as number from citizens where citizen_id = any(${`{${links.map(({ id }) => id).join(',')}}`}::uuid[])
    and personal_id is not null order by personal_id`;
  parents = rows.map(({ number }) => number);
  await Promise.all([population.close(), dependants.close()]);
});

describe.each(ways)('%s, one operation concerns 100 people at most', (way) => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await startGraphUnderTest({ way });
  });
  afterAll(() => graph.close());

  /** Numbers spread over a list variable, a literal list, aliases of a literal and of a variable, with repetitions. */
  function spread(numbers: readonly string[]): { readonly query: string; readonly variables: object } {
    const [one = '', two = '', three = '', ...rest] = numbers;
    const half = Math.floor(rest.length / 2);
    const query = `query ($one: PersonalId!, $list: [PersonalId!]!, $no: Boolean = false) {
      a: citizen(personalId: $one) { id } b: citizen(personalId: $one) { id } c: citizen(personalId: "${two}") { id }
      d: citizens(personalIds: $list) { id } ... { e: citizens(personalIds: ${JSON.stringify([three, two, ...rest.slice(half)])}) { id } }
      f: citizens(personalIds: [$one]) { id } g: citizen(personalId: "099999999999") @include(if: $no) { id } }`;
    return { query, variables: { one, list: [...rest.slice(0, half), one, three] } };
  }

  test('100 over aliases, lists and repetitions are answered', async () => {
    const response = await graph.post(spread(unknownNumbers(most)));
    expect(response.status).toBe(200);
    expect(response.body.errors).toBeUndefined();
  });

  test('101 are refused as a whole, and no agency is asked', async () => {
    graph.lines.length = 0;
    graph.statements.length = 0;
    const response = await graph.post(spread(unknownNumbers(most + 1)));
    expect(response.status).toBe(400);
    expect(tooMany(response.body as GraphAnswer)).toEqual(['TOO_MANY_SUBJECTS SUBJECT_LIMIT']);
    expect(response.body.data).toBeUndefined();
    expect(JSON.parse(graph.lines[0] ?? '').fetches).toEqual({});
    expect(graph.statements.filter((statement) => statement.includes('"citizens"'))).toEqual([]);
    expect(response.text).not.toMatch(/0990000/);
  });

  const nested = `query ($ids: [PersonalId!]!) { citizens(personalIds: $ids) {
    id fullName dependants { relation citizen { fullName residence { household { memberCount } } } } } }`;

  test('dependants beyond 100 are refused at their places, and the others stay', async () => {
    const ids = [...parents.slice(0, 60), ...unknownNumbers(40)];
    expect(ids).toHaveLength(most);
    const answer = await graph.query(nested, { ids });
    const refused = answer.errors ?? [];
    expect(new Set(tooMany(answer))).toEqual(new Set(['TOO_MANY_SUBJECTS SUBJECT_LIMIT']));
    expect(refused.every(({ path }) => path?.includes('citizen') === true)).toBe(true);
    const people = answer.data.citizens as {
      fullName: string;
      dependants: { citizen: Record<string, unknown> }[];
    }[];
    expect(people.slice(0, 60).every(({ fullName }) => Boolean(fullName))).toBe(true);
    const below = people.flatMap((person) => person?.dependants ?? []);
    expect(below.length).toBeGreaterThan(20);
    expect(below.every(({ citizen }) => citizen['fullName'] === null && citizen['residence'] === null)).toBe(
      true,
    );
    expect(refused).toHaveLength(2 * below.length);
  });

  test('few parents and their dependants are answered whole', async () => {
    const answer = await graph.query(nested, { ids: parents.slice(0, 20) });
    expect(answer.errors).toBeUndefined();
    expect(answer.data.citizens[0].dependants[0].citizen.fullName).toBeTruthy();
  });
});

describe('distinct people per client and minute', () => {
  const perMinute = 5;
  const clock = { ms: 0 };
  let graph: Graph;
  beforeAll(async () => {
    graph = await startGraphUnderTest({
      own: ['consent'],
      budgetPerMinute: perMinute,
      clockMs: () => clock.ms,
    });
  });
  afterAll(() => graph.close());

  const document = 'query ($ids: [PersonalId!]!) { citizens(personalIds: $ids) { fullName } }';
  const read = (ids: readonly string[], caller: Caller) =>
    graph.post({ query: document, variables: { ids } }, caller);
  const bankOfficer = (sub: string) => appCaller('bank-loans', 'loan-assessment', { sub });
  const an = personaNamed('nguyen-van-an');

  test('unknown numbers count; when the budget is spent it is said for how long', async () => {
    const [one, other] = [bankOfficer('officer:one'), bankOfficer('officer:other')];
    const known = unknownNumbers(4);
    expect((await read([...known, an.personalId], one)).status).toBe(200);
    // The same people again cost nothing, whichever officer asks.
    expect((await read([...known, an.personalId], other)).status).toBe(200);
    clock.ms += 20_000;
    for (const officer of [one, other]) {
      const refused = await read(unknownNumbers(1, 50), officer);
      expect(refused.status).toBe(429);
      expect(refused.headers['retry-after']).toBe('40');
      const [error] = refused.body.errors;
      expect(error.extensions).toMatchObject({
        code: 'TOO_MANY_SUBJECTS',
        reason: 'SUBJECT_BUDGET',
        retryAfterSeconds: 40,
        howTo: { en: expect.any(String), vi: expect.any(String) },
      });
      expect(refused.body.data).toBeUndefined();
    }
    // Whoever was asked about already may be asked about, and every other client has a budget of its own.
    expect((await read(known, one)).status).toBe(200);
    expect((await read(unknownNumbers(5, 70), appCaller('hospital', 'treatment'))).status).toBe(200);
  });

  test('after the given seconds it goes on', async () => {
    const caller = appCaller('school', 'school-enrolment');
    await read(unknownNumbers(5), caller);
    const refused = await read(unknownNumbers(5, 10), caller);
    clock.ms += Number(refused.headers['retry-after']) * 1000 - 1;
    expect((await read(unknownNumbers(5, 10), caller)).status).toBe(429);
    clock.ms += 1;
    expect((await read(unknownNumbers(5, 10), caller)).status).toBe(200);
  });

  test('of a first-party client each citizen has a budget', async () => {
    const [one, other] = [an, personaNamed('stranger')].map(({ citizenId }) => citizenCaller(citizenId)) as [
      Caller,
      Caller,
    ];
    expect((await read(unknownNumbers(5), one)).status).toBe(200);
    expect((await read(unknownNumbers(1, 50), one)).status).toBe(429);
    expect((await read(unknownNumbers(5, 90), other)).status).toBe(200);
  });

  test('asking for consent and for an emergency is counted, too', async () => {
    const legalReference = 'Law 31/2024/QH15 Art. 133';
    const caller = appCaller('land-registry', 'land-registration', { legalReference, caseNumber: 'L-1' });
    expect((await read(unknownNumbers(5), caller)).status).toBe(200);
    const [number] = unknownNumbers(1, 60);
    for (const mutation of [
      `requestConsent(personalId: "${number}", scopes: ["PERSONAL_INFORMATION"]) { status }`,
      `beginEmergencyAccess(personalId: "${number}", scopes: ["PERSONAL_INFORMATION"], justification: "Unconscious after an accident") { accessId }`,
    ]) {
      const { body, status } = await graph.post({ query: `mutation { ${mutation} }` }, caller);
      expect([status, tooMany(body as GraphAnswer)]).toEqual([429, ['TOO_MANY_SUBJECTS SUBJECT_BUDGET']]);
    }
  });
});

describe('a personal number in an address', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await startGraphUnderTest();
  });
  afterAll(() => graph.close());

  const { personalId } = personaNamed('nguyen-van-an');
  const get = async (parameters: Readonly<Record<string, string>>, caller: Caller = testOfficer) => {
    const token = await graph.tokenOf(caller);
    const request = graph.http.get('/graphql').query(parameters).set('apollo-require-preflight', 'true');
    return token === undefined ? request : request.set('authorization', `Bearer ${token}`);
  };
  const byVariable = 'query ($id: PersonalId!) { citizen(personalId: $id) { fullName } }';

  test.each([
    ['as a literal', { query: `{ citizen(personalId: "${personalId}") { fullName } }` }],
    ['as a variable', { query: byVariable, variables: JSON.stringify({ id: personalId }) }],
    [
      'in a list',
      { query: `{ a: __typename ... { citizens(personalIds: ["${personalId}"]) { fullName } } }` },
    ],
    [
      'in one of several operations',
      {
        query: `query A { __typename } ${byVariable.replace('query', 'query B')}`,
        operationName: 'B',
        variables: JSON.stringify({ id: personalId }),
      },
    ],
    [
      'in a fragment',
      { query: `{ ...F } fragment F on Query { citizen(personalId: "${personalId}") { fullName } }` },
    ],
  ])('%s is refused and not answered', async (_, parameters) => {
    for (const caller of [testOfficer, anonymous]) {
      graph.lines.length = 0;
      const response = await get(parameters, caller);
      expect(response.status).toBe(405);
      expect(response.headers['allow']).toBe('POST');
      expect(response.body.errors[0].extensions.code).toBe('BAD_REQUEST');
      expect(response.body.data).toBeUndefined();
      expect(response.text + graph.lines.join()).not.toMatch(new RegExp(`${personalId}|Nguyễn`));
      expect(JSON.parse(graph.lines[0] ?? '').fetches).toEqual({});
    }
  });

  test('an address without one is answered, with the header against forged requests alone', async () => {
    const query = '{ __typename me { id } }';
    const answered = await get({ query }, citizenCaller(personaNamed('nguyen-van-an').citizenId));
    expect(answered.body).toEqual({
      data: { __typename: 'Query', me: { id: personaNamed('nguyen-van-an').citizenId } },
    });
    const forged = await graph.http.get('/graphql').query({ query });
    expect([forged.status, forged.body.errors[0].extensions.code]).toEqual([400, 'BAD_REQUEST']);
  });

  test('a mutation is not taken from an address', async () => {
    const response = await get({ query: 'mutation { endEmergencyAccess(accessId: "x") { accessId } }' });
    expect(response.status).toBe(405);
  });

  test('persisted queries are off, by POST and by GET', async () => {
    const hash = 'ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38';
    const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
    const posted = [
      await graph.post({ extensions, variables: { id: personalId } }),
      await graph.post({ query: '{ __typename }', extensions }),
      await graph.post({ extensions }),
      await get({ extensions: JSON.stringify(extensions) }),
    ];
    const codes = posted.map(({ body }) => body.errors?.[0]?.extensions.code as string | undefined);
    expect(codes[0]).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
    expect(codes[2]).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
    expect(codes[3]).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
    expect(posted.every(({ body }) => body.data?.citizen === undefined)).toBe(true);
  });
});
