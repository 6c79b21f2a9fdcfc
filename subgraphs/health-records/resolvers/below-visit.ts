import { maskName } from '#kit';
import type { VisitRow } from '../loaders/index.ts';
import { coded, codeIn } from './code.ts';
import type { Context } from './context.ts';
import { mainDiagnosisOf, outcomeOf } from './visit.ts';

/** A paper repeats facts of its visit; they are read there. */
interface Paper {
  readonly visit: VisitRow;
}

interface Parents {
  readonly fatherName: string | null;
  readonly motherName: string | null;
  readonly guardianName?: string | null;
}

/** Other people on a paper: who they are, with their names hidden. */
function maskCarers({ fatherName, motherName, guardianName = null }: Parents) {
  const named = [
    ['FATHER', fatherName],
    ['MOTHER', motherName],
    ['GUARDIAN', guardianName],
  ] as const;
  return named.flatMap(([role, name]) => (name === null ? [] : [{ role, maskedName: maskName(name) }]));
}

interface PregnancyEnd {
  readonly pregnancyEndCause: string | null;
  readonly pregnancyEndedAt: Date | null;
  readonly pregnancyWeeks: number | null;
}

function pregnancyEndOf(row: PregnancyEnd) {
  const { pregnancyEndCause: cause, pregnancyEndedAt: endedAt, pregnancyWeeks: weeks } = row;
  return cause === null && endedAt === null && weeks === null ? null : { cause, endedAt, weeks };
}

const admittedAt = ({ visit }: Paper) => visit.admittedAt;
const dischargedAt = ({ visit }: Paper) => visit.dischargedAt;
const mainDiagnosis = ({ visit }: Paper) => mainDiagnosisOf(visit);
const department = coded('DEPARTMENT', 'departmentCode');
const charge = <Row>(row: Row): Row => row;

export const belowVisitResolvers = {
  VisitProcedure: {
    name: ({ code }: { code: string }, _: unknown, { loaders }: Context) =>
      loaders.names.load({ catalogue: 'ICD9CM', code }),
  },
  VisitDrug: { charge, department, supplyingFacility: coded('FACILITY', 'supplyingFacilityCode') },
  VisitService: { charge, department },
  VisitDischarge: { admittedAt, dischargedAt, department, pregnancyEnd: pregnancyEndOf, carers: maskCarers },
  VisitSummary: {
    admittedAt,
    dischargedAt,
    visitType: ({ visit }: Paper) => codeIn('VISIT_TYPE', visit.visitTypeCode),
    admissionDiagnosis: ({ visit }: Paper) => visit.admissionDiagnosis,
    dischargeDiagnosis: ({ visit }: Paper) => visit.dischargeDiagnosis,
    outcome: ({ visit }: Paper) => outcomeOf(visit),
    carers: maskCarers,
  },
  VisitSickLeave: { pregnancyEnd: pregnancyEndOf, carers: maskCarers },
  VisitReferral: {
    escortName: ({ escortName }: { readonly escortName: string | null }) =>
      escortName && maskName(escortName),
    mainDiagnosis,
    referredFrom: coded('FACILITY', 'referredFromCode'),
    referredTo: coded('FACILITY', 'referredToCode'),
    dischargeType: ({ visit }: Paper) => codeIn('DISCHARGE_TYPE', visit.dischargeTypeCode),
    reason: coded('REFERRAL_REASON', 'reasonCode'),
  },
  VisitReExamination: {
    mainDiagnosis,
    isPast: ({ appointedOn }: { appointedOn: string }, _: unknown, { today }: Context) => appointedOn < today,
    patientCategory: ({ visit }: Paper) => codeIn('PATIENT_CATEGORY', visit.patientCategoryCode),
  },
};
