import { desc, getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '#db';
import { createVisibleLoader, isVisible, type LabelledTable, type Shown } from '#kit';
import * as tables from '../tables/index.ts';
import { arraysOf, citizens, isShown, ordinal } from './visible.ts';

type Entries = LabelledTable & { readonly citizenId: PgColumn; readonly entryNumber: PgColumn };

/** Visible entries of the personal health record, newest first by `day`. */
function prepareEntries<Table extends Entries>({ orm }: Database, name: string, table: Table, day: PgColumn) {
  const statement = orm
    .select({ ...(getTableColumns(table) as Record<string, PgColumn>), ordinal })
    .from(table as PgTable)
    .innerJoin(citizens, isShown(table))
    .orderBy(ordinal, desc(day), table.entryNumber)
    .prepare(name);
  return () =>
    createVisibleLoader(async (keys) => {
      const rows: unknown = await statement.execute(arraysOf(keys));
      return rows as (Table['$inferSelect'] & { readonly ordinal: number })[];
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

const { birthCompartments, ...fileColumns } = getTableColumns(tables.healthFiles);

/** What is recorded of the birth, as if it were not for who may not see all of its compartments. */
const shownBirth = <Column extends PgColumn>(column: Column): SQL<Column['_']['data'] | null> =>
  sql`case when ${isVisible(birthCompartments)} then ${column} end`;

/** The file itself is in no compartment; the condition at birth may be. */
function prepareFiles({ orm }: Database) {
  const { healthFiles } = tables;
  const statement = orm
    .select({
      ...fileColumns,
      delivery: shownBirth(healthFiles.delivery),
      weightGrams: shownBirth(healthFiles.weightGrams),
      lengthMm: shownBirth(healthFiles.lengthMm),
      wasPremature: shownBirth(healthFiles.wasPremature),
      wasAsphyxiated: shownBirth(healthFiles.wasAsphyxiated),
      defects: shownBirth(healthFiles.defects),
      problems: shownBirth(healthFiles.problems),
      ordinal,
    })
    .from(healthFiles)
    .innerJoin(citizens, sql`${healthFiles.citizenId} = k.citizen_id`)
    .orderBy(ordinal)
    .prepare('health_files_by_ids');
  return () => createVisibleLoader((keys) => statement.execute(arraysOf(keys)));
}

/** The citizen's file at the agency and the entries of the personal health record. */
export function prepareProfile(database: Database) {
  const files = prepareFiles(database);
  const lists = prepareLists(database);
  return () => ({
    files: files(),
    riskFactors: lists.riskFactors(),
    allergies: lists.allergies(),
    histories: lists.histories(),
    familyHistories: lists.families(),
    immunisations: lists.immunisations(),
    examinations: lists.examinations(),
  });
}

export type FileRow = Shown<Omit<typeof tables.healthFiles.$inferSelect, 'birthCompartments'>>;
