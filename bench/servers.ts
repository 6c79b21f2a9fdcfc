import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { variables, type Launch } from './config.ts';

/** The flags of node that the product starts with (package.json); other makers' servers start with theirs, which are none. */
export const productFlags = ['--max-semi-space-size=64'];

/** A process that serves HTTP on loopback. */
export interface Server {
  readonly origin: string;
  readonly child: ChildProcess;
}

export interface ServerOptions {
  /** Arguments of node. */
  readonly args: readonly string[];
  /** Beside what the benchmark's own environment holds. */
  readonly variables: Readonly<Record<string, string>>;
  /** Answers 200 as soon as the server serves. */
  readonly readyPath: string;
  readonly launch: Launch;
  /** A free one when not given. */
  readonly port?: number;
}

/** A port of this machine that nobody listens on. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** Without this header the Apollo servers take a GET for one that a page was tricked into. */
const headers = { 'apollo-require-preflight': 'true' };

async function isReady(url: string): Promise<boolean> {
  const response = await fetch(url, { headers }).catch(() => null);
  await response?.body?.cancel();
  return response?.status === 200;
}

async function waitUntilReady(child: ChildProcess, url: string): Promise<void> {
  const deadlineMs = performance.now() + 120_000;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || performance.now() > deadlineMs)
      throw new Error('A server of the benchmark did not become ready; its message stands above.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Ends a server and waits for it; whoever does not go when asked is killed. */
export async function endServer({ child }: Server): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const kill = setTimeout(() => child.kill('SIGKILL'), 15_000);
  child.kill('SIGTERM');
  await once(child, 'exit').finally(() => clearTimeout(kill));
}

/** As in production, of whatever maker; nobody calls home. */
const shared = { HOST: '127.0.0.1', NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1' };

/** Starts a server and waits until it is ready. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { args, readyPath, launch } = options;
  const port = options.port ?? (await findFreePort());
  const profiling =
    launch.profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${launch.profileDir}`];
  const child = spawn(launch.node, [...profiling, '--import', './.node/register.mjs', ...args], {
    env: { ...variables, ...shared, ...options.variables, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const server = { origin: `http://127.0.0.1:${port}`, child };
  await waitUntilReady(child, server.origin + readyPath).catch(async (error: unknown) => {
    await endServer(server);
    throw error;
  });
  return server;
}

/** All of them, or none: when one does not start the others are ended. */
export async function startAll<Started>(
  starts: readonly Promise<Started>[],
  end: (started: Started) => Promise<void>,
): Promise<readonly Started[]> {
  const settled = await Promise.allSettled(starts);
  const started = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const failed = settled.find((each) => each.status === 'rejected');
  if (!failed) return started;
  await Promise.all(started.map(end));
  throw failed.reason;
}

/** Processor time is read of processes. */
export const pidsOf = (servers: readonly Server[]): number[] => servers.map(({ child }) => child.pid ?? 0);
