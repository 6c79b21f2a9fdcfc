import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { agencyNames, urlVariableOf, type AgencyName } from '#schema';
import { variables } from './config.ts';

/** What serves the graph in one measurement. */
export interface Stack {
  readonly name: string;
  readonly origin: string;
  readonly gateway: readonly ChildProcess[];
  /** Empty when they run in the gateway's process. */
  readonly agencies: readonly ChildProcess[];
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

function start(args: readonly string[], extra: Readonly<Record<string, string>>): ChildProcess {
  const env = { ...variables, HOST: '127.0.0.1', ...extra };
  return spawn(process.execPath, ['--import', 'tsx', ...args], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function isReady(origin: string): Promise<boolean> {
  const response = await fetch(`${origin}/health/ready`).catch(() => null);
  await response?.body?.cancel();
  return response?.status === 200;
}

async function waitUntilReady(child: ChildProcess, origin: string): Promise<void> {
  const deadlineMs = performance.now() + 60_000;
  while (!(await isReady(origin))) {
    if (child.exitCode !== null || performance.now() > deadlineMs)
      throw new Error('A server of the benchmark did not become ready; its message stands above.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function startServer(args: readonly string[], extra: Readonly<Record<string, string>> = {}) {
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = start(args, { ...extra, PORT: String(port) });
  await waitUntilReady(child, origin);
  return { child, origin };
}

/** Gateway and agencies in one process. */
export async function startInOneProcess(adminUrl: string): Promise<Stack> {
  const { child, origin } = await startServer(['gateway/all-in-one.ts'], { DATABASE_URL: adminUrl });
  return { name: 'one process', origin, gateway: [child], agencies: [] };
}

/** The gateway and each agency in processes of their own, over HTTP. */
export async function startOverHttp(urls: ReadonlyMap<AgencyName, string>): Promise<Stack> {
  const startAgency = async (name: AgencyName) => ({
    name,
    ...(await startServer(['subgraphs/main.ts', name], { DATABASE_URL: urls.get(name) ?? '' })),
  });
  const agencies = await Promise.all(agencyNames.map(startAgency));
  const addresses = agencies.map(({ name, origin }) => [urlVariableOf(name), `${origin}/graphql`]);
  const gateway = await startServer(['gateway/main.ts'], Object.fromEntries(addresses));
  return {
    name: 'over HTTP',
    origin: gateway.origin,
    gateway: [gateway.child],
    agencies: agencies.map(({ child }) => child),
  };
}

/** Ends the stack's processes by their id and waits for them. */
export async function stopStack({ gateway, agencies }: Stack): Promise<void> {
  const end = async (child: ChildProcess): Promise<void> => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  await Promise.all([...gateway, ...agencies].map(end));
}
