import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { pino } from 'pino';
import { admitAnonymously } from '../../gateway/authenticate.ts';
import type { AskAgency } from '../../gateway/agency-source.ts';
import { startGraph, type Graph } from '../../gateway/graph.ts';
import { startHotGraph } from '../../gateway/hot-graph.ts';
import { keepAgencies } from '../../gateway/kept-agencies.ts';
import { createDoor, openDoor } from '../../gateway/server.ts';
import { watchSupergraphFile } from '../../gateway/supergraph-file.ts';
import { createTraffic } from '../../gateway/traffic.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])';
const users = {
  typeDefs: parse(`${link} type Query { user: User } type User @key(fields: "id") { id: ID! name: String }`),
  resolvers: { Query: { user: () => ({ id: '1', name: 'Ada' }) } },
};
const reviews = (more: string) => ({
  typeDefs: parse(`${link} type User @key(fields: "id") { id: ID! reviews: [String!] ${more} }`),
  resolvers: { User: { reviews: ({ id }: { id: string }) => [`review of ${id}`], news: () => 'new' } },
});

export interface SupergraphOptions {
  /** Further fields of `User`. */
  readonly more?: string;
  /** Names of the subgraphs. */
  readonly names?: readonly [string, string];
  readonly reviewsUrl?: string;
}

export function composeUsers({
  more = '',
  names = ['users', 'reviews'],
  reviewsUrl,
}: SupergraphOptions = {}): string {
  const { supergraphSdl, errors } = composeServices([
    { name: names[0], url: 'http://users.test', typeDefs: users.typeDefs },
    { name: names[1], url: reviewsUrl ?? 'http://reviews.test', typeDefs: reviews(more).typeDefs },
  ]);
  if (supergraphSdl === undefined) throw new Error(errors?.map(({ message }) => message).join());
  return supergraphSdl;
}

/** Answers in this process; `gate`: what it waits for before it does. */
function openSchema(name: string, gate: () => Promise<void> | undefined): AskAgency {
  const { typeDefs, resolvers } = name === 'users' ? users : reviews('news: String');
  const schema = buildSubgraphSchema([{ typeDefs, resolvers }]);
  return async ({ query, variables }) => {
    await gate();
    return JSON.parse(
      JSON.stringify(await graphql({ schema, source: query, variableValues: variables ?? {} })),
    ) as Awaited<ReturnType<AskAgency>>;
  };
}

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly [key: string]: unknown;
}

/** Log lines, and a way to wait for the next that matches. */
function createLog() {
  const lines: Line[] = [];
  const waiting = new Set<(line: Line) => void>();
  const write = (text: string): void => {
    const line = JSON.parse(text) as Line;
    lines.push(line);
    for (const tell of waiting) tell(line);
  };
  const next = (pattern: RegExp): Promise<Line> =>
    new Promise((resolve) => {
      const tell = (line: Line): void => {
        if (!pattern.test(line.msg)) return;
        waiting.delete(tell);
        resolve(line);
      };
      waiting.add(tell);
    });
  return { log: pino({ base: null, level: 'info' }, { write }), lines, next };
}

/** A gateway over a watched file, with agencies of constant data in this process. */
export async function openSwapped(first = composeUsers()) {
  const dir = mkdtempSync(join(tmpdir(), 'swapped-'));
  const file = join(dir, 'supergraph.graphql');
  writeFileSync(file, first);
  const { log, lines, next } = createLog();
  const seen = { opened: new Set<string>(), closed: [] as string[], warmed: [] as string[], stopped: 0 };
  let gate: Promise<void> | undefined;
  const lease = keepAgencies((name, url) => {
    seen.opened.add(url);
    const ask = openSchema(name, () => (name === 'reviews' ? gate : undefined));
    return Object.assign(ask, { close: async () => void seen.closed.push(url) });
  });
  const start = async (supergraph: string): Promise<Graph> => {
    const agencies = lease();
    const graph = await startGraph({ supergraph, askOf: agencies.askOf, ownScalars: false, log });
    const stop = (): Promise<void> => {
      seen.stopped += 1;
      agencies.end();
      return graph.stop();
    };
    const warm = ({ source }: { source: string }): boolean => {
      seen.warmed.push(source);
      return supergraph.includes('news: String') || !source.includes('news');
    };
    return { ...graph, stop, warm };
  };
  const hot = await startHotGraph({ supergraph: first, start, log });
  const onGone = (): void => log.warn('the file is gone');
  const watched = watchSupergraphFile({
    file,
    text: first,
    onText: hot.replace,
    onGone,
    settleMs: 30,
    pollMs: 1000,
  });
  const traffic = createTraffic({ maxInFlight: 1000 });
  const { graph } = hot;
  const isReady = async (): Promise<boolean> => true;
  const door = await openDoor(
    createDoor({ graph, authenticate: admitAnonymously, isReady, pages: [], origins: [], traffic }),
    0,
    '127.0.0.1',
  );
  return {
    file,
    port: door.port,
    seen,
    lines,
    next,
    replace: hot.replace,
    /** Puts a whole new file in the place of the old one. */
    put: (text: string): void => {
      writeFileSync(`${file}.new`, text);
      renameSync(`${file}.new`, file);
    },
    /** Agencies answer reviews only once this is released. */
    hold: (): (() => void) => {
      let release = (): void => {};
      gate = new Promise((resolve) => (release = resolve));
      return () => {
        gate = undefined;
        release();
      };
    },
    close: async (): Promise<void> => {
      await watched.stop();
      await door.close(traffic, { noticeMs: 0, limitMs: 1000 });
      await hot.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
