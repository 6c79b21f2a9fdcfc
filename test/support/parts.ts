import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createAgencyApp,
  createAttestedReads,
  createFactsReader,
  listen,
  noticesRoute,
  registerRoutes,
  shareReads,
  startAgencyService,
  type AgencyService,
} from '#kit';
import {
  agencyNames,
  createRegisterClock,
  factsOverHttp,
  feedNames,
  noticesOverHttp,
  registerIssuer,
  type AgencyName,
  type FactsSource,
  type FeedName,
  type MacKey,
  type ReadNotices,
} from '#schema';
import { askOverHttp, type AskAgency } from '../../gateway/agency-source.ts';
import { loadAgency } from '../../subgraphs/registry.ts';
import { startTogether } from '../../subgraphs/start-together.ts';

/** How the gateway reaches the agencies: in its own process, or each over HTTP. */
export type Way = 'in one process' | 'over HTTP';
export const ways: readonly Way[] = ['in one process', 'over HTTP'];

export interface PartOptions {
  readonly urls: ReadonlyMap<AgencyName, string>;
  readonly now: () => Date;
  /** Milliseconds of the monotonic clock. */
  readonly clockMs: () => number;
  readonly onQuery: (statement: string) => void;
  /** Time limit of a statement of an agency, default 10 s. */
  readonly queryTimeoutMs?: number;
  /** Over HTTP: where agencies and gateway find the register, given the address of its graph. */
  readonly registerUrlOf?: (address: string) => string;
}

/** All agencies, as the gateway sees them. */
export interface Parts {
  readonly askOf: (name: AgencyName) => AskAgency;
  readonly callerKeyOf: (name: AgencyName) => MacKey;
  readonly readClient: FactsSource['readClient'];
  /** The agencies' addresses; none in one process. */
  readonly addressOf: (name: AgencyName) => string | undefined;
  ping(): Promise<void>;
  stop(): Promise<void>;
}

const defaultTimeoutMs = 10_000;

async function startInOne(options: PartOptions): Promise<Parts> {
  const together = await startTogether({ queryTimeoutMs: defaultTimeoutMs, ...options });
  const serviceOf = (name: AgencyName): AgencyService => {
    const service = together.services.get(name);
    if (!service) throw new Error(`There is no ${name}.`);
    return service;
  };
  return {
    askOf: (name) => (request) => serviceOf(name).handle(request),
    callerKeyOf: together.callerKeyOf,
    readClient: together.register.readClient,
    addressOf: () => undefined,
    ping: async () => void (await Promise.all([...together.services.values()].map((each) => each.ping()))),
    stop: together.stop,
  };
}

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

interface Keys {
  readonly caller: ReadonlyMap<string, MacKey>;
  readonly register: ReadonlyMap<string, MacKey>;
}

const keysFor = (names: readonly string[]): ReadonlyMap<string, MacKey> =>
  new Map(names.map((name) => [name, randomBytes(32)]));
const keyIn = (keys: ReadonlyMap<string, MacKey>, name: string): MacKey => {
  const key = keys.get(name);
  if (key) return key;
  throw new Error(`There is no key for ${name}.`);
};

/** Each agency behind its own HTTP server, the register too: what they tell each other is signed and travels. */
async function startOverHttp(options: PartOptions): Promise<Parts> {
  const { urls, now, clockMs, onQuery, queryTimeoutMs = defaultTimeoutMs } = options;
  const { registerUrlOf = (address) => address } = options;
  const keys: Keys = { caller: keysFor(agencyNames), register: keysFor([...agencyNames, 'gateway']) };
  const addresses = new Map<AgencyName, string>();
  const services: AgencyService[] = [];
  const servers: Server[] = [];
  const peerOf = (name: AgencyName, issuer: string) => ({
    url: addresses.get(name) ?? '',
    key: keyIn(keys.register, issuer),
    now,
  });
  const registerOf = (issuer: string) => ({
    ...peerOf('consent', issuer),
    url: registerUrlOf(addresses.get('consent') ?? ''),
    issuer,
  });
  const feedOf = (name: FeedName): ReadNotices => {
    let hear: ReadNotices | undefined;
    return (acknowledged) => {
      hear ??= noticesOverHttp({ ...peerOf(name, name), issuer: registerIssuer });
      return hear(acknowledged);
    };
  };
  const readerOf = (name: AgencyName) => {
    const clock = createRegisterClock(clockMs);
    const facts = factsOverHttp({ ...registerOf(name), clock });
    return createFactsReader(facts, { clockMs, attested: { key: keyIn(keys.register, name), clock } });
  };
  const serveRegister = (register: FactsSource) => {
    const shared = shareReads(register, { clockMs });
    const attest = createAttestedReads({ readDated: shared.readDated, keys: keys.register, clockMs });
    return registerRoutes(shared, keys.register, now, attest);
  };
  const start = async (name: AgencyName): Promise<void> => {
    const shared = { databaseUrl: urls.get(name) ?? '', now, clockMs, onQuery, queryTimeoutMs };
    const joined =
      name === 'consent'
        ? {
            feeds: Object.fromEntries(feedNames.map((feed) => [feed, feedOf(feed)])) as Record<
              FeedName,
              ReadNotices
            >,
          }
        : { reader: readerOf(name) };
    const callerKey = keyIn(keys.caller, name);
    const service = await startAgencyService(await loadAgency(name), { ...shared, callerKey, ...joined });
    const internal = [
      ...(service.register ? [serveRegister(service.register)] : []),
      ...(service.notices ? [noticesRoute(service.notices, keyIn(keys.register, name), now)] : []),
    ];
    const server = await listen(createAgencyApp(service, internal), 0, '127.0.0.1');
    services.push(service);
    servers.push(server);
    addresses.set(name, `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
  };
  for (const name of ['consent' as const, ...agencyNames.filter((each) => each !== 'consent')])
    await start(name);
  const asks = new Map(
    agencyNames.map((name) => [
      name,
      askOverHttp({ agency: name, url: addresses.get(name) ?? '', together: true }),
    ]),
  );
  return {
    askOf: (name) => asks.get(name) ?? (() => Promise.reject(new Error())),
    callerKeyOf: (name) => keyIn(keys.caller, name),
    readClient: factsOverHttp(registerOf('gateway')).readClient,
    addressOf: (name) => addresses.get(name),
    ping: async () => void (await Promise.all(services.map((service) => service.ping()))),
    stop: async () => {
      await Promise.all(servers.map(closeServer));
      await Promise.all(services.map((service) => service.close()));
    },
  };
}

export function startParts(way: Way, options: PartOptions): Promise<Parts> {
  return way === 'over HTTP' ? startOverHttp(options) : startInOne(options);
}
