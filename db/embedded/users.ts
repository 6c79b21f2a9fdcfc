import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { identityOf, isRunning } from './alive.ts';

/** Enters one user of the server, which dies with this process. Answers its file. */
export async function enter(directory: string): Promise<string> {
  const file = path.join(directory, `${process.pid}-${randomUUID()}`);
  await writeFile(file, identityOf(process.pid));
  return file;
}

/**
 * Takes this user out, and every one whose process died without doing so. Answers whether nobody is left: the
 * last one out stops the server, whoever started it.
 */
export async function leave(directory: string, own: string): Promise<boolean> {
  await rm(own, { force: true });
  let others = 0;
  for (const name of await readdir(directory)) {
    const file = path.join(directory, name);
    const identity = await readFile(file, 'utf8').catch(() => '');
    if (isRunning(identity)) others += 1;
    else await rm(file, { force: true });
  }
  return others === 0;
}
