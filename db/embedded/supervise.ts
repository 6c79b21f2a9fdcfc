import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './alive.ts';
import { withLock } from './lock.ts';
import type { Postmaster } from './postmaster.ts';
import { adopt, launchPatiently, type Site } from './server.ts';

export interface Supervision {
  /** Stops watching; a restart that is under way is finished first. */
  end(): Promise<void>;
}

interface Listeners {
  readonly log?: (line: string) => void;
  readonly onExit?: () => void;
}

const pauseMs = 100;

async function restart(site: Site, port: number): Promise<Postmaster> {
  return withLock(site.home.lock, async () => (await adopt(site)) ?? launchPatiently(site, port));
}

/** Watches the server and starts it again on its port when it is gone, for as long as it takes. */
export function supervise(site: Site, first: Postmaster, listeners: Listeners): Supervision {
  const { log = () => {}, onExit = () => {} } = listeners;
  const ending = new AbortController();
  let current: Postmaster | undefined = first;

  async function revive(): Promise<void> {
    if (current) {
      current = undefined;
      log('PostgreSQL is gone; starting it again');
      onExit();
    }
    try {
      current = await restart(site, first.port);
      log('PostgreSQL is back');
    } catch (error) {
      log(`PostgreSQL did not come back yet: ${error instanceof Error ? error.message : 'unknown reason'}`);
    }
  }

  async function watch(): Promise<void> {
    while (!ending.signal.aborted) {
      await sleep(pauseMs, undefined, { signal: ending.signal, ref: false }).catch(() => {});
      if (!ending.signal.aborted && !(current && isAlive(current.pid))) await revive();
    }
  }

  const watching = watch();
  return {
    end: () => {
      ending.abort();
      return watching;
    },
  };
}
