import { medianOf } from '../measure.ts';
import type { EngineComparison } from './compare.ts';

/** One line per gateway: medians of its rounds, and how many times less it costs than stock. */
export function engineRows({ connections, results }: EngineComparison) {
  const [stock] = results;
  const costOf = (rounds: (typeof results)[number]['rounds']): number =>
    medianOf(rounds, ({ cpuMs }) => cpuMs.gateway);
  return results.map(({ name, likeness, rounds }) => ({
    gateway: name,
    connections,
    'CPU ms/request': costOf(rounds).toFixed(3),
    '× stock': (costOf(stock?.rounds ?? rounds) / costOf(rounds)).toFixed(2),
    'requests/s': Math.round(medianOf(rounds, (round) => round.requestsPerSecond)),
    'p50 ms': medianOf(rounds, (round) => round.p50Ms).toFixed(1),
    'p99 ms': medianOf(rounds, (round) => round.p99Ms).toFixed(1),
    answer: likeness,
    failures: rounds.reduce((sum, { failures }) => sum + failures, 0),
  }));
}

/** Prints the comparisons of one workload. */
export function reportEngines(comparisons: readonly EngineComparison[]): void {
  const [first] = comparisons;
  if (!first) return;
  console.log(`${first.title}; an answer of ${first.answerBytes} bytes.`);
  console.table(comparisons.flatMap(engineRows));
}
