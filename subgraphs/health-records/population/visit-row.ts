import type { provenanceOf } from '#kit';
import type { visits } from '../tables/index.ts';
import { shareOf, type Totals } from './items.ts';
import type { Papered } from './papers.ts';

type VisitRow = typeof visits.$inferInsert;

/** Code of the patient at a facility: the same at every visit there. */
const patientCodeOf = (citizenId: string, facilityCode: string): string =>
  String(
    (Number.parseInt(citizenId.slice(-8), 16) ^ Math.imul(Number(facilityCode), 2_654_435)) >>> 0,
  ).padStart(10, '0');

function categoryOf({ visit, spell }: Papered): string {
  if (spell === null) return '9';
  if (visit.visitType === '07') return '7';
  return visit.facility.code === spell.facility.code ? '1.1' : '1.3';
}

/** The columns that are filled, in one shape: these rows are made by the million, and a copy of it is fast. */
const blank: VisitRow = {
  citizenId: '',
  visitId: '',
  compartments: [],
  sheetNumber: 0,
  encounterCode: '',
  patientCode: '',
  recordNumber: null,
  facilityCode: '',
  departmentCode: null,
  visitTypeCode: '',
  patientCategoryCode: null,
  admittedOn: '',
  admittedAt: new Date(0),
  inpatientFrom: null,
  inpatientReason: null,
  inpatientReasonCode: null,
  treatmentMethod: null,
  treatmentDays: null,
  reason: null,
  admissionDiagnosis: null,
  dischargeDiagnosis: null,
  mainDiagnosisCode: '',
  accidentCode: null,
  newbornWeightsGrams: null,
  reExaminationOn: null,
  headPractitionerCode: null,
  dischargedAt: null,
  settledAt: null,
  settlementMonth: null,
  outcomeCode: null,
  dischargeTypeCode: null,
  referredToCode: null,
  medicines: 0,
  supplies: 0,
  hospitalTotal: 0,
  insuredTotal: 0,
  insurerPays: 0,
  coPay: 0,
  patientPays: 0,
  otherSources: 0,
  reviewedInsurerPays: 0,
  asOf: new Date(0),
  integrationStatus: '',
};

function fillPlace(row: VisitRow, papered: Papered): void {
  const { visit, key, random, admittedOn } = papered;
  const { code: facilityCode } = visit.facility;
  row.citizenId = key.citizenId;
  row.visitId = key.visitId;
  row.compartments = key.compartments;
  row.encounterCode = `${facilityCode}${admittedOn.slice(0, 4)}${admittedOn.slice(5, 7)}${random.digits(7)}`;
  row.patientCode = patientCodeOf(key.citizenId, facilityCode);
  row.facilityCode = facilityCode;
  row.departmentCode = visit.department.code;
  row.visitTypeCode = visit.visitType;
  row.patientCategoryCode = categoryOf(papered);
  row.headPractitionerCode = papered.headPractitionerCode;
}

function fillArrival(row: VisitRow, papered: Papered): void {
  const { visit, random, admittedOn, admittedAt, regimen } = papered;
  const { code, name } = visit.mainDiagnosis;
  row.admittedOn = admittedOn;
  row.admittedAt = admittedAt;
  row.reason = regimen.reason;
  row.admissionDiagnosis = name;
  row.mainDiagnosisCode = code;
  row.reExaminationOn = papered.reExaminationOn;
  if (/^[ST]/.test(code)) row.accidentCode = random.pick(['1', '2', '8']);
  if (/^O8[0-4]/.test(code)) row.newbornWeightsGrams = [random.int(2500, 3900)];
}

/** A stay in a bed adds these. */
function fillStay(row: VisitRow, { isInpatient, admittedAt, admittedOn, regimen, key }: Papered): void {
  if (!isInpatient) return;
  row.recordNumber = `${admittedOn.slice(2, 4)}.${key.visitId.slice(-6)}`;
  row.inpatientFrom = admittedAt;
  row.inpatientReason = regimen.reason;
  row.inpatientReasonCode = '1';
  row.treatmentMethod = 'Điều trị nội khoa theo phác đồ';
}

function dischargeTypeOf({ visit, referredToCode }: Papered): string {
  if (referredToCode !== null) return '2';
  return visit.outcome === 6 ? '4' : '1';
}

/** How the visit ended; nothing of it while it lasts. */
function fillEnd(row: VisitRow, papered: Papered): void {
  const { visit, dischargedOn, referredToCode, days } = papered;
  if (visit.dischargedAt === null) return;
  row.dischargedAt = new Date(visit.dischargedAt);
  row.settledAt = row.dischargedAt;
  row.settlementMonth = dischargedOn?.slice(0, 7) ?? null;
  row.treatmentDays = days;
  row.dischargeDiagnosis = visit.mainDiagnosis.name;
  row.outcomeCode = visit.outcome;
  row.dischargeTypeCode = dischargeTypeOf(papered);
  row.referredToCode = referredToCode;
}

function fillCosts(row: VisitRow, { drugs, services }: Totals, benefitRate: number): void {
  const hospitalTotal = drugs + services;
  const share = shareOf(hospitalTotal, benefitRate);
  row.medicines = drugs;
  row.hospitalTotal = hospitalTotal;
  row.insuredTotal = share.insuredAmount;
  row.insurerPays = share.insurerPays;
  row.coPay = share.coPay;
  row.patientPays = share.patientPays;
  row.reviewedInsurerPays = share.insurerPays;
}

/** The row of a visit (XML1). */
export function rowOf(
  papered: Papered,
  totals: Totals,
  sheetNumber: number,
  provenance: ReturnType<typeof provenanceOf>,
): VisitRow {
  const row = { ...blank };
  row.sheetNumber = sheetNumber;
  row.asOf = provenance.asOf;
  row.integrationStatus = provenance.integrationStatus;
  fillPlace(row, papered);
  fillArrival(row, papered);
  fillStay(row, papered);
  fillEnd(row, papered);
  fillCosts(row, totals, papered.benefitRate);
  return row;
}
