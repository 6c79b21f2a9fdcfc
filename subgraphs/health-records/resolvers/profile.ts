import { maskName, sourceOf, visibleTo, type CitizenReference } from '#kit';
import type { FileRow } from '../loaders/index.ts';
import { coded } from './code.ts';
import type { Context } from './context.ts';

const source = sourceOf('health-records');
type List = 'riskFactors' | 'allergies' | 'histories' | 'familyHistories' | 'immunisations' | 'examinations';

const list =
  (name: List) =>
  (file: FileRow, _: unknown, { loaders }: Context) =>
    loaders[name].load({ citizenId: file.citizenId, allowed: file.allowed });

/** The personal health record with what the reader may see of it; `null` when none was opened. */
export async function findProfile({ id }: CitizenReference, _: unknown, { loaders, access }: Context) {
  const [file] = await loaders.files.load(await visibleTo(access, id));
  return file ?? null;
}

function carerOf({ carerRelation, carerName }: FileRow) {
  if (carerRelation === null || carerName === null) return null;
  return { relation: carerRelation, maskedName: maskName(carerName) };
}

interface Measures {
  readonly weightGrams: number | null;
  readonly heightMm: number | null;
}

/** kg/m², one decimal; `null` unless both were measured. */
function bodyMassIndexOf({ weightGrams, heightMm }: Measures): number | null {
  if (weightGrams === null || heightMm === null || heightMm === 0) return null;
  return Math.round((weightGrams * 10_000) / heightMm ** 2) / 10;
}

interface Dose {
  readonly nextDueOn: string | null;
}

const isNextDue = ({ nextDueOn }: Dose, _: unknown, { today }: Context): boolean =>
  nextDueOn !== null && nextDueOn <= today;

const diagnosis = coded('ICD10', 'diagnosisCode');
const facility = coded('FACILITY', 'facilityCode');

export const profileResolvers = {
  HealthProfile: {
    managingFacility: coded('FACILITY', 'managingFacilityCode'),
    mainCarer: carerOf,
    birth: (file: FileRow) => (file.delivery === null ? null : file),
    riskFactors: list('riskFactors'),
    allergies: list('allergies'),
    history: list('histories'),
    familyHistory: list('familyHistories'),
    immunisations: list('immunisations'),
    examinations: list('examinations'),
    source,
  },
  HealthProfileRiskFactor: { source },
  HealthProfileAllergy: { diagnosis, source },
  HealthProfileHistory: { diagnosis, source },
  HealthProfileFamilyHistory: { diagnosis, source },
  HealthProfileImmunisation: { vaccine: coded('VACCINE', 'vaccineCode'), facility, isNextDue, source },
  HealthProfileExamination: { diagnosis, facility, bodyMassIndex: bodyMassIndexOf, source },
};
