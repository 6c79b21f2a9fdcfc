import type { AgencyService } from '#kit';
import type { AgencyName } from '#schema';
import { prepareDatabases } from '../../subgraphs/load.ts';
import { readServerConfig } from '../config.ts';
import { serveForeignGraph } from './graph.ts';
import { startBareAgency } from './protection.ts';
import { agencyOf, readBareSupergraph } from './supergraph.ts';

const { port, databaseUrl } = readServerConfig();
const urls = await prepareDatabases(databaseUrl);
const start = async ([name, url]: [AgencyName, string]): Promise<[string, AgencyService]> => [
  name,
  await startBareAgency(name, url),
];
const services = new Map(await Promise.all([...urls].map(start)));
const askOf = (name: string) => {
  const service = services.get(agencyOf(name));
  if (service) return service.handle;
  throw new Error(`There is no agency ${agencyOf(name)}.`);
};
await serveForeignGraph(readBareSupergraph(), askOf, port);
