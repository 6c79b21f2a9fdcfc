import { createHash } from 'node:crypto';
import { access, chmod, constants, mkdir, readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { canReach, type Account } from './account.ts';
import { EmbeddedError, explainFileError } from './errors.ts';

/** The major version of the PostgreSQL that package.json pins. */
export const majorVersion = 18;

/** Where root keeps what PostgreSQL's account must be able to reach. */
const elsewhere = '/var/lib/citizen-data-graph';

/** Where everything of one embedded server lies. All names carry the major version. */
export interface Home {
  /** The data directory that the person chose. */
  readonly dataDir: string;
  /** PostgreSQL's own directory. */
  readonly cluster: string;
  /** Copy of the programs, used when those in node_modules cannot be. */
  readonly programs: string;
  /** The administrator's password, mode 0600. */
  readonly password: string;
  /** One file per process that uses the server. */
  readonly users: string;
  readonly lock: string;
  readonly log: string;
}

async function createDirectory(place: string): Promise<void> {
  const first = await mkdir(place, { recursive: true });
  if (first === undefined) return access(place, constants.W_OK | constants.X_OK);
  for (let each = place; each.length >= first.length; each = path.dirname(each)) await chmod(each, 0o755);
}

async function openIfEmpty(directory: string): Promise<void> {
  const [entries, { uid }] = await Promise.all([readdir(directory), stat(directory)]);
  if (entries.length === 0 && uid === process.getuid?.()) await chmod(directory, 0o711);
}

/**
 * `dataDir`, or, when PostgreSQL's account cannot get there (such as below /root), a place where it can. An empty
 * directory of our own, such as a fresh temporary one, is opened for passage first.
 */
async function reachable(dataDir: string, account: Account | undefined): Promise<string> {
  if (await canReach(dataDir, account)) return dataDir;
  await openIfEmpty(dataDir);
  if (await canReach(dataDir, account)) return dataDir;
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const place = path.join(elsewhere, hash);
  await createDirectory(place);
  return place;
}

async function assertVersion(base: string): Promise<void> {
  const names = await readdir(base);
  const own = `postgres-${majorVersion}`;
  const version = (await readFile(path.join(base, own, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  const other = names.includes(own) ? undefined : names.find((name) => /^postgres-\d+$/.test(name));
  const found = other?.slice('postgres-'.length) ?? (version === '' ? `${majorVersion}` : version);
  if (found === `${majorVersion}`) return;
  throw new EmbeddedError(
    'EMBEDDED_OTHER_VERSION',
    `${path.join(base, other ?? own)} holds data of PostgreSQL ${found}; this program brings PostgreSQL ${majorVersion}. ` +
      'Move that directory away to start afresh, or set DATA_DIR to another place.',
  );
}

/**
 * Creates the data directory if need be and says where everything lies.
 * @throws EmbeddedError when it cannot be written or holds the data of another major version.
 */
export async function prepareHome(dataDir: string, account: Account | undefined): Promise<Home> {
  try {
    await createDirectory(path.resolve(dataDir));
    const real = await realpath(dataDir);
    const base = await reachable(real, account);
    await assertVersion(base);
    const own = path.join(base, `postgres-${majorVersion}`);
    const side = (suffix: string): string => `${own}.${suffix}`;
    await createDirectory(side('users'));
    return {
      dataDir: real,
      cluster: own,
      programs: account ? path.join(elsewhere, 'programs') : side('programs'),
      password: side('password'),
      users: side('users'),
      lock: side('lock'),
      log: side('log'),
    };
  } catch (error) {
    throw explainFileError(error, path.resolve(dataDir));
  }
}
