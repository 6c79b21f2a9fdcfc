import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.ts';
import { connectDatabase } from '../connect.ts';
import { EmbeddedError } from './errors.ts';
import type { Home } from './home.ts';
import { findFreePort, launch } from './launch.ts';
import { forgetStranger, readPostmaster, waitUntilGone, type Postmaster } from './postmaster.ts';
import type { Programs } from './programs.ts';

/** What it takes to run the server of one data directory. */
export interface Site {
  readonly home: Home;
  readonly programs: Programs;
  readonly account: Account | undefined;
  readonly password: string;
}

export function adminUrlOf(password: string, port: number): string {
  return `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
}

/** Our random password opens it, so it is the server of this directory and not somebody else's on that port. */
async function answers(site: Site, port: number): Promise<boolean> {
  const database = connectDatabase({
    url: adminUrlOf(site.password, port),
    poolSize: 1,
    queryTimeoutMs: 2000,
  });
  const isOurs = await database.ping().then(
    () => true,
    () => false,
  );
  await database.close();
  return isOurs;
}

const adoptionMs = 30_000;

/** The server that already runs over this directory, such as after `kill -9` of the process that started it. */
export async function adopt(site: Site): Promise<Postmaster | undefined> {
  for (let waitedMs = 0; waitedMs < adoptionMs; waitedMs += 100) {
    const found = await readPostmaster(site.home.cluster);
    if (!found) return undefined;
    if (found.isStopping) await waitUntilGone(found.pid, 10_000);
    else if (found.isReady) return (await answers(site, found.port)) ? found : undefined;
    await sleep(100);
  }
  return undefined;
}

const attempts = 40;

/**
 * Starts the server, on `port` if given, else on a free one. Tries again when a free port was taken meanwhile, or
 * while the children of a killed server still hold its memory.
 */
export async function launchPatiently(site: Site, port?: number): Promise<Postmaster> {
  const { home, programs, account } = site;
  await forgetStranger(home.cluster);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launch(home, programs, account, port ?? (await findFreePort()));
    } catch (error) {
      if (!isPassing(error, port !== undefined) || attempt === attempts) throw error;
      await sleep(250);
    }
  }
}

function isPassing(error: unknown, isPortFixed: boolean): boolean {
  if (!(error instanceof EmbeddedError)) return false;
  if (error.code === 'EMBEDDED_PORT_IN_USE') return !isPortFixed;
  return /shared memory block|lock file "postmaster.pid"/.test(error.message);
}
