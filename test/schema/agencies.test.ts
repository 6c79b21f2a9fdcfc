import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { databaseNameOf } from '#db';
import { agencies, agencyNames, urlVariableOf } from '#schema';

const isUnique = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

describe('the list of agencies', () => {
  it('names each agency once, in kebab-case', () => {
    expect(isUnique(agencyNames)).toBe(true);
    for (const name of agencyNames) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it('gives each a port of its own that is not the gateway’s', () => {
    const ports = agencies.map(({ port }) => port);
    expect(isUnique(ports)).toBe(true);
    for (const port of ports) expect(port).toBeGreaterThan(4000);
    for (const port of ports) expect(port).toBeLessThan(65_536);
  });

  it('names the authority that answers for the data', () => {
    for (const { owner } of agencies) expect(owner).toMatch(/\p{Lu}.+/u);
  });

  it('gives each a database and an address variable of its own', () => {
    expect(isUnique(agencyNames.map(databaseNameOf))).toBe(true);
    expect(isUnique(agencyNames.map(urlVariableOf))).toBe(true);
    expect(urlVariableOf('id-cards')).toBe('AGENCY_ID_CARDS_URL');
    expect(databaseNameOf('id-cards')).toBe('id_cards');
  });

  it('has a line of its own for each in CODEOWNERS, the last that matches its folder', () => {
    const text = readFileSync(new URL('../../.github/CODEOWNERS', import.meta.url), 'utf8');
    const lines = text.split('\n').filter((line) => line.startsWith('/subgraphs/') && !line.includes('_kit'));
    const owned = lines.map((line) => line.split(/\s+/)[0]);
    expect(owned).toEqual(agencyNames.map((name) => `/subgraphs/${name}/`));
    expect(lines.every((line) => / @[\w-]+\/[\w-]+$/.test(line))).toBe(true);
    expect(text.trimEnd().split('\n').slice(-lines.length)).toEqual(lines);
  });
});
