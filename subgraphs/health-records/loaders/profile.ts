import { desc, getTableColumns, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '#db';
import { isVisible, type LabelledTable, type Shown } from '#kit';
import * as tables from '../tables/index.ts';
import { isShown, prepareVisible } from './visible.ts';

type Entries = LabelledTable & { readonly citizenId: PgColumn; readonly entryNumber: PgColumn };

/** Visible entries of the personal health record, newest first by `day`. */
function prepareEntries<Table extends Entries>(
  database: Database,
  name: string,
  table: Table,
  day: PgColumn,
) {
  const rows = database.orm
    .select()
    .from(table as PgTable)
    .where(isShown(table))
    .orderBy(desc(day), table.entryNumber)
    .as('rows');
  return prepareVisible<Table['$inferSelect']>(database, name, rows);
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
    familyHistories: prepareEntries(
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

type FileColumns = Omit<typeof tables.healthFiles.$inferSelect, 'birthCompartments'>;

const { birthCompartments, ...fileColumns } = getTableColumns(tables.healthFiles);

/** What is recorded of the birth; nothing for who may not see all compartments it belongs to. */
const shownBirth = <Column extends PgColumn>(column: Column) =>
  sql<Column['_']['data'] | null>`case when ${isVisible(birthCompartments)} then ${column} end`.as(
    column.name,
  );

/** The file itself is in no compartment; the condition at birth may be. */
function prepareFiles(database: Database) {
  const { healthFiles } = tables;
  const rows = database.orm
    .select({
      ...fileColumns,
      delivery: shownBirth(healthFiles.delivery),
      weightGrams: shownBirth(healthFiles.weightGrams),
      lengthMm: shownBirth(healthFiles.lengthMm),
      wasPremature: shownBirth(healthFiles.wasPremature),
      wasAsphyxiated: shownBirth(healthFiles.wasAsphyxiated),
      defects: shownBirth(healthFiles.defects),
      problems: shownBirth(healthFiles.problems),
    })
    .from(healthFiles)
    .where(sql`${healthFiles.citizenId} = k.citizen_id`)
    .limit(1)
    .as('rows');
  return prepareVisible<FileColumns>(database, 'health_files_by_ids', rows);
}

/** The citizen's file at the agency and the entries of the personal health record. */
export function prepareProfile(database: Database) {
  return { files: prepareFiles(database), ...prepareLists(database) };
}

export type FileRow = Shown<FileColumns>;
