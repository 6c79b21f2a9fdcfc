import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './alive.ts';

/** What a running server says about itself in `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
  readonly isStopping: boolean;
}

const fileOf = (cluster: string): string => path.join(cluster, 'postmaster.pid');

interface Noted extends Postmaster {
  readonly isPostgres: boolean;
}

async function readNote(cluster: string): Promise<Noted | undefined> {
  const text = await readFile(fileOf(cluster), 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => line.trim());
  const [pid, port, status] = [Number(lines[0]), Number(lines[3]), lines[7] ?? ''];
  if (!(pid > 0) || !(port > 0) || !isAlive(pid)) return undefined;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'postgres');
  const isPostgres = command.includes('postgres');
  return { pid, port, isReady: status === 'ready', isStopping: status === 'stopping', isPostgres };
}

/** The server of this directory. Undefined when there is none, or its file is half written. */
export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const note = await readNote(cluster);
  return note?.isPostgres ? note : undefined;
}

/**
 * Removes a `postmaster.pid` whose process id now belongs to some other program, such as after a power cut: PostgreSQL
 * would refuse to start. A file whose process is dead must stay: with it PostgreSQL finds surviving children.
 */
export async function forgetStranger(cluster: string): Promise<void> {
  const note = await readNote(cluster);
  if (note && !note.isPostgres) await rm(fileOf(cluster), { force: true });
}

/** Waits until the process is gone; false when it is still there after the time. */
export async function waitUntilGone(pid: number, limitMs: number): Promise<boolean> {
  for (let waitedMs = 0; isAlive(pid); waitedMs += 20) {
    if (waitedMs >= limitMs) return false;
    await sleep(20);
  }
  return true;
}

/** Fast shutdown: sessions are ended, everything is written. An immediate one when that takes over a minute. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    if (await waitUntilGone(pid, signal === 'SIGINT' ? 60_000 : 5_000)) return;
  }
}
