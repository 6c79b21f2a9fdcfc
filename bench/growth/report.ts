import type { CitizenRound } from '../citizens.ts';
import { medianOf } from '../measure.ts';
import type { GrowthResult } from './measure.ts';

const ofAll = ({ cpuMs }: CitizenRound): number => cpuMs.gateway + cpuMs.agencies + cpuMs.postgres;
const cpuOf = ({ rounds }: GrowthResult): number => medianOf(rounds, ofAll);

/** The first step of the series that a result belongs to. */
const firstOf = (result: GrowthResult, results: readonly GrowthResult[]): GrowthResult =>
  results.find(({ layout, what }) => layout === result.layout && what === result.what) ?? result;

/** One line per step. `× the first` is linear or better when it is at most `× as much`; for connections, when it is about 1. */
export function growthRows(results: readonly GrowthResult[]) {
  return results.map((result) => {
    const first = firstOf(result, results);
    return {
      layout: result.layout,
      'what grows': result.what,
      amount: result.amount,
      '× as much': result.amount / first.amount,
      'CPU ms/request': cpuOf(result).toFixed(3),
      '× the first': (cpuOf(result) / cpuOf(first)).toFixed(2),
      'requests/s': Math.round(medianOf(result.rounds, (round) => round.requestsPerSecond)),
      'p50 ms': medianOf(result.rounds, (round) => round.p50Ms).toFixed(1),
      'p99 ms': medianOf(result.rounds, (round) => round.p99Ms).toFixed(1),
      failures: result.rounds.reduce((sum, { failures }) => sum + failures, 0),
    };
  });
}

/** Prints how costs grow. */
export function reportGrowth(results: readonly GrowthResult[]): void {
  console.log('Growth: CPU of gateway, agencies and PostgreSQL together.');
  console.table(growthRows(results));
}
