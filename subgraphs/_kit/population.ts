import type { PgTable } from 'drizzle-orm/pg-core';
import type { Category, Household, IntegrationStatus, Person, PopulationPlan } from '#db/population';

/** Takes one row of one table, under drizzle's property names. */
export type AddRow = <Table extends PgTable>(table: Table, row: Table['$inferInsert']) => void;

/** How an agency turns facts of life into its own rows. Pure: the same household gives the same rows. */
export interface AgencyPopulation {
  /** Every table that is filled, parents before children. */
  readonly tables: readonly PgTable[];
  /** Rows of catalogues, written once, before any citizen. */
  readonly addReferenceRows?: (plan: PopulationPlan, add: AddRow) => void;
  readonly addRows: (household: Household, plan: PopulationPlan, add: AddRow) => void;
}

/** The integration status of a category: as told of the person, else `INTEGRATED` from level 2 on; the core from 1. */
export function integrationOf(person: Person, category: Category | 'population'): IntegrationStatus {
  if (category === 'population') return person.account ? 'INTEGRATED' : 'NOT_REQUESTED';
  return person.integration[category] ?? (person.account?.level === 2 ? 'INTEGRATED' : 'NOT_REQUESTED');
}

/** The provenance columns of a row of this category, as of the start of the population's day in Việt Nam. */
export function provenanceOf(person: Person, category: Category | 'population', plan: PopulationPlan) {
  return {
    asOf: new Date(`${plan.asOf}T00:00:00+07:00`),
    integrationStatus: integrationOf(person, category),
  };
}
