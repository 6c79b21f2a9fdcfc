import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFactsReader, startAgencyService, type AgencyService } from '#kit';
import { createCallerTokens } from '../../../gateway/caller-token.ts';
import { loadAgency } from '../../../subgraphs/registry.ts';
import { statuteRegister, testOfficer } from '../../support/callers.ts';

const citizenId = '11111111-1111-4111-8111-111111111111';
const callerKey = randomBytes(32);
const now = new Date('2026-11-01T12:00:00+07:00');
const clockMs = () => performance.now();
const tokens = createCallerTokens({ keyOf: () => callerKey, nowSeconds: () => now.getTime() / 1000 });

/** Nothing listens there: whatever is read fails. */
const databaseUrl = 'postgres://nobody:nothing@127.0.0.1:1/none';

let service: AgencyService;
beforeAll(async () => {
  const reader = createFactsReader(statuteRegister(), { clockMs });
  const options = { databaseUrl, now: () => now, clockMs, callerKey, reader };
  service = await startAgencyService(await loadAgency('population'), options);
});
afterAll(() => service.close());

interface Asked {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Record<string, unknown>;
}

const representations = [{ __typename: 'Citizen', id: citizenId }];
const entities = (selection: string): string =>
  `query ($r: [_Any!]!) { _entities(representations: $r) { ${selection} } }`;

const byServer = async (asked: Asked): Promise<unknown> => {
  const claims = service.verify(tokens.sign('population', testOfficer, randomUUID()));
  if (!claims) throw new Error('The token is not right.');
  const contextValue = service.contextOf(claims, undefined);
  const { body } = await service.server.executeOperation(asked, { contextValue });
  return body.kind === 'single' ? body.singleResult : undefined;
};
const byHandle = (asked: Asked): Promise<unknown> =>
  service.handle({ ...asked, callerToken: tokens.sign('population', testOfficer, randomUUID()) });

const requests: readonly (readonly [what: string, asked: Asked])[] = [
  ['what is no GraphQL', { query: 'query {' }],
  ['nothing', { query: '' }],
  ['a field that is not there', { query: '{ nobody }' }],
  ['an operation that is not there', { query: 'query A { __typename }', operationName: 'B' }],
  ['one of two operations, unnamed', { query: 'query A { __typename } query B { __typename }' }],
  [
    'one of two operations',
    { query: 'query A { a: __typename } query B { b: __typename }', operationName: 'B' },
  ],
  ['a variable of another type', { query: entities('__typename'), variables: { r: 5 } }],
  ['a variable that is missing', { query: entities('__typename'), variables: {} }],
  [
    'a number without its form',
    { query: 'query ($n: PersonalId!) { citizen(personalId: $n) { id } }', variables: { n: '12' } },
  ],
  ['the SDL', { query: '{ _service { sdl } }' }],
  ['the schema', { query: '{ __schema { queryType { name } } }' }],
  ['an entity', { query: entities('... on Citizen { id }'), variables: { r: representations } }],
  [
    'an entity of a type that is not there',
    { query: entities('__typename'), variables: { r: [{ __typename: 'Nobody' }] } },
  ],
  [
    'an id that nobody has',
    {
      query: entities('... on Citizen { id }'),
      variables: { r: [{ __typename: 'Citizen', id: "' or true" }] },
    },
  ],
  [
    'fields that cannot be read',
    { query: entities('... on Citizen { fullName source { agency } }'), variables: { r: representations } },
  ],
  ['under a key that objects have', { query: '{ __proto__: __typename constructor: __typename }' }],
];

describe('the short way answers as Apollo Server does', () => {
  test.each(requests)('%s', async (_, asked) => {
    const theirs = JSON.parse(JSON.stringify(await byServer(asked))) as object;
    expect(JSON.parse(JSON.stringify(await byHandle(asked)))).toEqual(theirs);
    expect(await byHandle(asked), 'and the second time').toEqual(await byHandle(asked));
  });
});

test('a failure is coded, has its path, and what was decided is told', async () => {
  const query = entities('... on Citizen { fullName }');
  const answer = (await byHandle({ query, variables: { r: representations } })) as {
    errors: { path: unknown; extensions: object }[];
    extensions: { decisions: { isAllowed: boolean; paths: string[] }[] };
  };
  expect(answer.errors).toMatchObject([
    { path: ['_entities', 0, 'fullName'], extensions: { code: 'DATABASE_UNAVAILABLE' } },
  ]);
  expect(answer.extensions.decisions).toMatchObject([{ isAllowed: true, paths: ['_entities.0.fullName'] }]);
});

test.each([
  ['none', undefined],
  ['of another agency', tokens.sign('residence', testOfficer, randomUUID())],
])('a caller token: %s lets nothing run, not even what was compiled before', async (_, callerToken) => {
  const asked = { query: entities('... on Citizen { id }'), variables: { r: representations } };
  await byHandle(asked);
  expect(await service.handle({ ...asked, callerToken })).toEqual({
    errors: [
      expect.objectContaining({
        extensions: expect.objectContaining({ reason: 'CALLER_TOKEN_INVALID' }) as object,
      }),
    ],
  });
});

test('answers hold nothing of each other', async () => {
  const asked = { query: entities('... on Citizen { id }'), variables: { r: representations } };
  const [one, other] = (await Promise.all([byHandle(asked), byHandle(asked)])) as {
    data: { _entities: object[] };
  }[];
  Object.assign(one?.data._entities[0] ?? {}, { id: 'changed' });
  expect(other?.data._entities).toEqual([{ id: citizenId }]);
});
