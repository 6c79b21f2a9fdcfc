import type { FactKey, Facts } from '#schema';
import type { FactsReader } from './facts-reader.ts';

/** Reads of one turn of the event loop. */
interface Turn {
  readonly reads: Promise<Facts>[];
  /** Resolves when all of them have ended, however. */
  readonly ended: Promise<unknown>;
}

/** Begins a turn, which is over when nothing of it is left to run. */
function beginTurn(onOver: () => void): Turn {
  const reads: Promise<Facts>[] = [];
  const ended = new Promise((resolve) => {
    const end = (): void => {
      onOver();
      resolve(Promise.allSettled(reads));
    };
    queueMicrotask(() => process.nextTick(end));
  });
  return { reads, ended };
}

/**
 * Reads facts, of each subject once. Facts of all subjects of one turn arrive at one moment: so the resolvers that wait for
 * them go on together, and their loaders read everybody in one statement.
 */
export function createFactsOfTurn(reader: FactsReader): (key: FactKey) => Promise<Facts> {
  const known = new Map<string, Promise<Facts>>();
  let turn: Turn | undefined;
  return (key) => {
    const before = known.get(key.subject);
    if (before) return before;
    turn ??= beginTurn(() => (turn = undefined));
    const read = reader.read(key);
    turn.reads.push(read);
    const facts = turn.ended.then(() => read);
    known.set(key.subject, facts);
    return facts;
  };
}
