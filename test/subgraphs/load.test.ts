import { getTableName } from 'drizzle-orm';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectDatabase } from '#db';
import { startEmbedded, type EmbeddedServer } from '#db/embedded';
import type { Agency } from '#kit';
import {
  loadPopulation,
  PopulationConflict,
  prepareDatabases,
  readPopulation,
  type DatabaseUrls,
} from '../../subgraphs/load.ts';
import { formatProgress } from '../../subgraphs/progress.ts';
import { loadAgencies } from '../../subgraphs/registry.ts';

const plan = { seed: 3, citizens: 400, asOf: '2026-11-01' } as const;
const dataDir = mkdtempSync(join(tmpdir(), 'load-'));
let server: EmbeddedServer;
let urls: DatabaseUrls;
let agencies: readonly Agency[];

beforeAll(async () => {
  server = await startEmbedded({ dataDir });
  urls = await prepareDatabases(server.adminUrl);
  agencies = await loadAgencies();
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Count and checksum of every table of every agency. */
async function fingerprint(): Promise<Record<string, string>> {
  const prints: Record<string, string> = {};
  for (const agency of agencies) {
    const database = connectDatabase({ url: urls.get(agency.name) ?? '', queryTimeoutMs: 30_000 });
    for (const table of agency.population.tables) {
      const name = getTableName(table);
      const [row] = await database.sql.unsafe<{ print: string }>(
        `select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as print from "${name}" t`,
      );
      prints[`${agency.name}.${name}`] = row?.print ?? '';
    }
    await database.close();
  }
  return prints;
}

const load = (extra: Partial<Parameters<typeof loadPopulation>[0]> = {}): Promise<number> =>
  loadPopulation({ urls, agencies, plan, householdsPerStep: 60, ...extra });

/** Dies in the middle, as a killed process would: after so many steps. */
const dieAfter = (steps: number) => ({
  reset: true,
  onProgress: ({ stepsDone }: { stepsDone: number }): void => {
    if (stepsDone >= steps) throw new Error('killed');
  },
});

describe.sequential('a load', () => {
  let whole: Record<string, string>;

  test('is deterministic, marks the databases as synthetic, and reports its progress to the end', async () => {
    const seen: number[] = [];
    const rows = await load({
      reset: true,
      onProgress: ({ stepsDone, steps }) => void seen.push(stepsDone / steps),
    });
    expect(seen.at(-1)).toBe(1);
    whole = await fingerprint();
    const total = Object.values(whole).reduce((sum, print) => sum + Number(print.split(' ')[0]), 0);
    expect(total).toBe(rows);
    expect(await readPopulation(urls)).toEqual({ ...plan, isFinished: true });
    await load({ reset: true });
    expect(await fingerprint()).toEqual(whole);
  });

  test('that is finished needs --reset', async () => {
    await expect(load()).rejects.toThrow(PopulationConflict);
    await expect(load()).rejects.toThrow(/--reset/);
    expect(await fingerprint()).toEqual(whole);
  });

  test.each([1, 2])('that died after step %i goes on without duplicates or gaps', async (steps) => {
    await expect(load(dieAfter(steps))).rejects.toThrow('killed');
    expect((await readPopulation(urls))?.isFinished).toBe(false);
    await load();
    expect(await fingerprint()).toEqual(whole);
  });

  test('of another plan does not touch an unfinished one', async () => {
    await expect(load(dieAfter(1))).rejects.toThrow('killed');
    await expect(load({ plan: { ...plan, seed: 4 } })).rejects.toThrow(/another plan/);
    await load();
    expect(await fingerprint()).toEqual(whole);
  });

  test('with another seed is another population', async () => {
    await load({ reset: true, plan: { ...plan, seed: 4 } });
    expect(await fingerprint()).not.toEqual(whole);
  });
});

describe('the progress line', () => {
  test.each([
    [{ rows: 0, steps: 10, stepsDone: 0, stepsResumed: 0 }, 1000, /^░{30} {3}0 % {2}0 rows/],
    [
      { rows: 45_000, steps: 10, stepsDone: 5, stepsResumed: 0 },
      1000,
      /50 % {2}45,000 rows {2}45,000 rows\/s {2}1 s left/,
    ],
    [{ rows: 10_000, steps: 10, stepsDone: 6, stepsResumed: 5 }, 60_000, /60 %.* 4 min 0 s left/],
    [{ rows: 10, steps: 10, stepsDone: 10, stepsResumed: 0 }, 1000, /^█{30} 100 %.* 0 s left/],
  ])('%j', (progress, elapsedMs, line) => {
    expect(formatProgress(progress, elapsedMs)).toMatch(line);
  });
});
