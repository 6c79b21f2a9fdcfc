import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Account } from './account.ts';
import { EmbeddedError, explainOutput, explainSpawn } from './errors.ts';
import type { Home } from './home.ts';
import type { Programs } from './programs.ts';
import { memoryVariables } from './settings.ts';

const execute = promisify(execFile);

/** What every program of PostgreSQL is started with: its account, a place it can be in, no foreign settings. */
export function spawnOptions(home: Home, account: Account | undefined) {
  const isWindows = process.platform === 'win32';
  return {
    cwd: path.dirname(home.cluster),
    ...(account ?? {}),
    ...(isWindows ? {} : { env: { LC_ALL: 'C', TZ: 'UTC', ...memoryVariables } }),
  };
}

async function initialise(home: Home, programs: Programs, account: Account | undefined): Promise<void> {
  const fresh = `${home.cluster}.new`;
  const passwordCopy = `${fresh}.password`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o700 });
  await writeFile(passwordCopy, await readFile(home.password), { mode: 0o600 });
  if (account) for (const each of [fresh, passwordCopy]) await chown(each, account.uid, account.gid);
  const access = ['--username=postgres', `--pwfile=${passwordCopy}`, '--auth=scram-sha-256'];
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const parameters = [`--pgdata=${fresh}`, ...access, ...locale, '--no-sync', '--no-instructions'];
  try {
    await execute(programs.initdb, parameters, spawnOptions(home, account));
    await rename(fresh, home.cluster);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string };
    throw stderr + stdout === ''
      ? explainSpawn(error as Error)
      : explainOutput(stdout + stderr, home.cluster);
  } finally {
    await rm(passwordCopy, { force: true });
  }
}

/** Writes a fresh cluster through to the disk. Waiting for it would cost a first start seconds on a slow disk. */
function writeThrough(home: Home, programs: Programs, account: Account | undefined): void {
  const parameters = ['--sync-only', `--pgdata=${home.cluster}`];
  const child = spawn(programs.initdb, parameters, { ...spawnOptions(home, account), stdio: 'ignore' });
  child.once('error', () => {});
  child.unref();
}

async function createPassword(file: string): Promise<void> {
  if (existsSync(file)) return;
  await writeFile(`${file}.new`, randomBytes(24).toString('base64url'), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/**
 * Makes the cluster if there is none, all or nothing: one that was interrupted is begun again. Answers whether
 * it was there already. Host-independent: UTF-8 and the C.UTF-8 locale that PostgreSQL itself carries.
 */
export async function ensureCluster(
  home: Home,
  programs: Programs,
  account: Account | undefined,
): Promise<boolean> {
  const isThere = existsSync(path.join(home.cluster, 'PG_VERSION'));
  if (isThere && existsSync(home.password)) return true;
  if (isThere)
    throw new EmbeddedError(
      'EMBEDDED_PASSWORD_MISSING',
      `${home.password} is missing, so the data in ${home.cluster} cannot be opened. ` +
        'Put the file back, or move that directory away to start afresh.',
    );
  await createPassword(home.password);
  await initialise(home, programs, account);
  writeThrough(home, programs, account);
  return false;
}
