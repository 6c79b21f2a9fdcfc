import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { personas, readPopulationMark, writePopulationMark } from '#db/population';

const program = ['--import', './.node/register.mjs', 'db/population/print-personas.ts'];
let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'population-'));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true });
});

/** No database is named, so none can be asked. */
const run = (...args: string[]): string =>
  execFileSync(process.execPath, [...program, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir },
  });

describe('the mark of a population', () => {
  const plan = { seed: 4, citizens: 10, asOf: '2026-01-31' };

  it('is read as it was written, and replaced', () => {
    writePopulationMark(join(dataDir, 'new', 'folder'), plan);
    writePopulationMark(dataDir, { ...plan, seed: 3 });
    writePopulationMark(dataDir, plan);
    expect(readPopulationMark(dataDir)).toEqual(plan);
    expect(readPopulationMark(join(dataDir, 'new', 'folder'))).toEqual(plan);
  });

  it.each([
    '',
    '{',
    '[]',
    '{"seed":1}',
    '{"citizens":2,"asOf":"2026-01-01"}',
    '{"seed":1,"asOf":"2026-01-01"}',
    '{"seed":1,"citizens":2,"asOf":"today"}',
  ])('is none when it reads %j', (text) => {
    writeFileSync(join(dataDir, 'population.json'), text);
    expect(readPopulationMark(dataDir)).toBeNull();
  });

  it('is none where none was written', () => {
    expect(readPopulationMark(join(dataDir, 'nowhere'))).toBeNull();
  });
});

describe('npm run personas', () => {
  it('prints exactly the array with --json, as of the given day', () => {
    expect(JSON.parse(run('--json', '--as-of', '2027-05-05'))).toEqual(personas('2027-05-05'));
  });

  it('is of the day of the loaded population unless a day is given', () => {
    writePopulationMark(dataDir, { seed: 1, citizens: 5, asOf: '2026-02-03' });
    expect(JSON.parse(run('--json'))).toEqual(personas('2026-02-03'));
  });

  it('prints a table with every name and number', () => {
    const text = run('--as-of', '2026-11-21');
    for (const { name, personalId } of personas('2026-11-21'))
      expect(text).toMatch(new RegExp(`^${name} +${personalId} `, 'm'));
  });

  it('says how it is used when it is used wrongly', () => {
    const { status, stderr } = spawnSync(process.execPath, [...program, '--as-of', 'tomorrow'], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toContain('YYYY-MM-DD');
    expect(stderr).not.toContain('    at ');
  });
});
