import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { agencyNames, urlVariableOf, type AgencyName } from '#schema';
import { variables, type Layout } from './config.ts';
import { makeKeys } from './keys.ts';

/** What serves the graph in one measurement. */
export interface Stack {
  readonly layout: Layout;
  readonly isEnforced: boolean;
  readonly origin: string;
  readonly gateway: readonly ChildProcess[];
  /** Empty when they run in the gateway's process. */
  readonly agencies: readonly ChildProcess[];
}

/** What the stacks stand on. */
export interface Ground {
  readonly adminUrl: string;
  readonly urls: ReadonlyMap<AgencyName, string>;
  /** Whose tokens the gateways believe. */
  readonly issuer: Readonly<Record<string, string>>;
  readonly profileDir: string | undefined;
}

type Variables = Readonly<Record<string, string>>;

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function isReady(origin: string): Promise<boolean> {
  const response = await fetch(`${origin}/health/ready`).catch(() => null);
  await response?.body?.cancel();
  return response?.status === 200;
}

async function waitUntilReady(child: ChildProcess, origin: string): Promise<void> {
  const deadlineMs = performance.now() + 120_000;
  while (!(await isReady(origin))) {
    if (child.exitCode !== null || performance.now() > deadlineMs)
      throw new Error('A server of the benchmark did not become ready; its message stands above.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The load comes from one client, which asks about more people than any app may. No gateway calls its maker. */
const forAll = { SUBJECT_BUDGET_PER_MINUTE: '1000000000', APOLLO_TELEMETRY_DISABLED: '1' };

/** Ends a process by its id and waits for it. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function startServer(
  args: readonly string[],
  extra: Variables,
  profileDir: string | undefined,
  port: number,
): Promise<ChildProcess> {
  const profiling = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`];
  const env = { ...variables, HOST: '127.0.0.1', ...forAll, ...extra, PORT: String(port) };
  const child = spawn(process.execPath, [...profiling, '--import', 'tsx', ...args], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await waitUntilReady(child, `http://127.0.0.1:${port}`).catch(async (error: unknown) => {
    await end(child);
    throw error;
  });
  return child;
}

/** All of them, or none: when one does not start the others are ended. */
async function startAll(starts: readonly Promise<ChildProcess>[]): Promise<readonly ChildProcess[]> {
  const settled = await Promise.allSettled(starts);
  const children = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const failed = settled.find((each) => each.status === 'rejected');
  if (!failed) return children;
  await Promise.all(children.map(end));
  throw failed.reason;
}

/** Gateway and agencies in one process. */
async function startInOneProcess(ground: Ground, isEnforced: boolean): Promise<Stack> {
  const port = await findFreePort();
  const script = isEnforced ? 'gateway/all-in-one.ts' : 'bench/bare/one-process.ts';
  const extra = { DATABASE_URL: ground.adminUrl, ...ground.issuer };
  const child = await startServer([script], extra, ground.profileDir, port);
  return {
    layout: 'one process',
    isEnforced,
    origin: `http://127.0.0.1:${port}`,
    gateway: [child],
    agencies: [],
  };
}

/** The gateway and each agency in processes of their own, over HTTP. */
async function startOverHttp(ground: Ground, isEnforced: boolean): Promise<Stack> {
  const { urls, issuer, profileDir } = ground;
  const keys = makeKeys();
  const ports = new Map<AgencyName, number>();
  for (const name of agencyNames) ports.set(name, await findFreePort());
  const originOf = (name: AgencyName): string => `http://127.0.0.1:${ports.get(name) ?? 0}`;
  const addresses = Object.fromEntries(
    agencyNames.map((name) => [urlVariableOf(name), `${originOf(name)}/graphql`]),
  );
  const shared = { ...addresses, REGISTER_URL: originOf('consent') };
  const script = isEnforced ? 'subgraphs/main.ts' : 'bench/bare/agency.ts';
  const startAgency = (name: AgencyName): Promise<ChildProcess> => {
    const extra = { ...shared, ...keys.ofAgency(name), DATABASE_URL: urls.get(name) ?? '' };
    return startServer([script, name], extra, profileDir, ports.get(name) ?? 0);
  };
  const agencies = await startAll(agencyNames.map(startAgency));
  const port = await findFreePort();
  const door = isEnforced ? 'gateway/main.ts' : 'bench/bare/gateway.ts';
  const extra = { ...shared, ...keys.ofGateway, ...issuer };
  const gateway = await startServer([door], extra, profileDir, port).catch(async (error: unknown) => {
    await Promise.all(agencies.map(end));
    throw error;
  });
  return {
    layout: 'over HTTP',
    isEnforced,
    origin: `http://127.0.0.1:${port}`,
    gateway: [gateway],
    agencies,
  };
}

/** Starts one stack: the product as it is, or the same without access control. */
export function startStack(layout: Layout, isEnforced: boolean, ground: Ground): Promise<Stack> {
  return layout === 'one process' ? startInOneProcess(ground, isEnforced) : startOverHttp(ground, isEnforced);
}

/** Ends the stack's processes and waits for them. */
export async function stopStack({ gateway, agencies }: Stack): Promise<void> {
  await Promise.all([...gateway, ...agencies].map(end));
}
