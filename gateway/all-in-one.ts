import { parse } from 'graphql';
import { pino, type Logger } from 'pino';
import { DatabaseError, surviveDriverFaults } from '#db';
import { startEmbedded } from '#db/embedded';
import { personas, vietnamDay, writePopulationMark, type PopulationPlan } from '#db/population';
import { startDevelopmentIssuer, type DevelopmentIssuer } from '#db/population/issuer';
import { readSupergraph, type AgencyName } from '#schema';
import { populateOnce, prepareDatabases, readPopulation, type DatabaseUrls } from '../subgraphs/load.ts';
import { createProgressBar } from '../subgraphs/progress.ts';
import { loadAgencies } from '../subgraphs/registry.ts';
import { startTogether, type Together } from '../subgraphs/start-together.ts';
import { createAuthenticator, type Authenticate } from './authenticate.ts';
import { createCallerTokens } from './caller-token.ts';
import { readConfig, type GatewayConfig } from './config.ts';
import { examplePersona } from './explorer/profile-query.ts';
import { requireWholeMarks } from './exposure.ts';
import { startGraph } from './graph.ts';
import { fixedKeys } from './issuer-keys.ts';
import { createPages, developmentOrigins, type DevelopmentPages } from './pages.ts';
import { openIssuer, type Clocks } from './remote-access.ts';
import { createDoor, drainLimitsFor, openDoor } from './server.ts';
import { createTraffic } from './traffic.ts';
import { formatWelcome } from './welcome.ts';

/** `signal`: what the process was told. */
type Stop = (signal: NodeJS.Signals) => Promise<void>;
const seed = 1;
const clocks: Clocks = { now: () => new Date(), clockMs: () => performance.now() };

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

/** Whose tokens are believed, and what the pages get of the development issuer, when it is that one. */
interface SignIn {
  readonly authenticate: Authenticate;
  readonly development?: DevelopmentPages;
}

function signInDevelopers(issuer: DevelopmentIssuer, config: GatewayConfig, asOf: string): SignIn {
  const authenticate = createAuthenticator({
    ...config.tokens,
    issuer: issuer.issuer,
    audience: issuer.audience,
    algorithms: issuer.algorithms,
    keys: fixedKeys(issuer.jwks),
    now: clocks.now,
  });
  const explorerToken = () => issuer.sign({ persona: examplePersona, ttlSeconds: 900 }, asOf, clocks.now());
  return { authenticate, development: { explorerToken, jwks: issuer.jwks } };
}

/** The configured issuer; without one the development issuer, which starts only where it can do no harm. */
async function openSignIn(config: GatewayConfig, urls: DatabaseUrls, asOf: string): Promise<SignIn> {
  if (config.tokens.issuer)
    return { authenticate: openIssuer(config, clocks, (sentence) => console.error(sentence)) };
  const { dataDir, host } = config;
  const isSynthetic = (await readPopulation(urls))?.isFinished === true;
  const issuer = await startDevelopmentIssuer({ dataDir, host, issuer: undefined, isSynthetic });
  return signInDevelopers(issuer, config, asOf);
}

const answers =
  ({ services }: Together) =>
  (): Promise<boolean> =>
    Promise.all([...services.values()].map((service) => service.ping())).then(
      () => true,
      () => false,
    );

function startGraphOver({ services, callerKeyOf, register }: Together, config: GatewayConfig, log: Logger) {
  const askOf = (name: string) => {
    const service = services.get(name as AgencyName);
    if (!service) throw new Error(`The supergraph names an agency that is not here: ${name}.`);
    return service.handle;
  };
  const callerTokens = createCallerTokens({
    keyOf: (name) => callerKeyOf(name as AgencyName),
    nowSeconds: () => clocks.now().getTime() / 1000,
  });
  const { readClient } = register;
  const access = { callerTokens, readClient, budgetPerMinute: config.subjectBudgetPerMinute, ...clocks };
  const supergraph = readSupergraph();
  requireWholeMarks(parse(supergraph, { noLocation: true }));
  return startGraph({ supergraph, askOf, ownScalars: true, log, access });
}

async function openGraph(together: Together, { authenticate, development }: SignIn, config: GatewayConfig) {
  const log = pino({ level: config.logLevel, base: null });
  const graph = await startGraphOver(together, config, log);
  const pages = createPages(config, log, development);
  const isReady = answers(together);
  const origins = developmentOrigins(config);
  const { maxima, maxInFlight, patience, drain } = config.limits;
  const traffic = createTraffic({ maxInFlight });
  const app = createDoor({ graph, authenticate, isReady, pages, origins, maxima, traffic });
  const door = await openDoor(app, config.port, config.host, patience);
  const stop: Stop = async (signal) => {
    await door.close(traffic, drainLimitsFor(signal, drain));
    await graph.stop();
  };
  return { port: door.port, stop };
}

/** Gateway, agencies and database in one process. Answers how to stop them, last started first. */
async function start(config: GatewayConfig, stops: Stop[]): Promise<void> {
  surviveDriverFaults((error) => console.error(`A database connection was lost: ${error.name}`));
  const urls = await prepareDatabases(await openPostgres(config, stops));
  const plan = await populate(urls, config);
  writePopulationMark(config.dataDir, plan);
  const signIn = await openSignIn(config, urls, plan.asOf);
  const together = await startTogether({ urls, ...clocks });
  stops.push(together.stop);
  const { port, stop } = await openGraph(together, signIn, config);
  stops.push(stop);
  const tokenDir = signIn.development ? config.dataDir : null;
  console.log(formatWelcome({ host: config.host, port, personas: personas(plan.asOf), tokenDir }));
}

async function stopAll(stops: readonly Stop[], signal: NodeJS.Signals): Promise<void> {
  for (const stop of [...stops].reverse()) await stop(signal).catch(() => {});
}

async function main(): Promise<void> {
  const stops: Stop[] = [];
  let isStopping = false;
  const shutDown = async (code: number, signal: NodeJS.Signals): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    await stopAll(stops, signal);
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      console.log('\nStopping.');
      void shutDown(0, signal);
    });
  await start(readConfig(), stops).catch(async (error: unknown) => {
    console.error(error instanceof Error ? error.message : 'The graph could not start.');
    if (error instanceof DatabaseError)
      console.error(`What the database said: ${JSON.stringify(error.fault)}`);
    await shutDown(1, 'SIGINT');
  });
}

void main();
