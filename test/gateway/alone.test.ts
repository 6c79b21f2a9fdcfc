import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ask, runProcess, type RunningProcess } from '../support/running-graph.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])';
const subgraphs = {
  users: {
    typeDefs: parse(
      `${link} scalar Date type Query { user: User } type User @key(fields: "id") { id: ID! name: String born: Date }`,
    ),
    resolvers: { Query: { user: () => ({ id: '1', name: 'Ada', born: 'long ago' }) } },
  },
  reviews: {
    typeDefs: parse(`${link} type User @key(fields: "id") { id: ID! reviews: [String!] }`),
    resolvers: { User: { reviews: ({ id }: { id: string }) => [`review of ${id}`] } },
  },
};

const servers: Server[] = [];
const dir = mkdtempSync(join(tmpdir(), 'supergraph-'));
const file = join(dir, 'supergraph.graphql');

async function serve({ typeDefs, resolvers }: (typeof subgraphs)[keyof typeof subgraphs]): Promise<string> {
  const schema = buildSubgraphSchema({ typeDefs, resolvers } as Parameters<typeof buildSubgraphSchema>[0]);
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { query: source, variables: variableValues } = JSON.parse(body) as {
        query: string;
        variables: never;
      };
      void graphql({ schema, source, variableValues }).then((answer) => {
        response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
      });
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

let gateway: RunningProcess;
beforeAll(async () => {
  const services = await Promise.all(
    Object.entries(subgraphs).map(async ([name, subgraph]) => ({
      name,
      url: await serve(subgraph),
      typeDefs: subgraph.typeDefs,
    })),
  );
  writeFileSync(file, composeServices(services).supergraphSdl ?? '');
  gateway = await runProcess({ script: 'gateway/main.ts', args: ['--supergraph', file], until: /serves/ });
});
afterAll(async () => {
  await gateway.stop();
  for (const server of servers) server.close();
  rmSync(dir, { recursive: true, force: true });
});

test('npm run gateway -- --supergraph FILE serves a foreign graph, with its own scalars, without PostgreSQL', async () => {
  expect(await ask(gateway.port, '{ user { name born reviews } }')).toEqual({
    data: { user: { name: 'Ada', born: 'long ago', reviews: ['review of 1'] } },
  });
});

test('a changed file is served without a restart, a broken one is not', async () => {
  const whole = readFileSync(file, 'utf8');
  writeFileSync(file, 'type {');
  await vi.waitFor(() => expect(gateway.output()).toMatch(/refused, the old one stays in use/), 10_000);
  expect(await ask(gateway.port, '{ user { name } }')).toEqual({ data: { user: { name: 'Ada' } } });
  writeFileSync(file, whole.replace('  born: Date', '  born(short: Boolean): Date'));
  await vi.waitFor(() => expect(gateway.output()).toMatch(/a new supergraph is in use/), 10_000);
  expect(await ask(gateway.port, '{ user { name born(short: true) } }')).toMatchObject({
    data: { user: null },
  });
});

test('a subgraph that is gone is a coded error without its address', async () => {
  servers[1]?.closeAllConnections();
  await new Promise((resolve) => servers[1]?.close(resolve));
  const answer = await ask(gateway.port, '{ user { name reviews } }');
  expect(answer.data).toEqual({ user: { name: 'Ada', reviews: null } });
  expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', agency: 'reviews' });
  expect(JSON.stringify(answer)).not.toContain('127.0.0.1');
});

test('a file that is not there is said in a sentence', async () => {
  const failed = await runProcess({
    script: 'gateway/main.ts',
    args: ['--supergraph', join(dir, 'none')],
    until: /cannot be read/,
  });
  expect(failed.output()).toContain('--supergraph: the file cannot be read.');
  expect(await failed.stop()).not.toBe(0);
});
