import type { AgencyService } from '#kit';
import { registerIssuer, type AgencyName } from '#schema';
import type { AgencyConfig } from './config.ts';
import {
  openAgency,
  serveAgency,
  type AgencyClocks,
  type Beside,
  type RunningAgency,
} from './start-agency.ts';
import { feedFrom } from './start-together.ts';

type Configs = ReadonlyMap<AgencyName, AgencyConfig>;

/** The register first: what it reads serves the others. */
const inOrder = (configs: Configs): readonly (readonly [AgencyName, AgencyConfig])[] =>
  [...configs].sort(([one], [other]) => Number(other === registerIssuer) - Number(one === registerIssuer));

/** Opens all, one after the other; when one cannot be opened, those before it are closed. */
async function openAll(configs: Configs, clocks: AgencyClocks): Promise<Map<AgencyName, AgencyService>> {
  const services = new Map<AgencyName, AgencyService>();
  const reader: Beside['reader'] = () => {
    const register = services.get(registerIssuer);
    if (register) return register.reader;
    throw new Error('The register is not here.');
  };
  const beside: Beside = { reader, notices: (feed) => feedFrom(services, feed, clocks.now) };
  try {
    for (const [name, config] of inOrder(configs))
      services.set(name, await openAgency(name, config, clocks, beside));
    return services;
  } catch (error) {
    await Promise.all([...services.values()].map((service) => service.close()));
    throw error;
  }
}

/**
 * Several agencies in one process, each at its own port, behind its own key and guards. The register, when it is among
 * them, is read without a call. Rejects when a database or a port cannot be had; then nothing is left running.
 */
export async function startSideBySide(
  configs: Configs,
  clocks: AgencyClocks,
): Promise<readonly RunningAgency[]> {
  const services = await openAll(configs, clocks);
  const served = await Promise.allSettled(
    [...configs].map(([name, config]) => serveAgency(services.get(name) as AgencyService, config, clocks)),
  );
  const running = served.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const failed = served.find((each) => each.status === 'rejected');
  if (!failed) return running;
  await Promise.all(running.map((agency) => agency.stop()));
  throw failed.reason;
}
