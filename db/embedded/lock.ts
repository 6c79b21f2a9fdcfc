import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf, isRunning } from './alive.ts';
import { EmbeddedError } from './errors.ts';

const patienceMs = 60_000;
const pauseMs = 25;

async function tryLock(file: string): Promise<boolean> {
  const own = `${file}.${randomUUID()}`;
  try {
    await writeFile(own, identityOf(process.pid));
    await link(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(own, { force: true });
  }
  const holder = await readFile(file, 'utf8').catch(() => undefined);
  if (holder !== undefined && !isRunning(holder)) await rm(file, { force: true });
  return false;
}

/** Only one process at a time starts, adopts or stops the server of a data directory. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  for (let waitedMs = 0; !(await tryLock(file)); waitedMs += pauseMs) {
    if (waitedMs > patienceMs)
      throw new EmbeddedError(
        'EMBEDDED_BUSY',
        `Another process has been starting or stopping PostgreSQL for a minute. If none is, remove ${file}.`,
      );
    await sleep(pauseMs);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}
