import type { ShortWay } from '../../gateway/server.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { connectDatabase } from '#db';
import { startEmbedded } from '#db/embedded';
import type { AgencyName } from '#schema';
import { registerTestClient } from './test-client.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Administrator's URL of the PostgreSQL server that all tests share; each makes databases of its own. */
    readonly adminUrl: string;
    /** Every agency's database with the personas and some citizens more. Tests read them and never write. */
    readonly agencyUrls: Readonly<Record<AgencyName, string>>;
    /** Whether long proofs run in full (`npm run test:proofs`), and not a part of them. */
    readonly isFull: boolean;
    /** Which operations go past Apollo Server. */
    readonly shortWay: ShortWay;
  }
}

/** The population that tests read. */
export const sharedPlan = { seed: 1, citizens: 300, asOf: '2026-11-01' } as const;

async function populateShared(adminUrl: string): Promise<Readonly<Record<AgencyName, string>>> {
  const { loadPopulation, prepareDatabases } = await import('../../subgraphs/load.ts');
  const { loadAgencies } = await import('../../subgraphs/registry.ts');
  const urls = await prepareDatabases(adminUrl);
  await loadPopulation({ urls, agencies: await loadAgencies(), plan: sharedPlan });
  const register = connectDatabase({ url: urls.get('consent') ?? '' });
  await registerTestClient(register).finally(() => register.close());
  return Object.fromEntries(urls) as Record<AgencyName, string>;
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'citizen-data-graph-'));
  const server = await startEmbedded({ dataDir });
  project.provide('adminUrl', server.adminUrl);
  project.provide(
    'agencyUrls',
    await populateShared(server.adminUrl).catch((e) => {
      console.error(String(e));
      return {} as never;
    }),
  );
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
