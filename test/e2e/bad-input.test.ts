import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personas } from '#db/population';
import { testAsOf } from '../support/agency-under-test.ts';
import { startGraphUnderTest } from '../support/graph-under-test.ts';

const [somebody] = personas(testAsOf);
const personalId = somebody?.personalId ?? '';
let graph: Awaited<ReturnType<typeof startGraphUnderTest>>;
beforeAll(async () => {
  graph = await startGraphUnderTest();
});
afterAll(() => graph.close());

const citizen = 'query ($personalId: PersonalId!) { citizen(personalId: $personalId) { id } }';
const visits =
  'query ($personalId: PersonalId!, $first: Int!, $after: String, $from: Date) { citizen(personalId: $personalId) { id healthRecords(first: $first, after: $after, from: $from) { nodes { admittedOn } } } }';
const several = 'query ($personalIds: [PersonalId!]!) { citizens(personalIds: $personalIds) { id } }';

interface Case {
  readonly title: string;
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly code: string;
  /** What the message names. */
  readonly names: string;
  /** What the answer must not contain. */
  readonly echo?: string;
}

const badNumbers: readonly unknown[] = [
  '87654321',
  '8765432109',
  '87654321098',
  'abcdefghijkl',
  '０９９０８７６５４３２１',
  '099087654 32',
  ' 099087654321',
  99087654321,
  '',
  null,
  ['099087654321', 'x'],
  { a: 1234567 },
  true,
  9.9e20,
];
const cases: readonly Case[] = [
  ...badNumbers.map((value) => ({
    title: `the variable ${JSON.stringify(value)}`,
    query: citizen,
    variables: { personalId: value },
    code: 'BAD_USER_INPUT',
    names: '$personalId',
    ...(String(value).length > 4 && { echo: String(value).trim().slice(0, 8) }),
  })),
  { title: 'a missing variable', query: citizen, code: 'BAD_USER_INPUT', names: '$personalId' },
  {
    title: 'a literal of 8 digits',
    query: '{ citizen(personalId: "87654321") { id } }',
    code: 'GRAPHQL_VALIDATION_FAILED',
    names: 'personalId',
    echo: '87654321',
  },
  {
    title: 'a literal number',
    query: '{ citizen(personalId: 87654321) { id } }',
    code: 'GRAPHQL_VALIDATION_FAILED',
    names: 'personalId',
    echo: '87654321',
  },
  {
    title: 'an enum literal',
    query: '{ citizen(personalId: SECRET77) { id } }',
    code: 'GRAPHQL_VALIDATION_FAILED',
    names: 'personalId',
    echo: 'SECRET77',
  },
  {
    title: 'a literal of another type',
    query:
      '{ citizen(personalId: "099087654321") { healthRecords(first: "SECRET77") { nodes { admittedOn } } } }',
    code: 'GRAPHQL_VALIDATION_FAILED',
    names: 'first',
    echo: 'SECRET77',
  },
  {
    title: 'an unknown field',
    query: '{ citizen(personalId: "099087654321") { id salary } }',
    code: 'GRAPHQL_VALIDATION_FAILED',
    names: 'salary',
    echo: '099087654321',
  },
  {
    title: 'an unknown argument',
    query: '{ citizen(number: "099087654321") { id } }',
    code: 'GRAPHQL_VALIDATION_FAILED',
    names: 'number',
    echo: '099087654321',
  },
  {
    title: 'a broken document',
    query: '{ citizen(personalId: "099087654321" { id } }',
    code: 'GRAPHQL_PARSE_FAILED',
    names: 'line 1',
    echo: '099087654321',
  },
  {
    title: '101 numbers',
    query: several,
    variables: { personalIds: Array.from({ length: 101 }, () => personalId) },
    code: 'BAD_USER_INPUT',
    names: 'personalIds',
    echo: personalId,
  },
  {
    title: 'a page of 101',
    query: visits,
    variables: { personalId, first: 101 },
    code: 'BAD_USER_INPUT',
    names: 'first',
    echo: '101',
  },
  {
    title: 'a page of 0',
    query: visits,
    variables: { personalId, first: 0 },
    code: 'BAD_USER_INPUT',
    names: 'first',
  },
  {
    title: 'a page of "SECRET77"',
    query: visits,
    variables: { personalId, first: 'SECRET77' },
    code: 'BAD_USER_INPUT',
    names: '$first',
    echo: 'SECRET77',
  },
  {
    title: 'a broken cursor',
    query: visits,
    variables: { personalId, first: 1, after: 'SECRET77' },
    code: 'BAD_USER_INPUT',
    names: 'after',
    echo: 'SECRET77',
  },
  {
    title: 'a day that does not exist',
    query: visits,
    variables: { personalId, first: 1, from: '2026-02-30' },
    code: 'BAD_USER_INPUT',
    names: '$from',
    echo: '2026-02-30',
  },
];

test.each(cases)(
  '$title is refused with $code, by name and without echo',
  async ({ query, variables, code, names, echo }) => {
    graph.lines.length = 0;
    const response = await graph.post({ query, variables });
    const [error] = response.body.errors;
    expect(error.extensions.code).toBe(code);
    expect(error.message).toContain(names);
    // A value refused by its form is refused at the door: no agency is asked.
    if (names.startsWith('$')) expect(JSON.parse(graph.lines[0] ?? '').fetches).toEqual({});
    expect(error.extensions.howTo).toBeTruthy();
    if (echo) expect(response.text).not.toContain(echo);
    expect(response.text).not.toMatch(/select |node_modules|127\.0\.0\.1|\bat \/\w/i);
  },
);

test('an unknown number is null, without an error', async () => {
  expect(await graph.query(citizen, { personalId: '099000000000' })).toEqual({ data: { citizen: null } });
});

describe('requests that are not GraphQL', () => {
  test.each([
    ['a broken body', '{"query": "{ citizen', 400],
    ['an empty body', '', 400],
    ['a list', '[]', 400],
    ['a large body', JSON.stringify({ query: 'x'.repeat(300_000) }), 413],
  ])('%s is a coded client error', async (_, body, status) => {
    const response = await graph.http.post('/graphql').set('content-type', 'application/json').send(body);
    expect(response.status).toBe(status);
    expect(response.text).not.toContain('node_modules');
  });

  test('a form is refused (CSRF)', async () => {
    const response = await graph.http.post('/graphql').type('form').send({ query: '{ __typename }' });
    expect(response.status).toBe(400);
  });

  test('an unknown path is a coded 404', async () => {
    const response = await graph.http.get('/nothing');
    expect(response.status).toBe(404);
    expect(response.body.errors[0].extensions.code).toBe('BAD_REQUEST');
  });
});
