import { pino } from 'pino';
import { DatabaseError, surviveDriverFaults } from '#db';
import { startEmbedded } from '#db/embedded';
import { personas, vietnamDay, writePopulationMark, type PopulationPlan } from '#db/population';
import { startAgencyService, type AgencyService } from '#kit';
import { readSupergraph } from '#schema';
import { populateOnce, prepareDatabases, type DatabaseUrls } from '../subgraphs/load.ts';
import { createProgressBar } from '../subgraphs/progress.ts';
import { loadAgencies } from '../subgraphs/registry.ts';
import { readConfig, type GatewayConfig } from './config.ts';
import { startGraph } from './graph.ts';
import { createPages, developmentOrigins } from './pages.ts';
import { closeDoor, createDoor, openDoor } from './server.ts';
import { formatWelcome } from './welcome.ts';

type Stop = () => Promise<void>;
const seed = 1;

async function populate(urls: DatabaseUrls, config: GatewayConfig): Promise<PopulationPlan> {
  const plan = { seed, citizens: config.population, asOf: vietnamDay(new Date()) };
  const onProgress = createProgressBar(process.stdout, () => performance.now());
  return populateOnce({ urls, agencies: await loadAgencies(), plan, onProgress });
}

/** The administrator's URL: the one given, else that of a PostgreSQL started here. */
async function openPostgres(config: GatewayConfig, stops: Stop[]): Promise<string> {
  if (config.databaseUrl) return config.databaseUrl;
  const embedded = await startEmbedded({ dataDir: config.dataDir, log: console.log });
  stops.push(() => embedded.stop());
  return embedded.adminUrl;
}

async function startServices(urls: DatabaseUrls, stops: Stop[]): Promise<ReadonlyMap<string, AgencyService>> {
  const start = async (agency: Awaited<ReturnType<typeof loadAgencies>>[number]) => {
    const service = await startAgencyService(agency, {
      databaseUrl: urls.get(agency.name) ?? '',
      now: () => new Date(),
    });
    stops.push(() => service.close());
    return [agency.name, service] as const;
  };
  return new Map(await Promise.all((await loadAgencies()).map(start)));
}

const answers = (services: ReadonlyMap<string, AgencyService>) => (): Promise<boolean> =>
  Promise.all([...services.values()].map((service) => service.ping())).then(
    () => true,
    () => false,
  );

async function openGraph(services: ReadonlyMap<string, AgencyService>, config: GatewayConfig, stops: Stop[]) {
  const log = pino({ level: config.logLevel, base: null });
  const askOf = (name: string) => {
    const service = services.get(name);
    if (!service) throw new Error(`The supergraph names an agency that is not here: ${name}.`);
    return service.handle;
  };
  const graph = await startGraph({ supergraph: readSupergraph(), askOf, ownScalars: true, log });
  stops.push(() => graph.stop());
  const pages = createPages(config, log);
  const door = createDoor({ graph, isReady: answers(services), pages, origins: developmentOrigins(config) });
  const server = await openDoor(door, config.port, config.host);
  stops.push(() => closeDoor(server));
  return server;
}

/** Gateway, agencies and database in one process. Answers how to stop them, last started first. */
async function start(config: GatewayConfig, stops: Stop[]): Promise<void> {
  surviveDriverFaults((error) => console.error(`A database connection was lost: ${error.name}`));
  const urls = await prepareDatabases(await openPostgres(config, stops));
  const plan = await populate(urls, config);
  writePopulationMark(config.dataDir, plan);
  const services = await startServices(urls, stops);
  const server = await openGraph(services, config, stops);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  console.log(formatWelcome({ host: config.host, port, personas: personas(plan.asOf) }));
}

async function stopAll(stops: readonly Stop[]): Promise<void> {
  for (const stop of [...stops].reverse()) await stop().catch(() => {});
}

async function main(): Promise<void> {
  const stops: Stop[] = [];
  let isStopping = false;
  const shutDown = async (code: number): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    await stopAll(stops);
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      console.log('\nStopping.');
      void shutDown(0);
    });
  await start(readConfig(), stops).catch(async (error: unknown) => {
    console.error(error instanceof Error ? error.message : 'The graph could not start.');
    if (error instanceof DatabaseError)
      console.error(`What the database said: ${JSON.stringify(error.fault)}`);
    await shutDown(1);
  });
}

void main();
