import { spawn, type ChildProcess } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.ts';
import { spawnOptions } from './cluster.ts';
import { EmbeddedError, explainOutput, explainSpawn } from './errors.ts';
import type { Home } from './home.ts';
import { readPostmaster, type Postmaster } from './postmaster.ts';
import type { Programs } from './programs.ts';
import { serverSettings } from './settings.ts';

const patienceMs = 120_000;
const pauseMs = 10;

/** Asks the system for a loopback port nobody uses. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Detached, so that Ctrl-C in the terminal reaches us and not the server; it outlives us if we are killed. */
async function spawnServer(
  home: Home,
  programs: Programs,
  account: Account | undefined,
  port: number,
): Promise<ChildProcess> {
  const log = await open(home.log, 'w', 0o600);
  try {
    const parameters = ['-D', home.cluster, ...(await serverSettings(port))];
    const child = spawn(programs.postgres, parameters, {
      ...spawnOptions(home, account),
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

async function waitUntilReady(child: ChildProcess, home: Home, port: number): Promise<Postmaster> {
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += pauseMs) {
    if (failure) throw explainSpawn(failure);
    if (child.exitCode !== null || child.signalCode !== null)
      throw explainOutput(await readFile(home.log, 'utf8').catch(() => ''), home.cluster, port);
    const postmaster = await readPostmaster(home.cluster);
    if (postmaster?.isReady && postmaster.pid === child.pid) return postmaster;
    await sleep(pauseMs);
  }
  throw new EmbeddedError(
    'EMBEDDED_FAILED',
    `PostgreSQL in ${home.cluster} was not ready within two minutes.`,
  );
}

/** Starts the server on the port and waits until it takes connections. */
export async function launch(
  home: Home,
  programs: Programs,
  account: Account | undefined,
  port: number,
): Promise<Postmaster> {
  const child = await spawnServer(home, programs, account, port);
  return waitUntilReady(child, home, port);
}
