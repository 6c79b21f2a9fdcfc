import type { AgencyPopulation } from '#kit';
import * as tables from '../tables/index.ts';
import { addCatalogues } from './catalogues.ts';
import { addProfile } from './profile.ts';
import { addVisits } from './visits.ts';

const profileTables = [
  tables.healthFiles,
  tables.healthRiskFactors,
  tables.healthAllergies,
  tables.healthHistories,
  tables.healthFamilyHistories,
  tables.healthImmunisations,
  tables.healthExaminations,
];
const visitTables = [
  tables.patientSheets,
  tables.visits,
  tables.visitDiagnoses,
  tables.visitProcedures,
  tables.visitDrugs,
  tables.visitServices,
  tables.visitLabResults,
  tables.visitProgressNotes,
  tables.visitDischarges,
  tables.visitSummaries,
  tables.visitSickLeaves,
  tables.visitReferrals,
  tables.visitReExaminations,
];

/** One file for each person the agency has found, and the visits as they were told. */
export const population: AgencyPopulation = {
  tables: [...tables.referenceTables, ...profileTables, ...visitTables],
  addReferenceRows: (_, add) => addCatalogues(add),
  addRows: ({ members }, plan, add) => {
    for (const member of members) {
      if (member.person.integration.healthRecords === 'NOT_FOUND') continue;
      addProfile(member, plan, add);
      addVisits(member.person, plan, add);
    }
  },
};
