import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personas } from '#db/population';
import { profileQuery } from '../../gateway/explorer/profile-query.ts';
import { testAsOf } from '../support/agency-under-test.ts';
import { startGraphUnderTest } from '../support/graph-under-test.ts';

const personalId = personas(testAsOf)[0]?.personalId ?? '';
let graph: Awaited<ReturnType<typeof startGraphUnderTest>>;
beforeAll(async () => {
  graph = await startGraphUnderTest();
});
afterAll(() => graph.close());

describe('the door', () => {
  test.each(['/health/live', '/health/ready'])('%s answers', async (path) => {
    expect((await graph.http.get(path)).status).toBe(200);
  });

  test.each([
    ['https://studio.apollographql.com', 'https://studio.apollographql.com'],
    ['https://elsewhere.example', undefined],
  ])('a page of %s is allowed: %s', async (origin, allowed) => {
    const response = await graph.http
      .options('/graphql')
      .set('origin', origin)
      .set('access-control-request-method', 'POST');
    expect(response.status).toBe(204);
    expect(response.headers['access-control-allow-origin']).toBe(allowed);
  });

  test('names no software and gives each request an id', async () => {
    const [one, two] = [
      await graph.post({ query: '{ __typename }' }),
      await graph.post({ query: '{ __typename }' }),
    ];
    expect(one.headers['x-powered-by']).toBeUndefined();
    expect(one.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(one.headers['x-request-id']).not.toBe(two.headers['x-request-id']);
  });

  test('a client cannot ask for entities or subgraph SDL', async () => {
    for (const query of ['{ _service { sdl } }', '{ _entities(representations: []) { __typename } }'])
      expect((await graph.query(query)).errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test('the outgoing telemetry of the gateway library is off', async () => {
    await import('../../gateway/config.ts');
    expect(process.env['APOLLO_TELEMETRY_DISABLED']).toBe('1');
  });
});

test('one log line per operation: what was asked of whom, no value and no identifier', async () => {
  graph.lines.length = 0;
  const response = await graph.post({ query: profileQuery, variables: { personalId } });
  const { citizen } = response.body.data;
  expect(graph.lines).toHaveLength(1);
  const line = JSON.parse(graph.lines[0] ?? '');
  expect(line).toMatchObject({
    requestId: response.headers['x-request-id'],
    operation: { name: 'Profile', type: 'query' },
    codes: [],
    fetches: { population: expect.any(Number), 'health-records': 1, vehicles: 1 },
  });
  for (const value of [personalId, citizen.id, citizen.fullName, citizen.dateOfBirth])
    expect(graph.lines[0]).not.toContain(value);
});

test('an operation name that carries a number is not written down', async () => {
  graph.lines.length = 0;
  await graph.query(`query Of_${personalId} { __typename }`);
  expect(graph.lines.join('')).not.toContain(personalId);
});

describe('an agency that fails', () => {
  const failures = [
    [
      'cannot be reached',
      () => Promise.reject(new Error('connect ECONNREFUSED 10.1.2.3:5432')),
      'INTERNAL_SERVER_ERROR',
    ],
    [
      'speaks of its internals',
      async () => ({
        data: null,
        errors: [{ message: 'select * from secrets', path: [], extensions: { code: 'X' } }],
      }),
      'INTERNAL_SERVER_ERROR',
    ],
    [
      'has lost its database',
      async () => ({
        data: null,
        errors: [{ message: 'gone', extensions: { code: 'DATABASE_UNAVAILABLE' } }],
      }),
      'DATABASE_UNAVAILABLE',
    ],
  ] as const;

  test.each(failures)(
    'and %s costs its own category, with a code and no internals',
    async (_, answer, code) => {
      const failing = await startGraphUnderTest({
        wrap: (name, ask) => (name === 'vehicles' ? answer : ask),
      });
      const response = await failing.post({ query: profileQuery, variables: { personalId } });
      expect(response.status).toBe(200);
      const { data, errors } = response.body;
      expect(data.citizen.vehicles).toBeNull();
      expect(data.citizen.fullName).toBeTruthy();
      expect(data.citizen.healthRecords).not.toBeNull();
      expect(errors[0].extensions).toMatchObject({ code });
      expect(response.text).not.toMatch(/10\.1\.2\.3|select \*|ECONNREFUSED/);
      await failing.close();
    },
  );
});
