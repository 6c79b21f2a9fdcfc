import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { agencyNames, readSupergraph, urlVariableOf, type AgencyName } from '#schema';
import { askOverHttp } from './agency-source.ts';
import { readConfig, type GatewayConfig } from './config.ts';
import { startGraph } from './graph.ts';
import { closeDoor, createDoor, openDoor } from './server.ts';
import { createPages, developmentOrigins } from './pages.ts';

const isAgency = (name: string): name is AgencyName => agencyNames.some((each) => each === name);

/** Where a subgraph is: our agencies' addresses may be given in the environment, others stand in the supergraph. */
function askOf(config: GatewayConfig) {
  return (agency: string, url: string) => {
    const given = isAgency(agency) ? config.variable(urlVariableOf(agency)) : undefined;
    return askOverHttp({ agency, url: given ?? url });
  };
}

function readSupergraphFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Error('--supergraph: the file cannot be read. Give the path of a composed supergraph.');
  }
}

async function main(): Promise<void> {
  const config = readConfig();
  const log = pino({ level: config.logLevel, base: null });
  const supergraph = config.supergraphFile ? readSupergraphFile(config.supergraphFile) : readSupergraph();
  const ownScalars = config.supergraphFile === undefined;
  const graph = await startGraph({ supergraph, askOf: askOf(config), ownScalars, log });
  const pages = ownScalars ? createPages(config, log) : [];
  const origins = developmentOrigins(config);
  const server = await openDoor(
    createDoor({ graph, isReady: async () => true, pages, origins }),
    config.port,
    config.host,
  );
  log.info({ host: config.host, port: config.port }, 'gateway serves /graphql');
  const stop = async (): Promise<void> => {
    await closeDoor(server);
    await graph.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'The gateway could not start.');
  process.exitCode = 1;
});
