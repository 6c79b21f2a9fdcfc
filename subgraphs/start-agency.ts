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
  /** Where it serves GraphQL. */
  readonly url: string;
  /** Answers what has begun, then closes server and database. */
  stop(): Promise<void>;
}

/** An agency asks the register; the register hears from its feeds. */
function joinRegister(
  name: AgencyName,
  { register }: AgencyConfig,
  { now, clockMs }: AgencyClocks,
): Pick<ServiceOptions, 'reader' | 'feeds'> {
  if (!register.isHere) {
    const clock = createRegisterClock(clockMs);
    const facts = factsOverHttp({ ...register.peer, issuer: name, now, clock });
    const attested = { key: register.peer.key, clock };
    return { reader: createFactsReader(facts, { clockMs, attested }) };
  }
  const { population, dependants } = register.feeds;
  const hear = (peer: SignedPeer) => noticesOverHttp({ ...peer, issuer: registerIssuer, now });
  return { feeds: { population: hear(population), dependants: hear(dependants) } };
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
  if (config.register.isHere) return register ? [serveRegister(register, config.register.keys, clocks)] : [];
  return notices ? [noticesRoute(notices, config.register.peer.key, clocks.now)] : [];
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** Migrates the agency's database and serves it. Rejects when the database or the port cannot be had. */
export async function startAgency(
  name: AgencyName,
  config: AgencyConfig,
  clocks: AgencyClocks,
): Promise<RunningAgency> {
  const { databaseUrl, host, callerKey } = config;
  await migrateDatabase({ url: databaseUrl, migrationsFolder: migrationsFolderOf(name) });
  const joined = joinRegister(name, config, clocks);
  const service = await startAgencyService(await loadAgency(name), {
    databaseUrl,
    callerKey,
    ...clocks,
    ...joined,
  });
  const chosen = config.port ?? agencies.find((agency) => agency.name === name)?.port ?? 0;
  const app = createAgencyApp(service, internalRoutesOf(service, config, clocks));
  const server = await listen(app, chosen, host).catch(async (error: unknown) => {
    await service.close();
    throw error;
  });
  const stop = async (): Promise<void> => {
    await closeServer(server);
    await service.close();
  };
  return { url: `http://${host}:${portOf(server)}/graphql`, stop };
}
