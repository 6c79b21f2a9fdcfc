import type { CitizenRound } from '../citizens.ts';
import { median, medianOf } from '../measure.ts';
import type { EnforcementComparison } from './compare.ts';

/** The most that enforcement may cost: CPU per request, with it to without it. */
const target = 1.15;

type Cost = CitizenRound['cpuMs'];
const ofProcesses = ({ gateway, agencies }: Cost): number => gateway + agencies;
const ofAll = (cpu: Cost): number => ofProcesses(cpu) + cpu.postgres;

/** One line per stack: medians of its rounds. */
function stackRows({ layout, connections, enforced, bare }: EnforcementComparison) {
  const rowOf = (enforcement: string, rounds: readonly CitizenRound[]) => ({
    layout,
    connections,
    enforcement,
    'requests/s': Math.round(medianOf(rounds, (round) => round.requestsPerSecond)),
    'p50 ms': medianOf(rounds, (round) => round.p50Ms).toFixed(1),
    'p99 ms': medianOf(rounds, (round) => round.p99Ms).toFixed(1),
    'CPU ms gateway': medianOf(rounds, ({ cpuMs }) => cpuMs.gateway).toFixed(2),
    'CPU ms agencies':
      layout === 'one process' ? 'in gateway' : medianOf(rounds, ({ cpuMs }) => cpuMs.agencies).toFixed(2),
    'CPU ms PostgreSQL': medianOf(rounds, ({ cpuMs }) => cpuMs.postgres).toFixed(2),
    failures: rounds.reduce((sum, { failures }) => sum + failures, 0),
  });
  return [rowOf('with', enforced), rowOf('without', bare)];
}

/** What enforcement costs: the ratio of each pair of rounds, their median, lowest and highest. */
function costRow({ layout, connections, enforced, bare }: EnforcementComparison) {
  const ratiosOf = (pick: (cpu: Cost) => number): number[] =>
    enforced.map(({ cpuMs }, at) => pick(cpuMs) / pick(bare[at]?.cpuMs ?? cpuMs));
  const both = ratiosOf(ofAll);
  return {
    layout,
    connections,
    'gateway + agencies': median(ratiosOf(ofProcesses)).toFixed(3),
    PostgreSQL: median(ratiosOf(({ postgres }) => postgres)).toFixed(3),
    both: median(both).toFixed(3),
    'lowest to highest': `${Math.min(...both).toFixed(3)} to ${Math.max(...both).toFixed(3)}`,
    target,
    isMet: median(both) <= target,
  };
}

/** Prints what was measured with and without, and the ratio. */
export function reportEnforcement(comparisons: readonly EnforcementComparison[]): void {
  console.table(comparisons.flatMap(stackRows));
  console.log('The cost of enforcement: CPU per request, with it to without it.');
  console.table(comparisons.map(costRow));
}
