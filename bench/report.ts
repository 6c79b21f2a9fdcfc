import type { Layout } from './config.ts';
import type { CpuMs, Round } from './measure.ts';

/** Rounds of one layout and number of connections: the product, and the same without enforcement, in turns. */
export interface Comparison {
  readonly layout: Layout;
  readonly connections: number;
  readonly enforced: readonly Round[];
  readonly bare: readonly Round[];
}

/** The most that enforcement may cost: CPU per request, with it to without it. */
export const target = 1.15;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

const medianOf = (rounds: readonly Round[], pick: (round: Round) => number): number =>
  median(rounds.map(pick));
const ofProcesses = ({ gateway, agencies }: CpuMs): number => gateway + agencies;
const ofAll = (cpu: CpuMs): number => ofProcesses(cpu) + cpu.postgres;

/** One line per stack: medians of its rounds. */
export function stackRows({ layout, connections, enforced, bare }: Comparison) {
  const rowOf = (enforcement: string, rounds: readonly Round[]) => ({
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
export function costRow({ layout, connections, enforced, bare }: Comparison) {
  const ratiosOf = (pick: (cpu: CpuMs) => number): number[] =>
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
