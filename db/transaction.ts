import { createClient, type Begin, type Client, type OnQuery, type Run } from './client.ts';
import { DatabaseError } from './errors.ts';
import type { Lane } from './lane.ts';
import type { Lanes } from './lanes.ts';

interface Line {
  readonly run: Run;
  /** Waits for what was asked for and refuses the rest: the lane is about to serve others. */
  end(): Promise<void>;
}

function oneAtATime(lane: Lane, limitMs: number): Line {
  let previous: Promise<unknown> = Promise.resolve();
  let isOver = false;
  const run: Run = (send) => {
    if (isOver)
      return Promise.reject(new DatabaseError('DATABASE_FAILED', { reason: 'TRANSACTION_IS_OVER' }));
    const answer = previous.then(() => lane.run(send, limitMs, limitMs, () => {}));
    previous = answer.catch(() => {});
    return answer;
  };
  const end = async (): Promise<void> => {
    isOver = true;
    await previous;
  };
  return { run, end };
}

interface Bracket {
  readonly open: string;
  readonly commit: string;
  readonly undo: string;
}

function createInner(run: Run, onQuery: OnQuery, depth: number): Client {
  const name = `s${depth}`;
  const bracket = {
    open: `savepoint ${name}`,
    commit: `release savepoint ${name}`,
    undo: `rollback to ${name}`,
  };
  const savepoint: Begin = (work) =>
    runBracketed(client, createInner(run, onQuery, depth + 1), bracket, work);
  const client = createClient(run, savepoint, onQuery);
  return client;
}

async function runBracketed<T>(
  outer: Client,
  inner: Client,
  bracket: Bracket,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  await outer.unsafe(bracket.open);
  try {
    const answer = await work(inner);
    await outer.unsafe(bracket.commit);
    return answer;
  } catch (error) {
    await outer.unsafe(bracket.undo).then(
      () => {},
      () => {},
    );
    throw error;
  }
}

/** The limits and the head of one transaction. */
export interface TransactionSettings {
  /** Time limit of each statement inside, in milliseconds. */
  readonly limitMs: number;
  /** Sent instead of plain `begin`; may carry `set local` commands. */
  readonly open: string;
}

/**
 * Runs `work` on a lane of its own between begin and commit. When the lane breaks every later statement is
 * refused at once and nothing is sent any more: the server rolls back by itself.
 */
export async function runTransaction<T>(
  lanes: Lanes,
  onQuery: OnQuery,
  settings: TransactionSettings,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const lane = await lanes.take();
  const line = oneAtATime(lane, settings.limitMs);
  try {
    const inner = createInner(line.run, onQuery, 1);
    return await runBracketed(
      inner,
      inner,
      { open: settings.open, commit: 'commit', undo: 'rollback' },
      work,
    );
  } finally {
    await line.end();
    lanes.giveBack(lane);
  }
}
