import type { AgencyService } from '#kit';
import type { AgencyName } from '#schema';
import { prepareDatabases } from '../../subgraphs/load.ts';
import { readBareConfig } from '../config.ts';
import { serveBareGraph } from './graph.ts';
import { startBareAgency } from './protection.ts';

const { port, databaseUrl } = readBareConfig();
const urls = await prepareDatabases(databaseUrl);
const start = async ([name, url]: [AgencyName, string]): Promise<[string, AgencyService]> => [
  name,
  await startBareAgency(name, url),
];
const services = new Map(await Promise.all([...urls].map(start)));
await serveBareGraph((name) => {
  const service = services.get(name);
  if (service) return service.handle;
  throw new Error(`There is no agency ${name}.`);
}, port);
