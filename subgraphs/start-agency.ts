import type { Server } from 'node:http';
import { migrateDatabase } from '#db';
import {
  closeServer,
  createAgencyApp,
  createAttestedReads,
  createFactsReader,
  listen,
  migrationsFolderOf,
  noticesRoute,
  registerRoutes,
  shareReads,
  startAgencyService,
  type AgencyService,
  type FactsReader,
  type InternalRoute,
  type ServiceOptions,
} from '#kit';
import {
  agencies,
  createRegisterClock,
  factsOverHttp,
  noticesOverHttp,
  registerIssuer,
  type AgencyName,
  type FactsSource,
  type FeedName,
  type ReadNotices,
} from '#schema';
import type { AgencyConfig, RegisterHere, SignedPeer } from './config.ts';
import { loadAgency } from './registry.ts';

/** The only time that an agency's process knows. */
export interface AgencyClocks {
  readonly now: () => Date;
  /** Milliseconds of the monotonic clock. */
  readonly clockMs: () => number;
}

/** An agency that serves HTTP. */
export interface RunningAgency {
  readonly name: AgencyName;
  /** Where it serves GraphQL. */
  readonly url: string;
  /** Answers what has begun, then closes server and database. */
  stop(): Promise<void>;
}

/** What an agency is served with besides its configuration. */
export type Joined = Pick<ServiceOptions, 'reader' | 'feeds'>;

/** What agencies of one process give each other. */
export interface Beside {
  /** The register's, for those whose configuration says it is beside them. */
  readonly reader: () => FactsReader;
  /** Notices of an agency that the register has beside it. */
  readonly notices: (name: FeedName) => ReadNotices;
}

function readOverHttp(name: AgencyName, peer: SignedPeer, { now, clockMs }: AgencyClocks): FactsReader {
  const clock = createRegisterClock(clockMs);
  const facts = factsOverHttp({ ...peer, issuer: name, now, clock });
  return createFactsReader(facts, { clockMs, attested: { key: peer.key, clock } });
}

/** An agency asks the register; the register hears from its feeds. */
function joinRegister(
  name: AgencyName,
  { register }: AgencyConfig,
  clocks: AgencyClocks,
  beside: Beside,
): Joined {
  if (register.place === 'ELSEWHERE') return { reader: readOverHttp(name, register.peer, clocks) };
  if (register.place === 'BESIDE') return { reader: beside.reader() };
  const hear = (feed: FeedName): ReadNotices => {
    const peer = register.feeds[feed];
    return peer
      ? noticesOverHttp({ ...peer, issuer: registerIssuer, now: clocks.now })
      : beside.notices(feed);
  };
  return { feeds: { population: hear('population'), dependants: hear('dependants') } };
}

/** The register for others: each read serves all who ask within a moment, and is attested for them. */
function serveRegister(
  register: FactsSource,
  keys: RegisterHere['keys'],
  { now, clockMs }: AgencyClocks,
): InternalRoute {
  const shared = shareReads(register, { clockMs });
  const attest = createAttestedReads({ readDated: shared.readDated, keys, clockMs });
  return registerRoutes(shared, keys, now, attest);
}

/** What other services may call besides GraphQL. */
function internalRoutesOf(
  { register, notices }: AgencyService,
  config: AgencyConfig,
  clocks: AgencyClocks,
): readonly InternalRoute[] {
  const { register: told } = config;
  if (told.place === 'HERE') return register ? [serveRegister(register, told.keys, clocks)] : [];
  return notices && told.place === 'ELSEWHERE' ? [noticesRoute(notices, told.peer.key, clocks.now)] : [];
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** Migrates the agency's database and prepares what answers for it; it is not served yet. */
export async function openAgency(
  name: AgencyName,
  config: AgencyConfig,
  clocks: AgencyClocks,
  beside: Beside,
): Promise<AgencyService> {
  const { databaseUrl, callerKey } = config;
  await migrateDatabase({ url: databaseUrl, migrationsFolder: migrationsFolderOf(name) });
  const joined = joinRegister(name, config, clocks, beside);
  return startAgencyService(await loadAgency(name), { databaseUrl, callerKey, ...clocks, ...joined });
}

/** Serves an agency that was opened. Rejects, and closes it, when the port cannot be had. */
export async function serveAgency(
  service: AgencyService,
  config: AgencyConfig,
  clocks: AgencyClocks,
): Promise<RunningAgency> {
  const { host, port = agencies.find(({ name }) => name === service.name)?.port ?? 0 } = config;
  const app = createAgencyApp(service, internalRoutesOf(service, config, clocks));
  const server = await listen(app, port, host).catch(async (error: unknown) => {
    await service.close();
    throw error;
  });
  const stop = async (): Promise<void> => {
    await closeServer(server);
    await service.close();
  };
  return { name: service.name, url: `http://${host}:${portOf(server)}/graphql`, stop };
}
