import { randomBytes, randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { bootstrapDatabases, connectDatabase, migrateDatabase } from '#db';
import { personaHouseholds, type Household, type PopulationPlan } from '#db/population';
import {
  beginPopulation,
  collectRows,
  createFactsReader,
  migrationsFolderOf,
  readMark,
  startAgencyService,
  writeStep,
  type Agency,
} from '#kit';
import {
  maxSubjects,
  type Caller,
  type DecisionRecord,
  type FactsSource,
  type FeedName,
  type ReadNotices,
} from '#schema';
import { createCallerTokens } from '../../gateway/caller-token.ts';
import { statuteRegister, testOfficer } from './callers.ts';

/** The day the tests' population is told on, and noon of it. */
export const testAsOf = '2026-11-01';
export const testNow = new Date(`${testAsOf}T12:00:00+07:00`);

export interface AgencyTestOptions {
  /** Default: the personas. */
  readonly households?: readonly Household[];
  readonly asOf?: string;
  readonly now?: Date | (() => Date);
  /** Who asks unless a query says otherwise; default: the officer of a statute over all scopes. */
  readonly caller?: Caller;
  /** What is known of grants and people; default: one client whose statute covers everything. The register has its own. */
  readonly facts?: FactsSource;
  /** Of the register: where it hears of changes; default: nothing ever changes. */
  readonly feeds?: Readonly<Record<FeedName, ReadNotices>>;
}

export interface AgencyTestAnswer {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data?: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: unknown;
    readonly extensions: {
      readonly code: string;
      readonly reason?: string;
      readonly scope?: string | null;
      readonly howTo?: unknown;
    };
  }[];
  readonly extensions?: { readonly decisions?: readonly DecisionRecord[] };
}

const silent: Readonly<Record<FeedName, ReadNotices>> = {
  population: async () => [],
  dependants: async () => [],
};

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

/** One agency over a database that is there, asked as the gateway would ask it. */
export async function openAgencyUnderTest(agency: Agency, url: string, options: AgencyTestOptions = {}) {
  const { caller: usual = testOfficer, now: given = testNow } = options;
  const now = typeof given === 'function' ? given : () => given;
  const clockMs = () => performance.now();
  const isRegister = agency.createRegister !== undefined && options.facts === undefined;
  const statements: string[] = [];
  const callerKey = randomBytes(32);
  const service = await startAgencyService(agency, {
    databaseUrl: url,
    now,
    clockMs,
    callerKey,
    ...(isRegister
      ? { feeds: options.feeds ?? silent }
      : { reader: createFactsReader(options.facts ?? statuteRegister(), { clockMs }) }),
    queryTimeoutMs: 10_000,
    onQuery: (statement) => void statements.push(statement),
  });
  const tokens = createCallerTokens({ keyOf: () => callerKey, nowSeconds: () => now().getTime() / 1000 });
  const query = (document: string, variables: Record<string, unknown> = {}, caller: Caller = usual) =>
    service.handle({
      query: document,
      variables,
      callerToken: tokens.sign(agency.name, caller, randomUUID()),
    }) as unknown as Promise<AgencyTestAnswer>;
  /** The selection on each of these citizens, through `_entities`. */
  const entities = async (ids: readonly string[], selection: string, caller: Caller = usual) => {
    const representations = ids.map((id) => ({ __typename: 'Citizen', id }));
    return query(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Citizen { ${selection} } } }`,
      { representations },
      caller,
    );
  };
  /** The same of more people than one operation may concern: a hundred at a time, the answers put together. */
  const everybody = async (ids: readonly string[], selection: string): Promise<AgencyTestAnswer> => {
    const answers: AgencyTestAnswer[] = [];
    for (let from = 0; from < ids.length; from += maxSubjects)
      answers.push(await entities(ids.slice(from, from + maxSubjects), selection));
    const errors = answers.flatMap((answer) => answer.errors ?? []);
    const data = { _entities: answers.flatMap((answer) => (answer.data?._entities ?? []) as unknown[]) };
    return { data, ...(errors.length > 0 && { errors }) };
  };
  return { url, service, statements, callerKey, query, entities, everybody, close: service.close };
}

/** One agency over a database of its own on the shared server. */
export async function startAgencyUnderTest(agency: Agency, options: AgencyTestOptions = {}) {
  const { asOf = testAsOf, households = personaHouseholds(asOf) } = options;
  const url = await createDatabase(agency);
  await fill(url, agency, { seed: 1, citizens: 0, asOf }, households);
  return openAgencyUnderTest(agency, url, options);
}
