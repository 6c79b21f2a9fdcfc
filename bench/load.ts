import type { Dispatcher } from 'undici';
import { openConnection, type Connection } from './connection.ts';

/** One request, and how its right answer is told. */
export interface Question {
  readonly body: string;
  /** Told the bytes of an answer of 200. */
  readonly isRight: (answer: Buffer) => boolean;
}

export interface LoadOptions {
  /** Origin of the server under load; loopback only. */
  readonly origin: string;
  readonly connections: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** What is asked next. */
  readonly next: () => Question;
  /** Called when the measured part begins and when it ends; nothing is under way then. */
  readonly onMeasure: (phase: 'begin' | 'end') => void;
}

export interface LoadResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers that were not right, or not 200. A valid run has none. */
  readonly failures: number;
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** The text of one answer; `null` when it is not 200. */
export async function ask(
  pool: Dispatcher,
  body: string,
  headers: LoadOptions['headers'] = {},
): Promise<string | null> {
  const response = await pool.request({
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body,
  });
  const text = await response.body.text();
  return response.statusCode === 200 ? text : null;
}

interface Tally {
  readonly durations: number[];
  failures: number;
}

/** Keeps every connection busy for the given time, one request each; all are answered when it resolves. */
async function keepBusy(
  connections: readonly Connection[],
  next: LoadOptions['next'],
  forMs: number,
): Promise<Tally> {
  const tally: Tally = { durations: [], failures: 0 };
  const endMs = performance.now() + forMs;
  const useConnection = async ({ post }: Connection): Promise<void> => {
    for (let startMs = performance.now(); startMs < endMs; startMs = performance.now()) {
      const { body, isRight } = next();
      const reply = await post(body).catch(() => null);
      tally.durations.push(performance.now() - startMs);
      if (reply?.status !== 200 || !isRight(reply.body)) tally.failures += 1;
    }
  };
  await Promise.all(connections.map(useConnection));
  return tally;
}

/**
 * A warm-up and a measured part, with nothing under way in between: the processor time between begin and end is that of
 * the counted requests alone.
 */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const { origin, headers, next } = options;
  const connections = Array.from({ length: options.connections }, () => openConnection(origin, headers));
  if (options.warmUpMs > 0) await keepBusy(connections, next, options.warmUpMs);
  options.onMeasure('begin');
  const beginMs = performance.now();
  const { durations, failures } = await keepBusy(connections, next, options.measureMs);
  const tookMs = performance.now() - beginMs;
  options.onMeasure('end');
  for (const connection of connections) connection.close();
  durations.sort((left, right) => left - right);
  return {
    requests: durations.length,
    requestsPerSecond: (durations.length * 1000) / tookMs,
    p50Ms: quantile(durations, 0.5),
    p99Ms: quantile(durations, 0.99),
    failures,
  };
}
