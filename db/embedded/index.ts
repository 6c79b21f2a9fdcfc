import { readFile } from 'node:fs/promises';
import { chooseAccount } from './account.ts';
import { ensureCluster } from './cluster.ts';
import { explainFileError } from './errors.ts';
import { prepareHome, type Home } from './home.ts';
import { withLock } from './lock.ts';
import { readPostmaster, stopPostmaster, type Postmaster } from './postmaster.ts';
import { findPrograms } from './programs.ts';
import { adminUrlOf, adopt, launchPatiently, type Site } from './server.ts';
import { supervise } from './supervise.ts';
import { enter, leave } from './users.ts';

export { EmbeddedError } from './errors.ts';
export type { EmbeddedErrorCode } from './errors.ts';

export interface StartOptions {
  /** Where the data lives; made when missing. */
  readonly dataDir: string;
  /** A fixed loopback port; without it a free one is chosen. A server that already runs keeps its own. */
  readonly port?: number;
  /** One line for a person each time something happens. */
  readonly log?: (line: string) => void;
  /** The server died although nobody stopped it. It is being started again. */
  readonly onExit?: () => void;
}

export interface EmbeddedServer {
  /** The administrator's URL: loopback, random password. A secret. */
  readonly adminUrl: string;
  /** Never changes while this process uses the server, whatever happens to it. */
  readonly port: number;
  /** The data was there already. */
  readonly warm: boolean;
  /** Leaves the server. The last process that uses it shuts it down and waits for that. */
  stop(): Promise<void>;
}

interface Running {
  readonly site: Site;
  readonly postmaster: Postmaster;
  readonly warm: boolean;
  readonly user: string;
}

async function run(home: Home, account: Site['account'], options: StartOptions): Promise<Running> {
  const programs = await findPrograms(home.programs, account);
  const warm = await ensureCluster(home, programs, account);
  const site = { home, programs, account, password: (await readFile(home.password, 'utf8')).trim() };
  const adopted = await adopt(site);
  const postmaster = adopted ?? (await launchPatiently(site, options.port));
  const user = await enter(home.users);
  options.log?.(
    `PostgreSQL ${adopted ? 'was running' : 'started'} on 127.0.0.1:${postmaster.port}, data in ${home.cluster}`,
  );
  return { site, postmaster, warm, user };
}

async function stopIfLast(home: Home, user: string): Promise<void> {
  await withLock(home.lock, async () => {
    if (!(await leave(home.users, user))) return;
    const running = await readPostmaster(home.cluster);
    if (running) await stopPostmaster(running.pid);
  });
}

/**
 * Starts the embedded PostgreSQL over `dataDir`, or joins the one that already runs over it, and keeps it
 * running until `stop`: when it dies, it is started again on the same port.
 *
 * A server belongs to the processes that use it, not to the one that started it: each use has a file in
 * `postgres-18.users`, and whoever leaves last shuts it down. After `kill -9` of a process the server lives on; the
 * next start adopts it.
 * @throws EmbeddedError with a message for the person who starts it.
 */
export async function startEmbedded(options: StartOptions): Promise<EmbeddedServer> {
  const account = await chooseAccount();
  const home = await prepareHome(options.dataDir, account);
  const { site, postmaster, warm, user } = await withLock(home.lock, () => run(home, account, options)).catch(
    (error: unknown) => {
      throw explainFileError(error, home.dataDir);
    },
  );
  const { port } = postmaster;
  const supervision = supervise(site, postmaster, options);
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= supervision.end().then(() => stopIfLast(home, user)));
  return { adminUrl: adminUrlOf(site.password, port), port, warm, stop };
}
