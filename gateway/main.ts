import { parse } from 'graphql';
import { pino, type Logger } from 'pino';
import { agencyNames, readMarks, readSupergraph, urlVariableOf, type AgencyName } from '#schema';
import { askOverHttp } from './agency-source.ts';
import { admitAnonymously, type Authenticate } from './authenticate.ts';
import { readConfig, type GatewayConfig } from './config.ts';
import { requireSafeExposure, requireWholeMarks, subgraphNamesOf } from './exposure.ts';
import { startGraph, type Graph, type GraphAccess } from './graph.ts';
import { startHotGraph } from './hot-graph.ts';
import { keepAgencies } from './kept-agencies.ts';
import { createPages, developmentOrigins } from './pages.ts';
import { openIssuer, openRemoteAccess } from './remote-access.ts';
import { createDoor, drainLimitsFor, openDoor } from './server.ts';
import { committedSupergraph, readSupergraphFile, watchSupergraphFile } from './supergraph-file.ts';
import { createTraffic } from './traffic.ts';

const isAgency = (name: string): name is AgencyName => agencyNames.some((each) => each === name);

/**
 * Where a subgraph is: our agencies' addresses may be given in the environment, others stand in the supergraph. Ours take
 * requests of several callers at once; one that does not says so, and is not asked again.
 */
function askOf(config: GatewayConfig) {
  return (agency: string, url: string) => {
    const given = isAgency(agency) ? config.variable(urlVariableOf(agency)) : undefined;
    const together = isAgency(agency) && config.variable('CALLS_TOGETHER') !== 'false';
    return askOverHttp({ agency, url: given ?? url, together });
  };
}

interface Protection {
  readonly authenticate: Authenticate;
  readonly access?: GraphAccess;
}

/** What a supergraph must be to be served here, at the start and whenever it is replaced. @throws what is wrong */
function requireServable(supergraph: string, config: GatewayConfig): { hasMarks: boolean } {
  const document = parse(supergraph, { noLocation: true });
  const hasMarks = readMarks(document).size > 0;
  requireSafeExposure({ hasMarks, subgraphNames: subgraphNamesOf(document), host: config.host });
  if (config.supergraphFile === undefined) requireWholeMarks(document);
  return { hasMarks };
}

/** A marked graph asks who signs in; one without marks has nothing to protect and stays on this machine. */
function protect(supergraph: string, config: GatewayConfig, log: Logger): Protection {
  if (!requireServable(supergraph, config).hasMarks) return { authenticate: admitAnonymously };
  const clocks = { now: () => new Date(), clockMs: () => performance.now() };
  const authenticate = openIssuer(config, clocks, (sentence) => log.warn(sentence));
  return { authenticate, access: openRemoteAccess(config, clocks) };
}

/** The graph of the supergraph file as it is at any time; a change that cannot be served is refused in the log. */
async function openGraph(config: GatewayConfig, access: GraphAccess | undefined, text: string, log: Logger) {
  const file = config.supergraphFile ?? committedSupergraph;
  const lease = keepAgencies(askOf(config));
  const ownScalars = config.supergraphFile === undefined;
  const start = async (supergraph: string): Promise<Graph> => {
    requireServable(supergraph, config);
    const agencies = lease();
    const options = { supergraph, askOf: agencies.askOf, ownScalars, log, ...(access && { access }) };
    const graph = await startGraph(options).catch((error: unknown) => {
      agencies.end();
      throw error;
    });
    return { ...graph, stop: () => graph.stop().finally(agencies.end) };
  };
  const hot = await startHotGraph({ supergraph: text, start, log });
  const onGone = (): void => log.warn('The supergraph file is gone; what it said stays in use.');
  const watched = watchSupergraphFile({ file, text, onText: hot.replace, onGone });
  return { graph: hot.graph, stop: () => watched.stop().then(hot.stop) };
}

async function main(): Promise<void> {
  const config = readConfig();
  const log = pino({ level: config.logLevel, base: null });
  const supergraph = config.supergraphFile ? readSupergraphFile(config.supergraphFile) : readSupergraph();
  const { authenticate, access } = protect(supergraph, config, log);
  const { graph, stop: stopGraph } = await openGraph(config, access, supergraph, log);
  const pages = config.supergraphFile === undefined ? createPages(config, log) : [];
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
    await stopGraph();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'The gateway could not start.');
  process.exitCode = 1;
});
