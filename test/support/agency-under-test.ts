import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { bootstrapDatabases, connectDatabase, migrateDatabase } from '#db';
import { personaHouseholds, type Household, type PopulationPlan } from '#db/population';
import {
  beginPopulation,
  collectRows,
  migrationsFolderOf,
  readMark,
  startAgencyService,
  writeStep,
  type Agency,
} from '#kit';

/** The day the tests' population is told on, and noon of it. */
export const testAsOf = '2026-11-01';
export const testNow = new Date(`${testAsOf}T12:00:00+07:00`);

export interface AgencyTestOptions {
  /** Default: the personas. */
  readonly households?: readonly Household[];
  readonly asOf?: string;
  readonly now?: Date;
}

async function createDatabase(agency: Agency): Promise<string> {
  const name = `t-${agency.name}-${randomUUID().slice(0, 8)}`;
  const urls = await bootstrapDatabases(inject('adminUrl'), [name]);
  const url = urls.get(name) ?? '';
  await migrateDatabase({ url, migrationsFolder: migrationsFolderOf(agency.name) });
  return url;
}

async function fill(url: string, agency: Agency, plan: PopulationPlan, households: readonly Household[]) {
  const database = connectDatabase({ url, queryTimeoutMs: 60_000 });
  await readMark(database);
  await beginPopulation(database, plan);
  await writeStep(database, 0, collectRows(agency, { plan, step: 0 }, households));
  await database.close();
}

/** One agency over a database of its own on the shared server, asked as the gateway would ask it. */
export async function startAgencyUnderTest(agency: Agency, options: AgencyTestOptions = {}) {
  const { asOf = testAsOf, households = personaHouseholds(asOf), now = testNow } = options;
  const plan: PopulationPlan = { seed: 1, citizens: 0, asOf };
  const url = await createDatabase(agency);
  await fill(url, agency, plan, households);
  const statements: string[] = [];
  const service = await startAgencyService(agency, {
    databaseUrl: url,
    now: () => now,
    queryTimeoutMs: 10_000,
    onQuery: (statement) => void statements.push(statement),
  });
  const query = (document: string, variables: Record<string, unknown> = {}) =>
    service.handle({ query: document, variables, requestId: 'test' }) as unknown as Promise<{
      // eslint-disable-next-line @typescript-eslint/no-explicit-any
      readonly data?: any;
      readonly errors?: readonly {
        readonly message: string;
        readonly path?: unknown;
        readonly extensions: { readonly code: string };
      }[];
    }>;
  /** The selection on each of these citizens, through `_entities`. */
  const entities = async (ids: readonly string[], selection: string) => {
    const representations = ids.map((id) => ({ __typename: 'Citizen', id }));
    return query(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Citizen { ${selection} } } }`,
      {
        representations,
      },
    );
  };
  return { url, service, statements, query, entities, close: service.close };
}
