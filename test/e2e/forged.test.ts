import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  agencyNames,
  callerTokenHeader,
  callerTokenType,
  requestIdHeader,
  signedCallType,
  signJws,
  type AgencyName,
  type CallerClaims,
} from '#schema';
import type { AgencyAnswer, AskAgency } from '../../gateway/agency-source.ts';
import { createCallerTokens } from '../../gateway/caller-token.ts';
import { testNow } from '../support/agency-under-test.ts';
import { anonymous, appCaller, citizenCaller, testOfficer } from '../support/callers.ts';
import { startGraphUnderTest, ways, type GraphAnswer } from '../support/graph-under-test.ts';
import { personaNamed } from '../support/personas.ts';
import { findValues, readProtectedValues } from '../support/protected-values.ts';

type Graph = Awaited<ReturnType<typeof startGraphUnderTest>>;

const an = personaNamed('nguyen-van-an');
const nowSeconds = testNow.getTime() / 1000;
const read = 'query ($personalId: PersonalId!) { citizen(personalId: $personalId) { id fullName } }';
const variables = { personalId: an.personalId };

let values: ReadonlySet<string>;
beforeAll(async () => {
  values = await readProtectedValues([an.citizenId]);
});

const claimsFor = (name: string, more: Partial<CallerClaims> = {}): CallerClaims => ({
  iss: 'gateway',
  aud: name,
  iat: nowSeconds,
  exp: nowSeconds + 15,
  jti: randomUUID(),
  caller: testOfficer,
  ...more,
});

/** Tokens that are not the gateway's word for this agency and moment. */
function wrongTokens(graph: Graph, name: AgencyName): Readonly<Record<string, string | undefined>> {
  const own = graph.parts.callerKeyOf(name);
  const other: AgencyName = name === 'residence' ? 'vehicles' : 'residence';
  const right = signJws(claimsFor(name), callerTokenType, own);
  const [head = '', body = '', mac = ''] = right.split('.');
  const claims = Buffer.from(body, 'base64url').toString('utf8');
  const swapped = Buffer.from(claims.replace('officer:test', an.citizenId)).toString('base64url');
  const bare = Buffer.from(JSON.stringify({ alg: 'none', typ: callerTokenType })).toString('base64url');
  return {
    none: undefined,
    'an empty one': '',
    'no token at all': 'let me in',
    "another agency's": signJws(claimsFor(other), callerTokenType, graph.parts.callerKeyOf(other)),
    "another agency's key": signJws(claimsFor(name), callerTokenType, graph.parts.callerKeyOf(other)),
    'another audience': signJws(claimsFor(other), callerTokenType, own),
    'a key of nobody': signJws(claimsFor(name), callerTokenType, randomBytes(32)),
    'other claims': `${head}.${swapped}.${mac}`,
    'a cut signature': `${head}.${body}.${mac.slice(0, -3)}`,
    'no signature': `${bare}.${body}.`,
    expired: signJws(claimsFor(name, { iat: nowSeconds - 60, exp: nowSeconds - 45 }), callerTokenType, own),
    'long-lived': signJws(claimsFor(name, { exp: nowSeconds + 3600 }), callerTokenType, own),
    'not yet valid': signJws(
      claimsFor(name, { iat: nowSeconds + 60, exp: nowSeconds + 75 }),
      callerTokenType,
      own,
    ),
    'of another kind': signJws(claimsFor(name), signedCallType, own),
    'of another issuer': signJws({ ...claimsFor(name), iss: 'elsewhere' }, callerTokenType, own),
    'without a caller': signJws({ ...claimsFor(name), caller: null }, callerTokenType, own),
  };
}

const representations = [{ __typename: 'Citizen', id: an.citizenId }];
const questions = [
  { query: '{ _service { sdl } }' },
  { query: '{ __schema { types { name } } }' },
  { query: '{ __typename }' },
  {
    query:
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }',
    variables: { representations },
  },
];

describe.each(ways)('%s, what a client forges is not heard', (way) => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await startGraphUnderTest({ way });
  });
  afterAll(() => graph.close());

  test('internal headers of a client do nothing', async () => {
    const forged = createCallerTokens({
      keyOf: (name) => graph.parts.callerKeyOf(name as AgencyName),
      nowSeconds: () => nowSeconds,
    });
    const id = randomUUID();
    graph.lines.length = 0;
    for (const name of agencyNames) {
      const response = await graph.http
        .post('/graphql')
        .set('content-type', 'application/json')
        .set(callerTokenHeader, forged.sign(name, testOfficer, id))
        .set(requestIdHeader, id)
        .send({ query: read, variables });
      expect(response.body.data).toEqual({ citizen: null });
      expect(response.body.errors[0].extensions.code).toBe('UNAUTHENTICATED');
      expect(response.headers[requestIdHeader]).not.toBe(id);
      expect(response.text + JSON.stringify(response.headers)).not.toContain(id);
    }
    expect(graph.lines.join()).not.toContain(id);
  });

  test('beside a true access token they change neither who asks nor the operation', async () => {
    const id = randomUUID();
    const asked = new Set<string>();
    const token = await graph.tokenOf(appCaller('bank-loans', 'loan-assessment'));
    for (let turn = 0; turn < 2; turn += 1) {
      const response = await graph.http
        .post('/graphql')
        .set('content-type', 'application/json')
        .set('authorization', `Bearer ${token}`)
        .set(
          callerTokenHeader,
          signJws(claimsFor('population'), callerTokenType, graph.parts.callerKeyOf('population')),
        )
        .set(requestIdHeader, id)
        .send({ query: read, variables });
      expect(response.body.data).toEqual({ citizen: null });
      expect(response.body.errors[0].extensions.reason).toBe('NO_CONSENT');
      asked.add(String(response.headers[requestIdHeader]));
    }
    expect(asked.size).toBe(2);
    expect(asked.has(id)).toBe(false);
  });

  test.each(agencyNames)(
    '%s answers nobody for whom the gateway does not vouch, and runs nothing',
    async (name) => {
      graph.statements.length = 0;
      for (const [title, callerToken] of Object.entries(wrongTokens(graph, name)))
        for (const question of questions) {
          const answer = await askDirectly(graph, name, question, callerToken);
          expect(answer.status, title).toBe(way === 'over HTTP' ? 401 : null);
          expect(answer.body, title).toEqual({
            errors: [
              expect.objectContaining({ extensions: expect.objectContaining({ code: 'UNAUTHENTICATED' }) }),
            ],
          });
        }
      expect(graph.statements).toEqual([]);
      const right = signJws(claimsFor(name), callerTokenType, graph.parts.callerKeyOf(name));
      const { body } = await askDirectly(graph, name, { query: '{ __typename }' }, right);
      expect(body).toEqual({ data: { __typename: 'Query' } });
    },
  );
});

interface Question {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

/** Asks an agency past the gateway. `status`: `null` in one process. */
async function askDirectly(
  graph: Graph,
  name: AgencyName,
  question: Question,
  callerToken: string | undefined,
) {
  const address = graph.parts.addressOf(name);
  if (address === undefined) {
    const body = await graph.parts.askOf(name)({ ...question, requestId: 'none', callerToken });
    return { status: null, body: JSON.parse(JSON.stringify(body)) as unknown };
  }
  const response = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(callerToken !== undefined && { [callerTokenHeader]: callerToken }),
    },
    body: JSON.stringify(question),
  });
  return { status: response.status, body: (await response.json()) as unknown };
}

describe('over HTTP, what the services tell each other', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await startGraphUnderTest({ way: 'over HTTP' });
  });
  afterAll(() => graph.close());

  const factKey = { subject: an.citizenId, clientId: 'vneid', purpose: null, callerId: an.citizenId };
  const callOf = (aud: string, iss: string, method: string, args: readonly unknown[]) => ({
    ...{ iss, aud, method, args, jti: randomUUID(), iat: nowSeconds, exp: nowSeconds + 10 },
  });

  test.each([
    ['consent' as const, 'register', 'residence', 'read', [[factKey]]],
    ['consent' as const, 'register', 'gateway', 'readClient', ['vneid', null]],
    ['population' as const, 'notices', 'consent', 'notices', [[]]],
    ['dependants' as const, 'notices', 'consent', 'notices', [[]]],
  ])('%s: /%s is for nobody without a right call (%s %s)', async (name, audience, issuer, method, args) => {
    const url = new URL(audience, graph.parts.addressOf(name)).href;
    const call = callOf(audience, issuer, method, args);
    const bodies = [
      '',
      'let me in',
      JSON.stringify({ method, args }),
      signJws(call, signedCallType, randomBytes(32)),
      signJws(call, signedCallType, graph.parts.callerKeyOf(name)),
      signJws(claimsFor(name), callerTokenType, graph.parts.callerKeyOf(name)),
    ];
    graph.statements.length = 0;
    for (const body of bodies) {
      const headers = {
        [callerTokenHeader]: signJws(claimsFor(name), callerTokenType, graph.parts.callerKeyOf(name)),
      };
      const response = await fetch(url, { method: 'POST', headers, body });
      expect(response.status).toBe(401);
      expect(await response.text()).toBe('Unauthorized');
    }
    expect((await fetch(url)).status).toBe(401);
    expect(graph.statements).toEqual([]);
  });
});

describe.each(ways)('%s, an agency that does not say on what its answer rests', (way) => {
  let spoil: (answer: AgencyAnswer) => AgencyAnswer = (answer) => answer;
  const spoiled = (name: string, ask: AskAgency): AskAgency =>
    ['population', 'residence'].includes(name)
      ? async (request) => spoil(structuredClone(await ask(request)))
      : ask;
  let graph: Graph;
  beforeAll(async () => {
    graph = await startGraphUnderTest({ way, wrap: spoiled });
  });
  afterAll(() => graph.close());

  const document = `query ($personalId: PersonalId!) {
    me { id fullName home: residence { household { memberCount } } vehicles { plateNumber } }
    citizen(personalId: $personalId) { fullName } citizens(personalIds: [$personalId]) { fullName } }`;
  const ask = () => graph.post({ query: document, variables }, citizenCaller(an.citizenId));

  const decisionsOf = ({ extensions }: AgencyAnswer) =>
    (extensions?.['decisions'] ?? []) as Record<string, unknown>[];
  const withDecisions =
    (change: (decision: Record<string, unknown>) => unknown) =>
    (answer: AgencyAnswer): AgencyAnswer => ({
      ...answer,
      extensions: { decisions: decisionsOf(answer).map(change) },
    });

  test.each<[string, (answer: AgencyAnswer) => AgencyAnswer]>([
    ['no extensions', ({ data, errors }) => ({ data, ...(errors && { errors }) })],
    ['no decisions', (answer) => ({ ...answer, extensions: { decisions: [] } })],
    ['refusals', withDecisions((each) => ({ ...each, isAllowed: false, basis: null, reason: 'NO_CONSENT' }))],
    ['another scope', withDecisions((each) => ({ ...each, scope: 'VEHICLES' }))],
    ['other places', withDecisions((each) => ({ ...each, paths: ['_entities.7.vehicles'] }))],
    ['an unknown basis', withDecisions((each) => ({ ...each, basis: 'FRIENDSHIP' }))],
    ['text', (answer) => ({ ...answer, extensions: { decisions: 'all allowed' } })],
  ])('sends %s: its values are dropped, and the others stay', async (_, spoilIt) => {
    spoil = (answer) => answer;
    expect((await ask()).body.errors).toBeUndefined();
    spoil = spoilIt;
    graph.lines.length = 0;
    const response = await ask();
    expect(response.status).toBe(200);
    const { data, errors = [] } = response.body as GraphAnswer;
    expect(data.me).toEqual({ id: an.citizenId, fullName: null, home: null, vehicles: expect.any(Array) });
    expect(data.citizen).toBeNull();
    expect([null, [null]]).toContainEqual(data.citizens);
    const codes = Object.fromEntries(errors.map(({ path, extensions: { code } }) => [path?.join('.'), code]));
    expect(codes).toMatchObject({
      'me.fullName': 'SUBGRAPH_BAD_RESPONSE',
      'me.home': 'SUBGRAPH_BAD_RESPONSE',
      citizen: 'SUBGRAPH_BAD_RESPONSE',
    });
    expect(new Set(Object.values(codes))).toEqual(new Set(['SUBGRAPH_BAD_RESPONSE']));
    const plates = (data.me.vehicles as { plateNumber: string }[]).map(({ plateNumber }) => plateNumber);
    const told = [response.text, ...graph.lines].join('\n');
    expect(findValues(told, values).filter((value) => !plates.includes(value))).toEqual([]);
  });

  test('decisions about somebody else carry nothing', async () => {
    spoil = withDecisions((each) => ({ ...each, subject: personaNamed('stranger').citizenId }));
    const { data } = (await ask()).body as GraphAnswer;
    expect(data.me).toMatchObject({ id: an.citizenId, fullName: null, home: null });
  });
});

test('the tables of the register keep nothing of a forged request', async () => {
  const graph = await startGraphUnderTest({ own: ['consent'] });
  const register = graph.databaseOf('consent');
  try {
    const mutation = `mutation { requestConsent(personalId: "${an.personalId}", scopes: ["PERSONAL_INFORMATION"]) { requestId } }`;
    for (const caller of [
      anonymous,
      appCaller('no-such-client', 'loan-assessment'),
      appCaller('bank-loans', 'treatment'),
    ])
      expect((await graph.query(mutation, {}, caller)).data?.requestConsent ?? null).toBeNull();
    expect(await register.sql`select request_id from consent_requests`).toEqual([]);
  } finally {
    await register.close();
    await graph.close();
  }
});
