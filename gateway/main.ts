import { readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { pino, type Logger } from 'pino';
import { agencyNames, readMarks, readSupergraph, urlVariableOf, type AgencyName } from '#schema';
import { askOverHttp } from './agency-source.ts';
import { admitAnonymously, type Authenticate } from './authenticate.ts';
import { readConfig, type GatewayConfig } from './config.ts';
import { requireSafeExposure, requireWholeMarks, subgraphNamesOf } from './exposure.ts';
import { startGraph, type GraphAccess } from './graph.ts';
import { createPages, developmentOrigins } from './pages.ts';
import { openIssuer, openRemoteAccess } from './remote-access.ts';
import { createDoor, drainLimitsFor, openDoor } from './server.ts';
import { createTraffic } from './traffic.ts';

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

interface Protection {
  readonly authenticate: Authenticate;
  readonly access?: GraphAccess;
}

/** A marked graph asks who signs in; one without marks has nothing to protect and stays on this machine. */
function protect(supergraph: string, config: GatewayConfig, log: Logger): Protection {
  const document = parse(supergraph, { noLocation: true });
  const hasMarks = readMarks(document).size > 0;
  requireSafeExposure({ hasMarks, subgraphNames: subgraphNamesOf(document), host: config.host });
  if (config.supergraphFile === undefined) requireWholeMarks(document);
  if (!hasMarks) return { authenticate: admitAnonymously };
  const clocks = { now: () => new Date(), clockMs: () => performance.now() };
  const authenticate = openIssuer(config, clocks, (sentence) => log.warn(sentence));
  return { authenticate, access: openRemoteAccess(config, clocks) };
}

async function main(): Promise<void> {
  const config = readConfig();
  const log = pino({ level: config.logLevel, base: null });
  const supergraph = config.supergraphFile ? readSupergraphFile(config.supergraphFile) : readSupergraph();
  const ownScalars = config.supergraphFile === undefined;
  const { authenticate, ...protection } = protect(supergraph, config, log);
  const graph = await startGraph({ supergraph, askOf: askOf(config), ownScalars, log, ...protection });
  const pages = ownScalars ? createPages(config, log) : [];
  const origins = developmentOrigins(config);
  const { maxima, maxInFlight, patience } = config.limits;
  const traffic = createTraffic({ maxInFlight });
  const isReady = async (): Promise<boolean> => true;
  const app = createDoor({ graph, authenticate, isReady, pages, origins, maxima, traffic });
  const door = await openDoor(app, config.port, config.host, patience);
  log.info({ host: config.host, port: config.port }, 'gateway serves /graphql');
  let isStopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    await door.close(traffic, drainLimitsFor(signal, config.limits.drain));
    await graph.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'The gateway could not start.');
  process.exitCode = 1;
});
