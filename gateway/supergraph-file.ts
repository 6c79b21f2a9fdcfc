import { readFileSync, watch, type FSWatcher } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The file that `readSupergraph` reads. */
export const committedSupergraph = fileURLToPath(new URL('../schema/supergraph.graphql', import.meta.url));

/** @throws a sentence for whoever started the gateway */
export function readSupergraphFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Error('--supergraph: the file cannot be read. Give the path of a composed supergraph.');
  }
}

export interface WatchOptions {
  readonly file: string;
  /** What the file said when it was read last. */
  readonly text: string;
  /** Told of each new text, one after the other; of several that come meanwhile, the last. Must not reject. */
  readonly onText: (text: string) => Promise<void>;
  /** Told once when the file can no longer be read. */
  readonly onGone: () => void;
  /** For how long a text must stay the same to be believed whole; default 200. */
  readonly settleMs?: number;
  /** How often to look without having been told, for file systems that do not tell; at least 1000, default 2000. */
  readonly pollMs?: number;
}

/** A file that is watched. */
export interface Watched {
  /** Ends with what is under way. */
  readonly stop: () => Promise<void>;
}

/** Changes with every write and every file that takes the place of another; `null`: there is none. */
async function readStamp(file: string): Promise<string | null> {
  const found = await stat(file, { bigint: true }).catch(() => null);
  return found && [found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join();
}

/** The text once it has stopped changing, so that no half of it is taken for the whole; `null`: there is none. */
async function readSettled(file: string, settleMs: number): Promise<string | null> {
  const read = (): Promise<string | null> => readFile(file, 'utf8').catch(() => null);
  let before = await read();
  for (;;) {
    await wait(settleMs);
    const now = await read();
    if (now === before) return now;
    before = now;
  }
}

/** Looks again and again, never twice at once. `look`: until nothing has changed since it began. */
function createRounds(look: () => Promise<void>): { start: () => void; done: () => Promise<void> } {
  let running: Promise<void> | null = null;
  let isAsked = false;
  const round = async (): Promise<void> => {
    while (isAsked) {
      isAsked = false;
      await look();
    }
    running = null;
  };
  return {
    start: () => {
      isAsked = true;
      running ??= round();
    },
    done: async () => {
      await running;
    },
  };
}

/** Tells of changes in a folder as far as the system does; the file in it may be replaced, removed or be a link. */
function watchFolder(file: string, onChange: () => void): FSWatcher | null {
  try {
    const watcher = watch(dirname(file), { persistent: false }, onChange);
    return watcher.on('error', () => watcher.close());
  } catch {
    return null;
  }
}

/** Tells of every new text of a file, however it came there: written, replaced by renaming, or behind a link. */
export function watchSupergraphFile(options: WatchOptions): Watched {
  const { file, onText, onGone, settleMs = 200, pollMs = 2000 } = options;
  let text: string | null = options.text;
  let stamp: string | null | undefined;
  let isStopped = false;
  const look = async (): Promise<void> => {
    const now = await readStamp(file);
    if (isStopped || now === stamp) return;
    const settled = await readSettled(file, settleMs);
    stamp = settled === null ? null : now;
    if (isStopped) return;
    if (settled === null) {
      if (text !== null) onGone();
      text = null;
    } else if (settled !== text) {
      text = settled;
      await onText(settled);
    }
  };
  const rounds = createRounds(look);
  const watcher = watchFolder(file, rounds.start);
  const timer = setInterval(rounds.start, Math.max(pollMs, 1000)).unref();
  rounds.start();
  return {
    stop: async () => {
      isStopped = true;
      watcher?.close();
      clearInterval(timer);
      await rounds.done();
    },
  };
}
