import { randomBytes } from 'node:crypto';
import { startAgencyService, type AgencyService, type ServiceOptions } from '#kit';
import {
  agencyNames,
  feedNames,
  type AgencyName,
  type FeedName,
  type MacKey,
  type ReadNotices,
} from '#schema';
import { loadAgency } from './registry.ts';

export interface TogetherOptions extends Pick<
  ServiceOptions,
  'now' | 'clockMs' | 'poolSize' | 'queryTimeoutMs' | 'onQuery'
> {
  readonly urls: ReadonlyMap<AgencyName, string>;
}

/** All agencies in one process, each behind its own key and guards, over one view of the register. */
export interface Together {
  readonly services: ReadonlyMap<AgencyName, AgencyService>;
  /** The key an agency verifies caller tokens with; made for this process and known to it alone. */
  readonly callerKeyOf: (name: AgencyName) => MacKey;
  readonly register: AgencyService['reader'];
  stop(): Promise<void>;
}

/** The register follows agencies that start after it. */
function createFeeds(
  services: ReadonlyMap<AgencyName, AgencyService>,
): Readonly<Record<FeedName, ReadNotices>> {
  const feedOf =
    (name: FeedName): ReadNotices =>
    (acknowledged) => {
      const read = services.get(name)?.notices;
      return read ? read(acknowledged) : Promise.reject(new Error(`The agency ${name} is not there.`));
    };
  return Object.fromEntries(feedNames.map((name) => [name, feedOf(name)])) as Record<FeedName, ReadNotices>;
}

/** Starts the register, then everybody else. Their databases are reached on first use. */
export async function startTogether({ urls, ...options }: TogetherOptions): Promise<Together> {
  const keys = new Map<AgencyName, MacKey>(agencyNames.map((name) => [name, randomBytes(32)]));
  const services = new Map<AgencyName, AgencyService>();
  const callerKeyOf = (name: AgencyName): MacKey => {
    const key = keys.get(name);
    if (key) return key;
    throw new Error(`There is no agency ${name}.`);
  };
  const start = async (name: AgencyName, more: Pick<ServiceOptions, 'reader' | 'feeds'>) => {
    const own = { databaseUrl: urls.get(name) ?? '', callerKey: callerKeyOf(name) };
    const service = await startAgencyService(await loadAgency(name), { ...options, ...own, ...more });
    services.set(name, service);
    return service;
  };
  const { reader } = await start('consent', { feeds: createFeeds(services) });
  const others = agencyNames.filter((name) => name !== 'consent');
  await Promise.all(others.map((name) => start(name, { reader })));
  const stop = async (): Promise<void> => {
    await Promise.all([...services.values()].map((service) => service.close()));
  };
  return { services, callerKeyOf, register: reader, stop };
}
