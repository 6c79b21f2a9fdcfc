import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second (USER_HZ, proc(5)). */
const ticksPerSecond = 100;

interface ProcessTimes {
  readonly parent: number;
  /** User and system time, also of children that have ended, in ticks. */
  readonly ticks: number;
}

function readTimes(pid: number): ProcessTimes | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent = 0] = fields.slice(1);
    return { parent, ticks: fields.slice(11, 15).reduce((sum, each) => sum + each, 0) };
  } catch {
    return null;
  }
}

function readAll(): ReadonlyMap<number, ProcessTimes> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const read = pids.map((name) => [Number(name), readTimes(Number(name))] as const);
  return new Map(read.flatMap(([pid, times]) => (times ? [[pid, times] as const] : [])));
}

/** Milliseconds of processor time used so far by these processes and everything below them. Linux only. */
export function readCpuMs(roots: readonly number[]): number {
  const all = readAll();
  const isBelow = (pid: number): boolean => {
    if (roots.includes(pid)) return true;
    const parent = all.get(pid)?.parent ?? 0;
    return parent > 1 && isBelow(parent);
  };
  const ticks = [...all].filter(([pid]) => isBelow(pid)).reduce((sum, [, times]) => sum + times.ticks, 0);
  return (ticks * 1000) / ticksPerSecond;
}

/** The parent of a process: of a PostgreSQL backend, the postmaster. */
export function readParent(pid: number): number {
  return readTimes(pid)?.parent ?? 0;
}
