import { getTableName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { copyRows, type Database } from '#db';
import type { Household, PopulationPlan } from '#db/population';
import type { Agency } from './agency.ts';
import type { AddRow } from './population.ts';

/** A piece of a load: written all or nothing, once. */
export interface LoadStep {
  /** Unique within the load; a step that is already marked is skipped. */
  readonly step: number;
  readonly plan: PopulationPlan;
}

/** The population a database holds or is being given. */
export interface PopulationMark extends PopulationPlan {
  readonly isFinished: boolean;
}

const createMarks = `
  create table if not exists synthetic_population (
    seed bigint not null, citizens bigint not null, as_of date not null, is_finished boolean not null default false);
  create table if not exists synthetic_population_steps (step int primary key)`;
const planOf = (plan: PopulationPlan) => [plan.seed, plan.citizens, plan.asOf] as const;

/** The mark that says: nobody in this database is real. `null` when it was never populated. */
export async function readMark({ sql }: Pick<Database, 'sql'>): Promise<PopulationMark | null> {
  await sql.unsafe(createMarks);
  const [mark] = await sql<{ seed: string; citizens: string; asOf: string; isFinished: boolean }>`
    select seed::text, citizens::text, as_of::text as "asOf", is_finished as "isFinished" from synthetic_population`;
  return mark ? { ...mark, seed: Number(mark.seed), citizens: Number(mark.citizens) } : null;
}

/** Empties every table of the agency and forgets earlier loads. */
export async function clearPopulation(database: Database, agency: Agency): Promise<void> {
  const names = agency.population.tables.map((table) => `"${getTableName(table)}"`);
  const marks = ['synthetic_population', 'synthetic_population_steps'];
  await database.sql.unsafe(createMarks);
  await database.sql.unsafe(`truncate ${[...names, ...marks].join(', ')}`);
}

/** Marks the database as synthetic before the first row. */
export async function beginPopulation({ sql }: Database, plan: PopulationPlan): Promise<void> {
  await sql.unsafe(
    'insert into synthetic_population (seed, citizens, as_of) values ($1, $2, $3)',
    planOf(plan),
  );
}

export async function finishPopulation({ sql }: Database): Promise<void> {
  await sql.unsafe('update synthetic_population set is_finished = true');
}

/** Steps that are already in the database. */
export async function readSteps({ sql }: Database): Promise<ReadonlySet<number>> {
  const rows = await sql<{ step: number }>`select step from synthetic_population_steps`;
  return new Set(rows.map(({ step }) => step));
}

type Rows = Map<PgTable, object[]>;

/** The rows of these households by table; with the catalogues first when `withReference`. */
export function collectRows(agency: Agency, { plan, step }: LoadStep, homes: readonly Household[]): Rows {
  const { tables, addRows, addReferenceRows } = agency.population;
  const rows: Rows = new Map(tables.map((table) => [table, []]));
  const add: AddRow = (table, row) => {
    const known = rows.get(table);
    if (!known) throw new TypeError('An agency added a row to a table that its population does not list.');
    known.push(row);
  };
  if (step === 0) addReferenceRows?.(plan, add);
  for (const household of homes) addRows(household, plan, add);
  return rows;
}

/**
 * Writes the rows of one step and its mark in one transaction; answers how many rows. Triggers that tell the register
 * of changes are silent meanwhile: it is loaded with the same people.
 */
export async function writeStep(database: Database, step: number, rows: Rows): Promise<number> {
  return database.begin(
    async ({ sql }) => {
      await sql.unsafe("set local citizen_data.loading = 'on'");
      await sql.unsafe('insert into synthetic_population_steps (step) values ($1)', [step]);
      let count = 0;
      for (const [table, list] of rows)
        if (list.length > 0) count += await copyRows(sql, table, list as never);
      return count;
    },
    { queryTimeoutMs: 120_000 },
  );
}
