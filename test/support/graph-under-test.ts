import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { pino } from 'pino';
import supertest from 'supertest';
import { inject } from 'vitest';
import { createAgencyApp, listen, startAgencyService, type AgencyService } from '#kit';
import { readSupergraph } from '#schema';
import { askOverHttp, type AskAgency } from '../../gateway/agency-source.ts';
import { startGraph } from '../../gateway/graph.ts';
import { createDoor } from '../../gateway/server.ts';
import { loadAgencies } from '../../subgraphs/registry.ts';
import { testNow } from './agency-under-test.ts';

/** How the gateway reaches the agencies: in its own process, or each over HTTP. */
export type Way = 'in one process' | 'over HTTP';
export const ways: readonly Way[] = ['in one process', 'over HTTP'];

export interface GraphAnswer {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data?: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly agency?: string; readonly howTo?: string };
  }[];
}

interface Part {
  readonly ask: AskAgency;
  readonly close: () => Promise<void>;
}

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

async function overHttp(service: AgencyService): Promise<Part> {
  const server = await listen(createAgencyApp(service), 0, '127.0.0.1');
  const { port } = server.address() as AddressInfo;
  const ask = askOverHttp({ agency: service.name, url: `http://127.0.0.1:${port}/graphql` });
  return { ask, close: () => closeServer(server) };
}

const inProcess = (service: AgencyService): Part => ({ ask: service.handle, close: async () => {} });

export interface GraphTestOptions {
  readonly way?: Way;
  readonly now?: Date;
  /** Puts something between the gateway and one agency. */
  readonly wrap?: (name: string, ask: AskAgency) => AskAgency;
}

/** The whole graph over the shared population, through the real door. */
export async function startGraphUnderTest(options: GraphTestOptions = {}) {
  const { way = 'in one process', now = testNow, wrap = (_, ask) => ask } = options;
  const urls = inject('agencyUrls');
  const statements: string[] = [];
  const lines: string[] = [];
  const parts = new Map<string, Part>();
  const services: AgencyService[] = [];
  for (const agency of await loadAgencies()) {
    const onQuery = (statement: string): void => void statements.push(statement);
    const limits = { now: () => now, queryTimeoutMs: 10_000, onQuery };
    const service = await startAgencyService(agency, { databaseUrl: urls[agency.name], ...limits });
    services.push(service);
    parts.set(agency.name, way === 'over HTTP' ? await overHttp(service) : inProcess(service));
  }
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const askOf = (name: string): AskAgency =>
    wrap(name, parts.get(name)?.ask ?? (() => Promise.reject(new Error())));
  const graph = await startGraph({ supergraph: readSupergraph(), askOf, ownScalars: true, log });
  const isReady = () =>
    Promise.all(services.map((service) => service.ping())).then(
      () => true,
      () => false,
    );
  const door: Express = createDoor({
    graph,
    isReady,
    pages: [],
    origins: ['https://studio.apollographql.com'],
  });
  const http = supertest(door);
  const post = (body: unknown) =>
    http
      .post('/graphql')
      .set('content-type', 'application/json')
      .send(body as object);
  const query = async (document: string, variables: Record<string, unknown> = {}): Promise<GraphAnswer> =>
    (await post({ query: document, variables })).body as GraphAnswer;
  const close = async (): Promise<void> => {
    await graph.stop();
    for (const part of parts.values()) await part.close();
    for (const service of services) await service.close();
  };
  return { http, door, post, query, statements, lines, close };
}
