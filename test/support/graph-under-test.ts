import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { pino } from 'pino';
import supertest from 'supertest';
import { inject } from 'vitest';
import { bootstrapDatabases, connectDatabase, migrateDatabase, type Database } from '#db';
import { personaHouseholds } from '#db/population';
import { beginPopulation, collectRows, migrationsFolderOf, readMark, writeStep } from '#kit';
import { agencyNames, readSupergraph, type AgencyName, type Caller } from '#schema';
import type { AskAgency } from '../../gateway/agency-source.ts';
import { createAuthenticator } from '../../gateway/authenticate.ts';
import { createCallerTokens } from '../../gateway/caller-token.ts';
import { startGraph } from '../../gateway/graph.ts';
import { fixedKeys } from '../../gateway/issuer-keys.ts';
import { createDoor, type ShortWay } from '../../gateway/server.ts';
import { loadAgency } from '../../subgraphs/registry.ts';
import { testAsOf, testNow } from './agency-under-test.ts';
import { testOfficer } from './callers.ts';
import { accessTokenOf, testAudience, testIssuer, testJwks } from './test-issuer.ts';
import { registerTestClient } from './test-client.ts';
import { startParts, type PartOptions, type Parts, type Way } from './parts.ts';

export { ways, type Way } from './parts.ts';

export interface GraphAnswer {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data?: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: {
      readonly code: string;
      readonly agency?: string;
      readonly reason?: string;
      readonly scope?: string | null;
      readonly howTo?: unknown;
      readonly retryAfterSeconds?: number;
    };
  }[];
}

export interface GraphTestOptions {
  readonly way?: Way;
  /** A moment that does not pass, or a clock. */
  readonly now?: Date | (() => Date);
  /** Puts something between the gateway and one agency. */
  readonly wrap?: (name: string, ask: AskAgency) => AskAgency;
  /** Agencies that get a database of their own with the personas, so that the test may write. */
  readonly own?: readonly AgencyName[];
  readonly budgetPerMinute?: number;
  /** Milliseconds of the monotonic clock, by which facts of the register grow old. */
  readonly clockMs?: () => number;
  readonly queryTimeoutMs?: PartOptions['queryTimeoutMs'];
  readonly registerUrlOf?: PartOptions['registerUrlOf'];
  /** The way that this run of the tests takes when not given. */
  readonly shortWay?: ShortWay;
}

/** A fresh database of one agency with the personas. */
async function createOwn(name: AgencyName): Promise<string> {
  const agency = await loadAgency(name);
  const databaseName = `g-${name}-${randomUUID().slice(0, 8)}`;
  const urls = await bootstrapDatabases(inject('adminUrl'), [databaseName]);
  const url = urls.get(databaseName) ?? '';
  await migrateDatabase({ url, migrationsFolder: migrationsFolderOf(name) });
  const database = connectDatabase({ url, queryTimeoutMs: 60_000 });
  const plan = { seed: 1, citizens: 0, asOf: testAsOf };
  await readMark(database);
  await beginPopulation(database, plan);
  await writeStep(database, 0, collectRows(agency, { plan, step: 0 }, personaHouseholds(testAsOf)));
  if (name === 'consent') await registerTestClient(database);
  await database.close();
  return url;
}

async function urlsOf(own: readonly AgencyName[]): Promise<ReadonlyMap<AgencyName, string>> {
  const shared = inject('agencyUrls');
  const entries = agencyNames.map(
    async (name) => [name, own.includes(name) ? await createOwn(name) : shared[name]] as const,
  );
  return new Map(await Promise.all(entries));
}

/** Tokens of the tests' issuer, one per caller. */
function createTokens(now: () => Date): (caller: Caller) => Promise<string | undefined> {
  const tokens = new Map<string, Promise<string>>();
  return async (caller) => {
    if (caller.kind === 'anonymous') return undefined;
    const key = JSON.stringify(caller);
    const token = tokens.get(key) ?? accessTokenOf(caller, now(), 3600);
    tokens.set(key, token);
    return token;
  };
}

const authenticatorOf = (now: () => Date) =>
  createAuthenticator({
    issuer: testIssuer,
    audience: testAudience,
    algorithms: ['EdDSA'],
    clockSkewSeconds: 30,
    maxAgeSeconds: 3600,
    keys: fixedKeys(testJwks),
    now,
  });

/** The whole graph over the shared population, through the real door, asked with real access tokens. */
export async function startGraphUnderTest(options: GraphTestOptions = {}) {
  const { way = 'in one process', wrap = (_, ask) => ask, own = [], budgetPerMinute = 100_000 } = options;
  const { clockMs = () => performance.now(), queryTimeoutMs, registerUrlOf, shortWay } = options;
  const given = options.now ?? testNow;
  const now = typeof given === 'function' ? given : () => given;
  const urls = await urlsOf(own);
  const statements: string[] = [];
  const lines: string[] = [];
  const onQuery = (statement: string): void => void statements.push(statement);
  const parts: Parts = await startParts(way, {
    ...{ urls, now, clockMs, onQuery },
    ...(queryTimeoutMs !== undefined && { queryTimeoutMs }),
    ...(registerUrlOf && { registerUrlOf }),
  });
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const tokens = createCallerTokens({
    keyOf: (name) => parts.callerKeyOf(name as AgencyName),
    nowSeconds: () => now().getTime() / 1000,
  });
  const graph = await startGraph({
    supergraph: readSupergraph(),
    askOf: (name) => wrap(name, parts.askOf(name as AgencyName)),
    ownScalars: true,
    log,
    access: {
      callerTokens: tokens,
      readClient: parts.readClient,
      budgetPerMinute,
      clockMs,
    },
  });
  /** Another door to the same graph. */
  const doorOf = (way: ShortWay): RequestListener =>
    createDoor({
      graph,
      authenticate: authenticatorOf(now),
      isReady: () =>
        parts.ping().then(
          () => true,
          () => false,
        ),
      pages: [],
      origins: ['https://studio.apollographql.com'],
      shortWay: way,
    });
  const door = doorOf(shortWay ?? inject('shortWay'));
  const http = supertest(door);
  const tokenOf = createTokens(now);
  const post = async (body: unknown, caller: Caller = testOfficer) => {
    const token = await tokenOf(caller);
    const request = http.post('/graphql').set('content-type', 'application/json');
    if (token !== undefined) request.set('authorization', `Bearer ${token}`);
    return request.send(body as object);
  };
  const query = async (
    document: string,
    variables: Record<string, unknown> = {},
    caller: Caller = testOfficer,
  ): Promise<GraphAnswer> => (await post({ query: document, variables }, caller)).body as GraphAnswer;
  const databaseOf = (name: AgencyName): Database => connectDatabase({ url: urls.get(name) ?? '' });
  const close = async (): Promise<void> => {
    await graph.stop();
    await parts.stop();
  };
  return { graph, http, door, doorOf, post, query, tokenOf, statements, lines, databaseOf, parts, close };
}
