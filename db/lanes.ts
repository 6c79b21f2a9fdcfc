import { DatabaseError } from './errors.ts';
import type { Lane, Send } from './lane.ts';
import { createQueue } from './queue.ts';

/** A fixed number of lanes and a first-come, first-served queue for them. */
export interface Lanes {
  /** Runs one statement on the next free lane; waiting and running together take at most `limitMs`. */
  run<T>(send: Send<T>): Promise<T>;
  /** A lane for one caller alone, until it is given back. Waits at most `limitMs`. */
  take(): Promise<Lane>;
  giveBack(lane: Lane): void;
  /** Lets running statements finish (each is limited), refuses new ones. */
  close(): Promise<void>;
}

interface Stock {
  pick(): Lane | undefined;
  putBack(lane: Lane): void;
  close(): Promise<void>;
}

type Open = (onBroken: () => void) => Lane;

function createStock(open: Open, size: number, onRoom: () => void): Stock {
  const lanes = new Set<Lane>();
  /** The one that was used last is taken first: what it needs is still in the processor's caches, here and in the server. */
  const idle: Lane[] = [];
  const openOne = (): Lane => {
    const lane = open(() => {
      lanes.delete(lane);
      const at = idle.indexOf(lane);
      if (at >= 0) idle.splice(at, 1);
      onRoom();
    });
    lanes.add(lane);
    return lane;
  };
  const pick = (): Lane | undefined => idle.pop() ?? (lanes.size < size ? openOne() : undefined);
  const close = async (): Promise<void> => void (await Promise.all([...lanes].map((lane) => lane.close())));
  return { pick, putBack: (lane) => void idle.push(lane), close };
}

/** `open` makes a lane and is given what to call when that lane breaks. */
export function createLanes(
  open: Open,
  settings: { readonly size: number; readonly limitMs: number },
): Lanes {
  const { size, limitMs } = settings;
  const queue = createQueue<Lane>(limitMs);
  const stock = createStock(open, size, () => queue.serve(stock.pick));
  let isClosed = false;

  const giveBack = (lane: Lane): void => {
    if (lane.isBroken()) return;
    stock.putBack(lane);
    queue.serve(stock.pick);
  };

  const take = async (): Promise<Lane> => {
    if (isClosed) throw new DatabaseError('DATABASE_UNAVAILABLE', { reason: 'CONNECTION_ENDED' });
    return stock.pick() ?? queue.wait();
  };

  const runWhenFree = async <T>(send: Send<T>): Promise<T> => {
    const askedAt = performance.now();
    const lane = await take();
    const leftMs = Math.max(1, limitMs - (performance.now() - askedAt));
    return lane.run(send, leftMs, limitMs, () => giveBack(lane));
  };

  const run = <T>(send: Send<T>): Promise<T> => {
    const free = isClosed ? undefined : stock.pick();
    return free ? free.run(send, limitMs, limitMs, () => giveBack(free)) : runWhenFree(send);
  };

  const close = async (): Promise<void> => {
    isClosed = true;
    queue.refuseAll();
    await stock.close();
  };

  return { run, take, giveBack, close };
}
