import type { Database } from '#db';
import { getTableColumns } from 'drizzle-orm';
import { createNarrowLookUp, createVisiblePageLoader, prepareVisiblePages } from '#kit';
import type { ColumnUse, Shown } from '#kit';
import * as tables from '../tables/index.ts';
import { prepareBelow } from './below-visit.ts';
import { isShown, prepareVisible } from './visible.ts';

const { patientSheets, visits, visitDiagnoses, visitProcedures, visitDrugs, visitServices, visitLabResults } =
  tables;
const { drugCatalogue, serviceCatalogue, indicatorCatalogue } = tables;

const drugs = {
  catalogue: drugCatalogue,
  columns: {
    name: drugCatalogue.name,
    strength: drugCatalogue.strength,
    dosageForm: drugCatalogue.dosageForm,
    route: drugCatalogue.route,
    unit: drugCatalogue.unit,
    registrationNumber: drugCatalogue.registrationNumber,
    groupCode: drugCatalogue.groupCode,
  },
  on: [visitDrugs.code, drugCatalogue.code],
} as const;

const services = {
  catalogue: serviceCatalogue,
  columns: {
    name: serviceCatalogue.name,
    unit: serviceCatalogue.unit,
    groupCode: serviceCatalogue.groupCode,
  },
  on: [visitServices.code, serviceCatalogue.code],
} as const;

const indicators = {
  catalogue: indicatorCatalogue,
  columns: { indicatorName: indicatorCatalogue.indicatorName, unit: indicatorCatalogue.unit },
  on: [visitLabResults.indicatorCode, indicatorCatalogue.code],
} as const;

function prepareItems(database: Database) {
  return {
    diagnoses: prepareBelow(database, visitDiagnoses, {
      name: 'visit_diagnoses',
      order: visitDiagnoses.sequence,
    }),
    procedures: prepareBelow(database, visitProcedures, {
      name: 'visit_procedures',
      order: visitProcedures.sequence,
    }),
    drugs: prepareBelow(database, visitDrugs, {
      name: 'visit_drugs',
      order: visitDrugs.sequence,
      described: drugs,
    }),
    services: prepareBelow(database, visitServices, {
      name: 'visit_services',
      order: visitServices.sequence,
      described: services,
    }),
    labResults: prepareBelow(database, visitLabResults, {
      name: 'visit_lab_results',
      order: visitLabResults.sequence,
      described: indicators,
    }),
  };
}

function preparePapers(database: Database) {
  const { visitProgressNotes, visitDischarges, visitSummaries } = tables;
  const { visitSickLeaves, visitReferrals, visitReExaminations } = tables;
  return {
    progressNotes: prepareBelow(database, visitProgressNotes, {
      name: 'visit_progress_notes',
      order: visitProgressNotes.sequence,
    }),
    discharges: prepareBelow(database, visitDischarges, { name: 'visit_discharges' }),
    summaries: prepareBelow(database, visitSummaries, { name: 'visit_summaries' }),
    sickLeaves: prepareBelow(database, visitSickLeaves, { name: 'visit_sick_leaves' }),
    referrals: prepareBelow(database, visitReferrals, { name: 'visit_referrals' }),
    reExaminations: prepareBelow(database, visitReExaminations, { name: 'visit_re_examinations' }),
  };
}

/** The administrative sheets of a citizen, but for those that only hidden visits were recorded on. */
function prepareSheets(database: Database) {
  const rows = database.orm
    .select()
    .from(patientSheets)
    .where(isShown(patientSheets))
    .orderBy(patientSheets.sheetNumber)
    .as('rows');
  return prepareVisible<typeof patientSheets.$inferSelect>(database, 'patient_sheets_by_ids', rows);
}

const visitColumns = getTableColumns(visits);

/** Papers repeat what they like of their visit: who asks for one reads the visit as a whole. */
const visitUse = {
  columns: visitColumns,
  always: ['citizenId', 'visitId', 'admittedOn'],
  types: {
    Visit: {
      id: [],
      patient: ['sheetNumber'],
      facility: ['facilityCode'],
      department: ['departmentCode'],
      visitType: ['visitTypeCode'],
      patientCategory: ['patientCategoryCode'],
      codedInpatientReason: ['inpatientReasonCode'],
      mainDiagnosis: ['mainDiagnosisCode'],
      diagnoses: ['mainDiagnosisCode'],
      procedures: [],
      drugs: [],
      services: [],
      labResults: [],
      progressNotes: [],
      referredFrom: ['referredFromCode'],
      referredTo: ['referredToCode'],
      accident: ['accidentCode'],
      outcome: ['outcomeCode'],
      dischargeType: ['dischargeTypeCode'],
      costs: [],
      source: ['asOf', 'integrationStatus'],
    },
    VisitCosts: {},
  },
} satisfies ColumnUse<typeof visitColumns>;

const prepareVisitPages = (database: Database, columns: typeof visitColumns) =>
  prepareVisiblePages(database, {
    name: 'visits_by_page',
    table: visits,
    columns,
    citizenId: visits.citizenId,
    sort: visits.admittedOn,
    id: visits.visitId,
  });

/** Visits by page, the administrative sheets of a citizen, and everything below a visit. */
export function prepareVisits(database: Database) {
  const below = { ...prepareItems(database), ...preparePapers(database) };
  const pages = createNarrowLookUp(visitUse, (columns) =>
    createVisiblePageLoader(prepareVisitPages(database, columns)),
  );
  return { visits: pages, sheets: prepareSheets(database), ...below };
}

export type VisitRow = Shown<typeof visits.$inferSelect>;
export type SheetRow = typeof patientSheets.$inferSelect;
