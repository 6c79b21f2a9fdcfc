import { desc, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '#db';
import { createListLoader, createOneLoader } from '#kit';
import * as tables from '../tables/index.ts';

type Entries = PgTable & { readonly citizenId: PgColumn; readonly entryNumber: PgColumn };

const ids = sql.placeholder('ids');

/** Entries of the personal health record, newest first by `day`. */
function prepareEntries<Table extends Entries>({ orm }: Database, name: string, table: Table, day: PgColumn) {
  const statement = orm
    .select()
    .from(table as PgTable)
    .where(sql`${table.citizenId} = any(${ids})`)
    .orderBy(table.citizenId, desc(day), table.entryNumber)
    .prepare(name);
  return () =>
    createListLoader(async (citizenIds) => {
      const rows: unknown = await statement.execute({ ids: citizenIds });
      return rows as (Table['$inferSelect'] & { readonly citizenId: string })[];
    });
}

function prepareLists(database: Database) {
  const { healthRiskFactors, healthAllergies, healthHistories } = tables;
  const { healthFamilyHistories, healthImmunisations, healthExaminations } = tables;
  return {
    riskFactors: prepareEntries(
      database,
      'health_risk_factors',
      healthRiskFactors,
      healthRiskFactors.recordedOn,
    ),
    allergies: prepareEntries(database, 'health_allergies', healthAllergies, healthAllergies.recordedOn),
    histories: prepareEntries(database, 'health_histories', healthHistories, healthHistories.recordedOn),
    families: prepareEntries(
      database,
      'health_families',
      healthFamilyHistories,
      healthFamilyHistories.recordedOn,
    ),
    immunisations: prepareEntries(
      database,
      'health_immunisations',
      healthImmunisations,
      healthImmunisations.givenOn,
    ),
    examinations: prepareEntries(
      database,
      'health_examinations',
      healthExaminations,
      healthExaminations.examinedOn,
    ),
  };
}

/** The citizen's file at the agency and the entries of the personal health record. */
export function prepareProfile(database: Database) {
  const { healthFiles } = tables;
  const lists = prepareLists(database);
  const files = database.orm
    .select()
    .from(healthFiles)
    .where(sql`${healthFiles.citizenId} = any(${ids})`)
    .prepare('health_files_by_ids');
  return () => ({
    file: createOneLoader((citizenIds) => files.execute({ ids: citizenIds })),
    riskFactors: lists.riskFactors(),
    allergies: lists.allergies(),
    histories: lists.histories(),
    familyHistories: lists.families(),
    immunisations: lists.immunisations(),
    examinations: lists.examinations(),
  });
}

export type FileRow = typeof tables.healthFiles.$inferSelect;
