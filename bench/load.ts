import { Pool, type Dispatcher } from 'undici';

export interface LoadOptions {
  /** Origin of the server under load; loopback only. */
  readonly origin: string;
  readonly connections: number;
  /** Access token of whoever asks. */
  readonly token: string;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** The body of the next request. */
  readonly nextBody: () => string;
  /** Called when the measured part begins and when it ends. */
  readonly onMeasure: (phase: 'begin' | 'end') => void;
}

export interface LoadResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers with `errors`, without the citizen, or not 200. A valid run has none. */
  readonly failures: number;
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** The text of one answer; `null` when it does not carry the citizen's data. */
export async function ask(pool: Dispatcher, body: string, token: string): Promise<string | null> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const response = await pool.request({ path: '/graphql', method: 'POST', headers, body });
  const text = await response.body.text();
  const isWhole = text.includes('"citizen":{"id":"') && !text.includes('"errors"');
  return response.statusCode === 200 && isWhole ? text : null;
}

/** Keeps every connection busy for the given time, one request each, and measures the second part of it. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const pool = new Pool(options.origin, { connections: options.connections });
  const beginMs = performance.now() + options.warmUpMs;
  const endMs = beginMs + options.measureMs;
  const durations: number[] = [];
  let failures = 0;
  let isMeasuring = false;
  const connection = async (): Promise<void> => {
    for (let startMs = performance.now(); startMs < endMs; startMs = performance.now()) {
      if (!isMeasuring && startMs >= beginMs) {
        isMeasuring = true;
        options.onMeasure('begin');
      }
      const isGood = (await ask(pool, options.nextBody(), options.token)) !== null;
      if (startMs < beginMs) continue;
      durations.push(performance.now() - startMs);
      if (!isGood) failures += 1;
    }
  };
  await Promise.all(Array.from({ length: options.connections }, connection));
  options.onMeasure('end');
  await pool.close();
  durations.sort((left, right) => left - right);
  return {
    requests: durations.length,
    requestsPerSecond: (durations.length * 1000) / options.measureMs,
    p50Ms: quantile(durations, 0.5),
    p99Ms: quantile(durations, 0.99),
    failures,
  };
}
