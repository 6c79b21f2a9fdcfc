import { randomBytes } from 'node:crypto';
import { answerNotices, startAgencyService, type AgencyService, type ServiceOptions } from '#kit';
import {
  agencyNames,
  feedNames,
  registerIssuer,
  signedNotices,
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

/** Agencies of one process, as far as they have started. */
export type Services = ReadonlyMap<AgencyName, AgencyService>;

/** The notices of one agency, asked for and answered with signatures, as between processes. */
export function feedFrom(services: Services, name: FeedName, now: () => Date): ReadNotices {
  const key = randomBytes(32);
  let answer: ReturnType<typeof answerNotices> | undefined;
  const carry = async (call: string): Promise<string> => {
    const read = services.get(name)?.notices;
    if (read) answer ??= answerNotices(read, key, now);
    const reply = await answer?.(call);
    if (reply?.status === 200) return reply.token;
    throw new Error(`The agency ${name} did not answer.`);
  };
  return signedNotices({ carry, key, issuer: registerIssuer, now });
}

/** The register follows agencies that start after it. */
const createFeeds = (services: Services, now: () => Date): Readonly<Record<FeedName, ReadNotices>> =>
  Object.fromEntries(feedNames.map((name) => [name, feedFrom(services, name, now)])) as Record<
    FeedName,
    ReadNotices
  >;

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
  const { reader } = await start('consent', { feeds: createFeeds(services, options.now) });
  const others = agencyNames.filter((name) => name !== 'consent');
  await Promise.all(others.map((name) => start(name, { reader })));
  const stop = async (): Promise<void> => {
    await Promise.all([...services.values()].map((service) => service.close()));
  };
  return { services, callerKeyOf, register: reader, stop };
}
