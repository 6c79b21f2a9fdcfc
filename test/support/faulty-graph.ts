import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { pino } from 'pino';
import { inject } from 'vitest';
import { askOverHttp, type HttpOptions } from '../../gateway/agency-source.ts';
import { admitAnonymously } from '../../gateway/authenticate.ts';
import '../../gateway/config.ts';
import { startGraph } from '../../gateway/graph.ts';
import { createDoor } from '../../gateway/server.ts';
import { readSdl, startFaultyAgency } from './faulty-agency.ts';
import type { GraphAnswer } from './graph-under-test.ts';

const people = ['1', '2', '3'].map((id) => ({ id, name: `name of ${id}` }));
const sources = {
  users: {
    sdl: `type Query { users: [User!]! } type User @key(fields: "id") { id: ID! name: String }`,
    resolvers: { Query: { users: () => people } },
  },
  reviews: {
    sdl: `type Query { latest: String } type Mutation { review: String }
      type User @key(fields: "id") { id: ID! reviews: [String!] }`,
    resolvers: {
      Query: { latest: () => 'good' },
      Mutation: { review: () => 'written' },
      User: { reviews: ({ id }: { id: string }) => [`review of ${id}`] },
    },
  },
};

export const healthy = { users: people };
export const whole = {
  users: people.map((each) => ({ ...each, reviews: [`review of ${each.id}`] })),
  latest: 'good',
};

/** Users from an agency that is well, their reviews and the latest one from an agency that may not be; a real door. */
export async function startFaultyGraph(limits: Partial<HttpOptions>) {
  const users = await startFaultyAgency(sources.users);
  const reviews = await startFaultyAgency(sources.reviews);
  const services = [
    { name: 'users', url: users.url, typeDefs: readSdl(sources.users.sdl) },
    { name: 'reviews', url: reviews.url, typeDefs: readSdl(sources.reviews.sdl) },
  ];
  const lines: string[] = [];
  const graph = await startGraph({
    supergraph: composeServices(services).supergraphSdl ?? '',
    askOf: (agency, url) => askOverHttp({ agency, url, ...limits }),
    ownScalars: false,
    log: pino({}, { write: (line: string) => void lines.push(line) }),
  });
  const door = createDoor({
    graph,
    authenticate: admitAnonymously,
    isReady: async () => true,
    pages: [],
    origins: [],
    shortWay: inject('shortWay'),
  });
  const server = createServer(door).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const ask = async (query: string) => {
    const headers = { 'content-type': 'application/json' };
    const startedMs = performance.now();
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
    const answer = (await response.json()) as GraphAnswer;
    return { status: response.status, ...answer, ms: performance.now() - startedMs };
  };
  const close = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await graph.stop();
    await Promise.all([users.close(), reviews.close()]);
  };
  return { url, ask, users, reviews, lines, close };
}

export type FaultyGraph = Awaited<ReturnType<typeof startFaultyGraph>>;
