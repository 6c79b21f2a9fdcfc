import {
  connectionOf,
  pageKeyOf,
  sourceOf,
  visibleTo,
  type CitizenReference,
  type PageArguments,
  type VisibleCitizen,
} from '#kit';
import type { SheetRow, VisitRow } from '../loaders/index.ts';
import { codeIn, coded } from './code.ts';
import type { Context } from './context.ts';

const source = sourceOf('health-records');
const outcomes = [
  'RECOVERED',
  'IMPROVED',
  'UNCHANGED',
  'WORSE',
  'DIED',
  'SENT_HOME_GRAVE',
  'UNDETERMINED',
  'DIED_OUTSIDE',
] as const;

/** `ket_qua_dtri` 1 to 8 as clients read it; `null` for a code the dictionary does not have. */
export const outcomeOf = ({ outcomeCode }: Pick<VisitRow, 'outcomeCode'>) =>
  outcomes[(outcomeCode ?? 0) - 1] ?? null;

export const mainDiagnosisOf = ({ mainDiagnosisCode }: VisitRow) =>
  Object.assign({ kind: 'MAIN' }, codeIn('ICD10', mainDiagnosisCode));

const positionOf = (row: VisitRow) => ({ sort: row.admittedOn, id: row.visitId });

/** One page of the visits that the reader may see. */
export async function pageVisits(
  { id }: CitizenReference,
  page: PageArguments,
  { loaders, access }: Context,
) {
  const plain = pageKeyOf(id, page);
  const visible = await visibleTo(access, id);
  const key = Object.assign(plain, visible);
  return Object.assign({}, visible, connectionOf(await loaders.visits.load(key), key, positionOf));
}

type Below = 'diagnoses' | 'procedures' | 'drugs' | 'services' | 'labResults' | 'progressNotes';
type Papers = 'discharges' | 'summaries' | 'sickLeaves' | 'referrals' | 'reExaminations';

const keyOf = ({ citizenId, visitId: recordId, allowed }: VisitRow) => ({ citizenId, recordId, allowed });

/** The rows below the visit in their order. */
const below =
  (name: Below) =>
  (visit: VisitRow, _: unknown, { loaders }: Context) =>
    loaders[name].load(keyOf(visit));

/** A paper of the visit, with the visit it repeats; `null` when none was written. */
const paper =
  (name: Papers) =>
  async (visit: VisitRow, _: unknown, { loaders }: Context) => {
    const [row] = await loaders[name].load(keyOf(visit));
    return row ? Object.assign({}, row, { visit }) : null;
  };

async function listDiagnoses(visit: VisitRow, _: unknown, { loaders }: Context) {
  const others = await loaders.diagnoses.load(keyOf(visit));
  const named = others.map(({ kind, code }) =>
    Object.assign({ kind }, codeIn(kind === 'TRADITIONAL' ? 'TRADITIONAL' : 'ICD10', code)),
  );
  return [mainDiagnosisOf(visit), ...named];
}

async function sheetOf(visit: VisitRow, _: unknown, { loaders }: Context): Promise<SheetRow | null> {
  const sheets = await loaders.sheets.load({ citizenId: visit.citizenId, allowed: visit.allowed });
  return sheets.find((sheet) => sheet.sheetNumber === visit.sheetNumber) ?? null;
}

async function sourceOfFile({ citizenId, allowed }: VisibleCitizen, _: unknown, { loaders }: Context) {
  const [file] = await loaders.files.load({ citizenId, allowed });
  return file ? source(file) : null;
}

export const visitResolvers = {
  VisitConnection: { source: sourceOfFile },
  Visit: {
    id: (visit: VisitRow) => visit.visitId,
    patient: sheetOf,
    facility: coded('FACILITY', 'facilityCode'),
    department: coded('DEPARTMENT', 'departmentCode'),
    visitType: coded('VISIT_TYPE', 'visitTypeCode'),
    patientCategory: coded('PATIENT_CATEGORY', 'patientCategoryCode'),
    codedInpatientReason: coded('INPATIENT_REASON', 'inpatientReasonCode'),
    referredFrom: coded('FACILITY', 'referredFromCode'),
    referredTo: coded('FACILITY', 'referredToCode'),
    accident: coded('ACCIDENT', 'accidentCode'),
    dischargeType: coded('DISCHARGE_TYPE', 'dischargeTypeCode'),
    outcome: outcomeOf,
    mainDiagnosis: mainDiagnosisOf,
    diagnoses: listDiagnoses,
    procedures: below('procedures'),
    drugs: below('drugs'),
    services: below('services'),
    labResults: below('labResults'),
    progressNotes: below('progressNotes'),
    discharge: paper('discharges'),
    summary: paper('summaries'),
    sickLeave: paper('sickLeaves'),
    referral: paper('referrals'),
    reExamination: paper('reExaminations'),
    costs: (visit: VisitRow) => visit,
    source,
  },
  VisitPatient: { coverage: (sheet: SheetRow) => (sheet.cardCode === null ? null : sheet) },
  VisitCoverage: { initialFacility: coded('FACILITY', 'initialFacilityCode') },
};
