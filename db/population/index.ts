export type * from './person.ts';
export { vietnamDay } from './calendar.ts';
export { refOf } from './draft.ts';
export { householdCount, households } from './households.ts';
export { fullNameOf } from './names.ts';
export { personaHouseholds, personas, type Persona } from './personas/index.ts';
export { randomOf, type Random } from './random.ts';
export { mapUnit, units } from './units/units.ts';
export { readPopulationMark, writePopulationMark } from './mark.ts';
export {
  registeredClients,
  type PurposeNotice,
  type RegisteredClient,
  type RegisteredPurpose,
} from './catalogues/clients.ts';
export { DEPARTMENTS, departmentFor } from './catalogues/departments.ts';
export {
  compartmentsOf,
  DIAGNOSES,
  diagnosesFor,
  diagnosisOf,
  drawDiagnosis,
  suits,
  type Diagnosis,
} from './catalogues/diagnoses.ts';
export { employers, employersOf, type Employer } from './catalogues/employers.ts';
export { facilities, facilitiesOf } from './catalogues/facilities.ts';
