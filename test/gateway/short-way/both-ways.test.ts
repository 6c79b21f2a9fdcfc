import {
  createServer,
  request as send,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
} from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { profileQuery } from '../../../gateway/explorer/profile-query.ts';
import type { ShortWay } from '../../../gateway/server.ts';
import { anonymous, citizenCaller, testOfficer, type Caller } from '../../support/callers.ts';
import { startGraphUnderTest } from '../../support/graph-under-test.ts';
import { personaNamed } from '../../support/personas.ts';

const an = personaNamed('nguyen-van-an');
const { personalId } = an;
const variables = { personalId };
const json = 'application/json';
const graphql = 'application/graphql-response+json';

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly caller?: Caller;
  readonly headers?: OutgoingHttpHeaders;
  /** As it is, or JSON; nothing is sent for `undefined`. */
  readonly body?: unknown;
}

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** What was written down of it. */
  readonly lines: readonly unknown[];
}

let graph: Awaited<ReturnType<typeof startGraphUnderTest>>;
const servers = new Map<ShortWay, Server>();
const longWay = { count: 0 };

beforeAll(async () => {
  graph = await startGraphUnderTest();
  const { apollo } = graph.graph;
  const execute = apollo.executeHTTPGraphQLRequest.bind(apollo);
  vi.spyOn(apollo, 'executeHTTPGraphQLRequest').mockImplementation((given) => {
    longWay.count += 1;
    return execute(given);
  });
  for (const way of ['none', 'known', 'all'] as const) {
    const server = createServer(graph.doorOf(way)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.set(way, server);
  }
});
afterAll(async () => {
  for (const server of servers.values()) {
    server.close();
    server.closeAllConnections();
  }
  await graph.close();
});

const bytesOf = (body: unknown): Buffer | string =>
  typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);

const withoutChance = (line: string): unknown => {
  const { requestId, durationMs, time, ...rest } = JSON.parse(line) as Record<string, unknown>;
  expect([typeof requestId, typeof durationMs, typeof time]).toEqual(['string', 'number', 'number']);
  return rest;
};

async function ask(way: ShortWay, asked: Asked): Promise<Answered> {
  const { method = 'POST', path = '/graphql', caller = testOfficer, body } = asked;
  const token = await graph.tokenOf(caller);
  const sent: OutgoingHttpHeaders = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(method === 'POST' && { 'content-type': json }),
    ...asked.headers,
  };
  for (const name of Object.keys(sent)) if (sent[name] === '') delete sent[name];
  graph.lines.length = 0;
  const { port } = servers.get(way)?.address() as AddressInfo;
  const request = send({ host: '127.0.0.1', port, method, path, headers: sent, agent: false });
  if (body === undefined) request.end();
  else if (sent['transfer-encoding']) request.write(bytesOf(body), () => request.end());
  else request.end(bytesOf(body));
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += String(part);
  const { date: _, 'x-request-id': requestId, ...headers } = response.headers;
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  return { status: response.statusCode ?? 0, headers, text, lines: graph.lines.map(withoutChance) };
}

/** Asks in every way, the known one twice, and expects the same of each. Answers how often Apollo Server was asked. */
async function askAll(asked: Asked) {
  const reference = await ask('none', asked);
  longWay.count = 0;
  const counts = { all: 0, known: [] as number[] };
  expect(await ask('all', asked)).toEqual(reference);
  counts.all = longWay.count;
  for (let time = 0; time < 2; time++) {
    longWay.count = 0;
    expect(await ask('known', asked)).toEqual(reference);
    counts.known.push(longWay.count);
  }
  return { reference, counts };
}

const profile = { query: profileQuery, variables };
const named = 'query A { __typename } query B { b: __typename } mutation C { __typename }';
const person = (id: string): string => `{ citizen(personalId: "${id}") { id fullName } }`;
const many = Array.from({ length: 101 }, (_, index) => String(99_085_990_101 + index).padStart(12, '0'));

const short: readonly (readonly [what: string, asked: Asked, status: number])[] = [
  ['the profile', { body: profile }, 200],
  ['the profile of a citizen, by that citizen', { body: profile, caller: citizenCaller(an.citizenId) }, 200],
  ['at level 1', { body: profile, caller: citizenCaller(an.citizenId, 1) }, 200],
  [
    'at level 1, with nothing else asked',
    { body: { query: '{ me { vehicles { plateNumber } } }' }, caller: citizenCaller(an.citizenId, 1) },
    401,
  ],
  ['by nobody', { body: profile, caller: anonymous }, 200],
  ['nobody of that number', { body: { query: person('099000000000') } }, 200],
  ['a type name', { body: { query: '{ __typename }' } }, 200],
  [
    'no variables: null',
    { body: { query: '{ __typename }', variables: null, operationName: null, extensions: null } },
    200,
  ],
  ['empty extensions', { body: { query: '{ __typename }', extensions: {} } }, 200],
  ['unknown members of the body', { body: { query: '{ __typename }', more: [1] } }, 200],
  ['the first of two operations', { body: { query: named, operationName: 'A' } }, 200],
  ['the second of two operations', { body: { query: named, operationName: 'B' } }, 200],
  ['a mutation of nothing', { body: { query: named, operationName: 'C' } }, 200],
  ['introspection', { body: { query: getIntrospectionQuery() }, caller: anonymous }, 200],
  [
    'introspection with variables',
    {
      body: {
        query: 'query ($n: String!) { __type(name: $n) { name kind } __schema { queryType { name } } }',
        variables: { n: 'Citizen' },
      },
    },
    200,
  ],
  [
    'skipped fields',
    {
      body: {
        query: 'query ($s: Boolean!) { a: __typename @skip(if: $s) b: __typename }',
        variables: { s: true },
      },
    },
    200,
  ],
  [
    'odd response keys',
    { body: { query: '{ __proto__: __typename constructor: __typename toString: __typename }' } },
    200,
  ],
  ['a bad number', { body: { ...profile, variables: { personalId: '12' } } }, 200],
  [
    'a bad number, and statuses understood',
    { body: { ...profile, variables: { personalId: '12' } }, headers: { accept: graphql } },
    400,
  ],
  ['a missing variable', { body: { query: profileQuery } }, 200],
  ['a variable of another type', { body: { ...profile, variables: { personalId: { a: [1] } } } }, 200],
  [
    'a variable called __proto__',
    {
      body: `{"query":${JSON.stringify(profileQuery)},"variables":{"__proto__":{"personalId":"${personalId}"}}}`,
    },
    200,
  ],
  [
    'many faults',
    {
      body: {
        query: 'query ($ids: [PersonalId!]!) { citizens(personalIds: $ids) { id } }',
        variables: { ids: Array.from({ length: 60 }, () => 'x') },
      },
    },
    200,
  ],
  [
    'too many people',
    {
      body: {
        query: `query { ${many
          .map((id, index) => `a${index}: citizen(personalId: "${id}") { id }`)
          .slice(0, 60)
          .join(' ')} citizens(personalIds: ${JSON.stringify(many.slice(50))}) { id } }`,
      },
    },
    400,
  ],
  [
    'a literal that does not fit at run time',
    {
      body: {
        query: 'query ($a: Int) { me { healthRecords(first: $a) { nodes { admittedOn } } } }',
        variables: { a: -5 },
      },
      caller: citizenCaller(an.citizenId),
    },
    200,
  ],
  ['plain JSON wanted', { body: profile, headers: { accept: json } }, 200],
  ['GraphQL JSON wanted', { body: profile, headers: { accept: graphql } }, 200],
  ['anything wanted', { body: profile, headers: { accept: '*/*' } }, 200],
  ['UTF-8 said', { body: profile, headers: { 'content-type': 'application/json; charset=utf-8' } }, 200],
  [
    'UTF-8 said loudly',
    { body: profile, headers: { 'content-type': 'Application/JSON;charset="UTF-8"' } },
    200,
  ],
  ['from an allowed page', { body: profile, headers: { origin: 'https://studio.apollographql.com' } }, 200],
  ['from another page', { body: profile, headers: { origin: 'https://elsewhere.example' } }, 200],
  ['another path below', { body: profile, path: '/graphql/more?x=1' }, 200],
  ['loudly', { body: profile, path: '/GraphQL' }, 200],
  ['with a mark before the JSON', { body: `\ufeff${JSON.stringify(profile)}` }, 200],
  ['with spaces around the JSON', { body: ` \n${JSON.stringify(profile)}\n` }, 200],
];

const unusual: readonly (readonly [what: string, asked: Asked, status: number])[] = [
  [
    'other types wanted first',
    { body: profile, headers: { accept: 'text/html, application/xml;q=0.9, */*;q=0.8' } },
    200,
  ],
  ['both types wanted', { body: profile, headers: { accept: `${graphql}, ${json};q=0.9` } }, 200],
  ['in parts', { body: profile, headers: { 'transfer-encoding': 'chunked' } }, 200],
  [
    'JSON with a parameter',
    { body: profile, headers: { 'content-type': 'application/json; version=1' } },
    200,
  ],
  [
    'UTF-16',
    {
      body: Buffer.from(JSON.stringify(profile), 'utf16le'),
      headers: { 'content-type': 'application/json; charset=utf-16le' },
    },
    200,
  ],
  ['nothing acceptable', { body: profile, headers: { accept: 'text/html' } }, 406],
  ['nothing acceptable, in other words', { body: profile, headers: { accept: 'image/*;q=1' } }, 406],
  [
    'an old character set',
    { body: profile, headers: { 'content-type': 'application/json; charset=latin1' } },
    415,
  ],
  ['compressed', { body: gzipSync(JSON.stringify(profile)), headers: { 'content-encoding': 'gzip' } }, 415],
  ['not said to be JSON', { body: profile, headers: { 'content-type': '' } }, 400],
  [
    'a form',
    { body: 'query=%7B__typename%7D', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    400,
  ],
  [
    'plain text, asked to be checked',
    { body: profile, headers: { 'content-type': 'text/plain', 'apollo-require-preflight': '1' } },
    400,
  ],
  ['broken JSON', { body: '{"query": "{ __typename }"' }, 400],
  ['a single value', { body: '"text"' }, 400],
  ['nothing', { body: '' }, 400],
  ['nothing, not even a body', {}, 400],
  ['an empty object', { body: {} }, 400],
  ['a batch', { body: [profile] }, 400],
  ['no query', { body: { variables } }, 400],
  ['an empty query', { body: { query: '' } }, 400],
  ['a query that is none', { body: { query: { kind: 'Document' } } }, 400],
  ['variables in a text', { body: { ...profile, variables: JSON.stringify(variables) } }, 400],
  ['variables in a list', { body: { ...profile, variables: [variables] } }, 400],
  ['a name that is none', { body: { ...profile, operationName: 1 } }, 400],
  ['extensions in a text', { body: { ...profile, extensions: 'x' } }, 400],
  [
    'a persisted query',
    { body: { ...profile, extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } } },
    200,
  ],
  [
    'a persisted query without a text',
    { body: { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } } },
    200,
  ],
  ['other extensions', { body: { ...profile, extensions: { trace: true } } }, 200],
  ['not GraphQL', { body: { query: '{ citizen(' } }, 200],
  [
    'not GraphQL, and statuses understood',
    { body: { query: '{ citizen(' }, headers: { accept: graphql } },
    400,
  ],
  ['an unknown field', { body: { query: '{ citizenn }' } }, 200],
  [
    'an unknown field, and statuses understood',
    { body: { query: '{ citizenn }' }, headers: { accept: graphql } },
    400,
  ],
  ['a reserved alias', { body: { query: '{ me { __typename: id } }' } }, 200],
  ['an unclear operation', { body: { query: named } }, 200],
  ['an operation that is not there', { body: { query: named, operationName: 'D' } }, 200],
  ['an operation without a name', { body: { query: '{ __typename }', operationName: '' } }, 200],
  [
    'too deep',
    { body: { query: `{ me ${'{ dependants { citizen '.repeat(9)}{ id }${' } }'.repeat(9)} }` } },
    400,
  ],
  [
    'too long a list',
    { body: { query: '{ __typename }', variables: { a: Array.from({ length: 2000 }, () => 1) } } },
    400,
  ],
  ['too much', { body: { query: '{ __typename }', more: 'x'.repeat(256 * 1024) } }, 413],
  [
    'too much, in parts',
    {
      body: { query: '{ __typename }', more: 'x'.repeat(256 * 1024) },
      headers: { 'transfer-encoding': 'chunked' },
    },
    413,
  ],
  ['a bad token', { body: profile, headers: { authorization: 'Bearer x.y.z' } }, 401],
  ['another scheme', { body: profile, headers: { authorization: 'Basic eDp5' } }, 401],
  ['a token in the address', { body: profile, path: '/graphql?access_token=x' }, 401],
  ['a token in the body', { body: { ...profile, access_token: 'x' } }, 401],
  [
    'GET',
    { method: 'GET', path: '/graphql?query=%7B__typename%7D', headers: { 'apollo-require-preflight': '1' } },
    200,
  ],
  ['GET that looks forged', { method: 'GET', path: '/graphql?query=%7B__typename%7D' }, 400],
  [
    'GET of a mutation',
    {
      method: 'GET',
      path: '/graphql?query=mutation%7B__typename%7D',
      headers: { 'apollo-require-preflight': '1' },
    },
    405,
  ],
  [
    'GET with a personal number',
    {
      method: 'GET',
      path: `/graphql?query=${encodeURIComponent(person(personalId))}`,
      headers: { 'apollo-require-preflight': '1' },
    },
    405,
  ],
  [
    'HEAD',
    { method: 'HEAD', path: '/graphql?query=%7B__typename%7D', headers: { 'apollo-require-preflight': '1' } },
    405,
  ],
  ['PUT', { method: 'PUT', body: profile, headers: { 'content-type': json } }, 405],
  ['OPTIONS', { method: 'OPTIONS', headers: { origin: 'https://studio.apollographql.com' } }, 204],
  ['another path', { body: profile, path: '/graphqlx' }, 404],
];

describe('both ways answer the same, header by header and byte by byte', () => {
  test.each(short)('%s', async (_, asked, status) => {
    const { reference, counts } = await askAll(asked);
    expect(reference.status).toBe(status);
    expect(counts.all).toBe(0);
    expect(counts.known[1]).toBe(0);
  });
  test.each(unusual)('the unusual: %s', async (_, asked, status) => {
    expect((await askAll(asked)).reference.status).toBe(status);
  });
});

test('a known operation is not known under another name, and not by the beginning of its text', async () => {
  const query = 'query Mine { a: __typename } query Yours { b: __typename }';
  expect((await ask('all', { body: { query, operationName: 'Mine' } })).text).toBe(
    '{"data":{"a":"Query"}}\n',
  );
  expect((await ask('all', { body: { query, operationName: 'Yours' } })).text).toBe(
    '{"data":{"b":"Query"}}\n',
  );
  expect((await ask('all', { body: { query: `${query} #`, operationName: 'Nobodys' } })).text).toContain(
    'OPERATION_RESOLUTION_FAILURE',
  );
});
