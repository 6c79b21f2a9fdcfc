import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PopulationPlan } from './person.ts';

const FILE = 'population.json';

function isPlan(value: unknown): value is PopulationPlan {
  if (typeof value !== 'object' || value === null) return false;
  const { seed, citizens, asOf } = value as Partial<Record<keyof PopulationPlan, unknown>>;
  return (
    typeof seed === 'number' &&
    typeof citizens === 'number' &&
    typeof asOf === 'string' &&
    /^\d{4}-\d\d-\d\d$/.test(asOf)
  );
}

/** The population last loaded with this data directory; `null` when none was, or the mark cannot be read. */
export function readPopulationMark(dataDir: string): PopulationPlan | null {
  try {
    const value: unknown = JSON.parse(readFileSync(join(dataDir, FILE), 'utf8'));
    return isPlan(value) ? { seed: value.seed, citizens: value.citizens, asOf: value.asOf } : null;
  } catch {
    return null;
  }
}

/** Remembers which population was loaded, so that other commands tell the same one. Replaces the file at once. */
export function writePopulationMark(dataDir: string, plan: PopulationPlan): void {
  mkdirSync(dataDir, { recursive: true });
  const { seed, citizens, asOf } = plan;
  const fresh = join(dataDir, `${FILE}.${process.pid}`);
  writeFileSync(fresh, JSON.stringify({ seed, citizens, asOf }) + '\n');
  renameSync(fresh, join(dataDir, FILE));
}
