import { Agent, request as send, type IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { profileQuery } from '../../gateway/explorer/profile-query.ts';
import { openDoor, type Door } from '../../gateway/server.ts';
import { createTraffic } from '../../gateway/traffic.ts';
import { startGraphUnderTest, type GraphAnswer } from '../support/graph-under-test.ts';

let graph: Awaited<ReturnType<typeof startGraphUnderTest>>;
let door: Door;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

beforeAll(async () => {
  graph = await startGraphUnderTest();
  door = await openDoor(graph.door, 0, '127.0.0.1');
  for (let round = 0; round < 10; round += 1) {
    await ask({ query: '{ __typename nothing }' });
    await ask({ query: '{ __typename }', variables: { round } });
    await ask({ query: profileQuery, variables: { personalId: '099085990101' } });
  }
});
afterAll(async () => {
  agent.destroy();
  await door.close(createTraffic({ maxInFlight: 1 }), { noticeMs: 0, limitMs: 1000 });
  await graph.close();
});

interface Wire {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}
interface Heard {
  readonly status: number;
  readonly text: string;
  readonly answer: GraphAnswer;
  readonly headers: IncomingMessage['headers'];
}

const json = { 'content-type': 'application/json' };

function exchange({ method = 'POST', path = '/graphql', headers = json, body = '' }: Wire): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const request = send({ host: '127.0.0.1', port: door.port, agent, method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.once('end', () => {
        const isJson = /json/.test(response.headers['content-type'] ?? '');
        const answer = (isJson ? JSON.parse(text) : {}) as GraphAnswer;
        resolve({ status: response.statusCode ?? 0, text, answer, headers: response.headers });
      });
    });
    request.once('error', reject);
    request.end(body);
  });
}

const ask = (body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Heard> =>
  exchange({ headers: { ...json, ...headers }, body: JSON.stringify(body) });

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
const nest = (field: string, levels: number): string =>
  `${`${field} { `.repeat(levels - 1)}id${' }'.repeat(levels - 1)}`;
const each = (count: number, write: (index: number) => string): string => range(count).map(write).join(' ');
const citizen = (selections: string): string => `citizen(personalId: "099085990101") { ${selections} }`;
const doubling = (last: string): string =>
  `{ ...F0 } ${each(30, (n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)} ${last}`;
const nestedJson = `{"query":"{ __typename }","variables":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;

interface Case {
  readonly title: string;
  readonly wire: Wire;
  readonly status: number;
  readonly code: string;
  readonly limit?: string;
  readonly says?: string;
}

const wireOf = (query: string, variables?: unknown): Wire => ({ body: JSON.stringify({ query, variables }) });
const tooLarge = (title: string, query: string, limit: string, variables?: unknown): Case => ({
  ...{ title, wire: wireOf(query, variables), status: 400, code: 'OPERATION_TOO_LARGE', limit },
});

const transport: readonly Case[] = [
  {
    title: 'a body of 300 kB',
    wire: wireOf(`{ __typename } #${'x'.repeat(300_000)}`),
    ...{ status: 413, code: 'REQUEST_TOO_LARGE' },
  },
  {
    title: 'a body of 20 MB in chunks',
    wire: { headers: { ...json, 'transfer-encoding': 'chunked' }, body: Buffer.alloc(20_000_000, ' ') },
    ...{ status: 413, code: 'REQUEST_TOO_LARGE' },
  },
  {
    title: 'a compressed body',
    wire: {
      headers: { ...json, 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify({ query: '{ __typename }' })),
    },
    ...{ status: 415, code: 'ENCODING_NOT_SUPPORTED' },
  },
  {
    title: 'a gzip bomb',
    wire: { headers: { ...json, 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(20_000_000, ' ')) },
    ...{ status: 415, code: 'ENCODING_NOT_SUPPORTED' },
  },
  {
    title: 'another character set',
    wire: {
      headers: { 'content-type': 'application/json; charset=iso-8859-1' },
      body: '{"query":"{ __typename }"}',
    },
    ...{ status: 415, code: 'ENCODING_NOT_SUPPORTED' },
  },
  {
    title: 'a batch of one',
    wire: { body: JSON.stringify([{ query: '{ __typename }' }]) },
    ...{ status: 400, code: 'BATCH_NOT_SUPPORTED' },
  },
  {
    title: 'a batch of 5,000',
    wire: { body: JSON.stringify(range(5000).map(() => ({ query: '{ __typename }' }))) },
    ...{ status: 400, code: 'BATCH_NOT_SUPPORTED' },
  },
  { title: 'an empty batch', wire: { body: '[]' }, status: 400, code: 'BATCH_NOT_SUPPORTED' },
  { title: 'a broken body', wire: { body: '{"query": "{ ' }, status: 400, code: 'BAD_REQUEST' },
  {
    title: 'half a megabyte of brackets',
    wire: { body: '['.repeat(250_000) },
    status: 400,
    code: 'BAD_REQUEST',
  },
  {
    title: 'a form (CSRF)',
    wire: {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'query=%7B__typename%7D',
    },
    ...{ status: 400, code: 'BAD_REQUEST' },
  },
  {
    title: 'a plain GET (CSRF)',
    wire: { method: 'GET', path: '/graphql?query=%7B__typename%7D', headers: {} },
    ...{ status: 400, code: 'BAD_REQUEST' },
  },
  { title: 'PUT', wire: { ...wireOf('{ __typename }'), method: 'PUT' }, status: 405, code: 'BAD_REQUEST' },
  { title: 'a broken address', wire: { method: 'GET', path: '/%' }, status: 404, code: 'BAD_REQUEST' },
];

const documents: readonly Case[] = [
  tooLarge('16 fields deep', `{ ${nest('a', 16)} }`, 'depth'),
  tooLarge('900 fields deep', `{ ${nest('a', 900)} }`, 'depth'),
  tooLarge(
    '16 fields deep through fragments',
    `{ ...A } fragment A on Query { ${`a { `.repeat(14)} ...B ${'}'.repeat(14)} } fragment B on Citizen { b { id } }`,
    'depth',
  ),
  tooLarge('600 inline fragments deep', `{ ${'... { '.repeat(600)}id${' }'.repeat(600)} }`, 'depth'),
  tooLarge('600 lists deep', `{ a(b: ${'['.repeat(600)}${']'.repeat(600)}) }`, 'depth'),
  tooLarge('101 aliases', `{ ${citizen(each(101, (n) => `a${n}: fullName`))} }`, 'aliases'),
  tooLarge('10,000 aliases', `{ ${each(10_000, (n) => `a${n}: __typename`)} }`, 'tokens'),
  tooLarge(
    '26 aliases spread four times',
    `{ ${each(4, (n) => citizen(`vehicles { f${n}: model ...F }`))} } fragment F on Vehicle { ${each(26, (n) => `a${n}: model`)} }`,
    'aliases',
  ),
  tooLarge('101 root fields', `{ ${'__typename '.repeat(101)} }`, 'rootFields'),
  tooLarge(
    '101 root fields in several operations',
    each(51, (n) => `query Q${n} { __typename __typename }`),
    'rootFields',
  ),
  tooLarge('2,001 words and signs', `{ ${citizen('id '.repeat(1992))} }`, 'tokens'),
  tooLarge('250 kB of words', `{ ${'a '.repeat(120_000)} }`, 'tokens'),
  tooLarge('a flood of one field', `{ ${citizen('id '.repeat(1900))} }`, 'comparisons'),
  tooLarge(
    'a flood of one field with long arguments',
    `{ ${citizen(`healthRecords(first: 10, after: "${'x'.repeat(1000)}") { nodes { admittedOn } } `.repeat(40))} }`,
    'comparisons',
  ),
  tooLarge(
    'overlapping fields through fragments',
    `{ ${citizen(each(150, (n) => `...F${n}`))} } ${each(150, (n) => `fragment F${n} on Citizen { id fullName }`)}`,
    'comparisons',
  ),
  tooLarge(
    'a thousand million fields by fragments',
    doubling('fragment F30 on Query { __typename }'),
    'rootFields',
  ),
  tooLarge('a thousand million spreads of nothing', doubling(''), 'selections'),
  tooLarge(
    'fragments that explode and are never used',
    `{ __typename } ${each(30, (n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)}`,
    'selections',
  ),
  tooLarge(
    'the schema, three times',
    `{ ${each(3, (n) => `a${n}: __schema { types { name } }`)} }`,
    'introspectionAliases',
  ),
  tooLarge(
    'types of types of types',
    `{ __schema { types { ${nest('ofType', 24)} } } }`,
    'introspectionDepth',
  ),
  tooLarge('values nested a hundred thousand deep', '{ __typename }', 'values'),
  tooLarge('a variable of many small lists', '{ __typename }', 'values', {
    a: range(90).map(() => range(90)),
  }),
  {
    ...{ title: 'a fragment that contains itself', wire: wireOf('{ ...A } fragment A on Query { ...A }') },
    ...{ status: 400, code: 'GRAPHQL_VALIDATION_FAILED', says: 'contains itself' },
  },
  {
    title: 'a circle of fifty fragments',
    wire: wireOf(`{ ...F0 } ${each(50, (n) => `fragment F${n} on Query { ...F${(n + 1) % 50} }`)}`),
    ...{ status: 400, code: 'GRAPHQL_VALIDATION_FAILED', says: 'contains itself' },
  },
  {
    title: 'a circle that is never used',
    wire: wireOf('{ __typename } fragment A on Citizen { dependants { citizen { ...A } } }'),
    ...{ status: 400, code: 'GRAPHQL_VALIDATION_FAILED', says: 'contains itself' },
  },
  {
    title: 'a list of 101 in the document',
    wire: wireOf(`{ citizens(personalIds: [${'"099085990101" '.repeat(101)}]) { id } }`),
    ...{ status: 400, code: 'BAD_USER_INPUT', says: 'Argument "personalIds"', limit: 'listItems' },
  },
  {
    title: 'a list of 15,000 as a variable',
    wire: wireOf('query ($ids: [PersonalId!]!) { citizens(personalIds: $ids) { id } }', {
      ids: range(15_000).map(() => '099085990101'),
    }),
    ...{ status: 400, code: 'BAD_USER_INPUT', says: 'Variable "$ids"', limit: 'listItems' },
  },
];

const graphqlOnly = { ...json, accept: 'application/graphql-response+json' };
const manyLists = `query (${each(49, (n) => `$v${n}: [PersonalId!]!`)}) { ${each(49, (n) => `a${n}: citizens(personalIds: $v${n}) { id }`)} }`;
const validated: readonly Case[] = (
  [
    [
      'typing errors by the thousand',
      `{ ${citizen(each(1900, (n) => `fulName${n}`))} }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'unknown types by the hundred',
      `query (${each(300, (n) => `$v${n}: Strin`)}) { __typename }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'directives by the hundred',
      `{ __typename ${'@skip(if: true) '.repeat(250)} }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['half a document', `{ ${'a { '.repeat(60)}`, 'GRAPHQL_PARSE_FAILED'],
    ['a name of 200 kB', `{ ${'a'.repeat(200_000)} }`, 'GRAPHQL_VALIDATION_FAILED'],
    ['80,000 comments', `${'#\n'.repeat(80_000)}{ nothing }`, 'GRAPHQL_VALIDATION_FAILED'],
    ['thousands of bad values', manyLists, 'BAD_USER_INPUT'],
  ] as const
).map(([title, query, code]) => {
  const variables =
    query === manyLists ? Object.fromEntries(range(49).map((n) => [`v${n}`, range(100)])) : undefined;
  return { title, wire: { ...wireOf(query, variables), headers: graphqlOnly }, status: 400, code };
});

const cases = [...transport, ...documents, ...validated].map((entry) =>
  entry.title === 'values nested a hundred thousand deep' ? { ...entry, wire: { body: nestedJson } } : entry,
);

const maxCpuMs = 50;

/**
 * CPU of this process, which is client and server at once: of several tries the one that cost least, since whatever else
 * runs on the machine only adds to it. The first is not counted.
 */
async function measure(wire: Wire): Promise<{ readonly heard: Heard; readonly cpuMs: number }> {
  let heard = await exchange(wire);
  let cpuMs = Infinity;
  for (let round = 0; round < 20 && (round < 3 || cpuMs >= maxCpuMs); round += 1) {
    const before = process.cpuUsage();
    heard = await exchange(wire);
    const { user, system } = process.cpuUsage(before);
    cpuMs = Math.min(cpuMs, (user + system) / 1000);
  }
  return { heard, cpuMs };
}

const leaks =
  /Did you mean|node_modules|\n\s+at |\\n *at |\.[tj]s:\d|select |127\.0\.0\.1|localhost|postgres/i;

describe('a hostile request is refused with a code, cheaply', () => {
  test.each(cases)('$title', async ({ wire, status, code, limit, says }) => {
    const { heard, cpuMs } = await measure(wire);
    const [error] = heard.answer.errors ?? [];
    expect({ status: heard.status, code: error?.extensions.code }).toEqual({ status, code });
    expect(error?.extensions).toMatchObject({ howTo: expect.anything(), ...(limit && { limit }) });
    if (says) expect(error?.message).toContain(says);
    expect(heard.answer.data).toBeUndefined();
    expect(heard.text).not.toMatch(leaks);
    expect(cpuMs).toBeLessThan(maxCpuMs);
  });
});

describe('what is just small enough is read', () => {
  test.each([
    ['15 fields deep', `{ ${nest('a', 15)} }`],
    ['100 aliases', `{ ${citizen(each(100, (n) => `a${n}: nothing`))} }`],
    ['100 root fields', `{ ${'nothing '.repeat(100)} }`],
    [
      '2,000 words and signs',
      `{ ${each(95, (place) => `a${place} { ${each(18, (n) => `b${n}`)} }`)} b c d }`,
    ],
    ['a list of 100', `{ citizens(numbers: [${'"099085990101" '.repeat(100)}]) { id } }`],
  ])('%s', async (_, query) => {
    const { status, answer } = await ask({ query });
    expect({ status, code: answer.errors?.[0]?.extensions.code }).toEqual({
      status: 200,
      code: 'GRAPHQL_VALIDATION_FAILED',
    });
  });

  test('the schema, as every tool asks for it', async () => {
    const query = getIntrospectionQuery({
      ...{ descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true },
      ...{ inputValueDeprecation: true },
    });
    const { status, answer } = await ask({ query });
    expect(status).toBe(200);
    expect(answer.data.__schema.types.length).toBeGreaterThan(20);
  });

  test('the profile of a citizen', async () => {
    const { answer } = await ask({ query: profileQuery, variables: { personalId: '099085990101' } });
    expect(answer.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('errors of the operation: 400 for who accepts application/graphql-response+json, else 200', () => {
  const bad: readonly (readonly [string, string, unknown])[] = [
    ['GRAPHQL_PARSE_FAILED', '{', undefined],
    ['GRAPHQL_VALIDATION_FAILED', '{ nothing }', undefined],
    ['BAD_USER_INPUT', 'query ($id: PersonalId!) { citizen(personalId: $id) { id } }', { id: '1' }],
    ['OPERATION_RESOLUTION_FAILURE', 'query A { __typename } query B { __typename }', undefined],
  ];
  const plain = 'application/json; charset=utf-8';
  const modern = 'application/graphql-response+json; charset=utf-8';
  const wishes: readonly (readonly [string | undefined, number, string])[] = [
    [undefined, 200, plain],
    ['*/*', 200, plain],
    ['application/json', 200, plain],
    ['application/graphql-response+json', 400, modern],
    ['application/graphql-response+json, application/json;q=0.9', 400, modern],
    ['application/json;q=0.5, application/graphql-response+json', 400, modern],
    ['application/json, application/graphql-response+json;q=0.5', 200, plain],
  ];
  const table = bad.flatMap(([code, query, variables]) =>
    wishes.map(([accept, status, type]) => ({ code, query, variables, accept, status, type })),
  );

  test.each(table)('$code, accept $accept', async ({ code, query, variables, accept, status, type }) => {
    const heard = await ask({ query, variables }, accept === undefined ? {} : { accept });
    expect(heard.answer.errors?.[0]?.extensions.code).toBe(code);
    expect({ status: heard.status, type: heard.headers['content-type'] }).toEqual({ status, type });
  });
});
