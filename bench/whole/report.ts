import type { CitizenRound } from '../citizens.ts';
import { medianOf } from '../measure.ts';
import type { WholeResult } from './compare.ts';

const ofAll = ({ cpuMs }: CitizenRound): number => cpuMs.gateway + cpuMs.agencies + cpuMs.postgres;
const cpuOf = ({ rounds }: WholeResult): number => medianOf(rounds, ofAll);
const rateOf = ({ rounds }: WholeResult): number => medianOf(rounds, (round) => round.requestsPerSecond);

/** One line per stack: medians of its rounds, and the ratios to both references at as many connections. */
export function wholeRows(results: readonly WholeResult[]) {
  const find = (name: string, connections: number): WholeResult | undefined =>
    results.find((result) => result.name === name && result.connections === connections);
  return results.map((result) => {
    const { name, connections, rounds } = result;
    const [naive = result, floor = result] = [find('naive', connections), find('floor', connections)];
    return {
      stack: name,
      connections,
      'requests/s': Math.round(rateOf(result)),
      '× naive': (rateOf(result) / rateOf(naive)).toFixed(2),
      '× floor': (rateOf(result) / rateOf(floor)).toFixed(2),
      'CPU ms gateway': medianOf(rounds, ({ cpuMs }) => cpuMs.gateway).toFixed(3),
      'CPU ms agencies': medianOf(rounds, ({ cpuMs }) => cpuMs.agencies).toFixed(3),
      'CPU ms PostgreSQL': medianOf(rounds, ({ cpuMs }) => cpuMs.postgres).toFixed(3),
      'CPU × naive': (cpuOf(naive) / cpuOf(result)).toFixed(2),
      'CPU × floor': (cpuOf(floor) / cpuOf(result)).toFixed(2),
      'p50 ms': medianOf(rounds, (round) => round.p50Ms).toFixed(1),
      'p99 ms': medianOf(rounds, (round) => round.p99Ms).toFixed(1),
      failures: rounds.reduce((sum, { failures }) => sum + failures, 0),
    };
  });
}

/** Prints the whole system beside its references. */
export function reportWhole(results: readonly WholeResult[]): void {
  console.log(
    'W3, the whole system. In one process the agencies are part of the gateway; ratios: more is better.',
  );
  console.table(wholeRows(results));
}
