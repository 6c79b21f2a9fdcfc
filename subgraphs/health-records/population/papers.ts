import type { LifeEvent, Person } from '#db/population';
import { addDays, ageOn, insuranceNumberOf, recordedIdentityOf } from '#kit';
import {
  visitDischarges,
  visitProgressNotes,
  visitReExaminations,
  visitReferrals,
  visitSickLeaves,
  visitSummaries,
} from '../tables/index.ts';
import { cardCodeOf, type Insured } from './coverage.ts';
import type { Stay } from './items.ts';

type Employed = Extract<LifeEvent, { kind: 'EMPLOYED' }>;

/** A stay with the person and the days it lasted. */
export interface Papered extends Stay {
  readonly person: Person;
  readonly spell: Insured | null;
  readonly admittedAt: Date;
  readonly admittedOn: string;
  /** `null` while the visit lasts. */
  readonly dischargedOn: string | null;
  /** Facility the patient is sent on to; `null` for most. */
  readonly referredToCode: string | null;
  /** `null` when no appointment was made. */
  readonly reExaminationOn: string | null;
  readonly headPractitionerCode: string;
}

const treatment = 'Điều trị nội khoa theo phác đồ';
const isMinorOn = (person: Person, day: string): boolean => ageOn(person.bornOn, day) < 16;

function parentsOf({ person, admittedOn }: Papered) {
  const isNamed = isMinorOn(person, admittedOn);
  return {
    fatherName: (isNamed && person.father?.fullName) || null,
    motherName: (isNamed && person.mother?.fullName) || null,
  };
}

/** Pregnancies that ended early, ICD-10 O00 to O08. */
function pregnancyEndOf({ visit, orderedAt, random }: Papered) {
  const { code, name } = visit.mainDiagnosis;
  if (!/^O0[0-8]/.test(code)) return {};
  return { pregnancyEndCause: name, pregnancyEndedAt: orderedAt, pregnancyWeeks: random.int(5, 12) };
}

function addProgress({ add, key, visit, orderedAt, practitionerCode }: Papered): void {
  const progress = 'Người bệnh tỉnh, tiếp xúc tốt, các dấu hiệu sinh tồn ổn định';
  const stage = visit.outcome <= 2 ? 'Hồi phục' : 'Toàn phát';
  add(visitProgressNotes, {
    ...key,
    sequence: 1,
    progress,
    stage,
    notedAt: orderedAt,
    performerCode: practitionerCode,
  });
}

function addDischarge(papered: Papered, issuedOn: string): void {
  const { add, key, visit, practitionerCode, headPractitionerCode, random } = papered;
  add(visitDischarges, {
    ...key,
    ...parentsOf(papered),
    ...pregnancyEndOf(papered),
    archiveNumber: `${issuedOn.slice(2, 4)}/${random.digits(6)}`,
    departmentCode: visit.department.code,
    diagnosis: visit.mainDiagnosis.name,
    treatmentMethod: treatment,
    note: 'Uống thuốc theo đơn, khám lại khi có bất thường',
    headPractitionerCode,
    practitionerCode,
    issuedOn,
  });
}

function addSummary(papered: Papered, issuedOn: string): void {
  const { add, key, regimen, headPractitionerCode } = papered;
  add(visitSummaries, {
    ...key,
    ...parentsOf(papered),
    course: `Bệnh khởi phát với: ${regimen.reason.toLowerCase()}`,
    results: 'Các kết quả cận lâm sàng kèm theo hồ sơ',
    treatmentMethod: treatment,
    headPractitionerCode,
    issuedOn,
  });
}

const employmentOn = ({ events }: Person, day: string): Employed | undefined =>
  events.findLast((event): event is Employed => {
    const month = day.slice(0, 7);
    return (
      event.kind === 'EMPLOYED' &&
      event.employer !== null &&
      event.from <= month &&
      (event.to ?? month) >= month
    );
  });

function addSickLeave(papered: Papered): void {
  const { person, admittedOn, dischargedOn, isInpatient, random, visit, spell } = papered;
  if (!isInpatient && !(/^[JAMS]/.test(visit.mainDiagnosis.code) && random.chance(0.15))) return;
  const job = employmentOn(person, admittedOn);
  if (!job?.employer || dischargedOn === null) return;
  const { personalId } = recordedIdentityOf(person, 'healthRecords');
  const insuranceNumber = insuranceNumberOf(personalId);
  const days = random.int(1, 3);
  papered.add(visitSickLeaves, {
    ...papered.key,
    ...pregnancyEndOf(papered),
    number: `${visit.facility.code}.${random.digits(6)}`,
    serial: random.digits(8),
    employer: job.employer.name,
    insuranceNumber,
    cardCode: spell && cardCodeOf(spell, personalId, insuranceNumber),
    diagnosis: visit.mainDiagnosis.name,
    treatmentMethod: treatment,
    days,
    from: dischargedOn,
    to: addDays(dischargedOn, days - 1),
    headPractitionerCode: papered.headPractitionerCode,
    practitionerCode: papered.practitionerCode,
    issuedOn: dischargedOn,
    form: 'CT07',
  });
}

function addReferral(papered: Papered): void {
  const { add, key, visit, regimen, random, referredToCode } = papered;
  if (referredToCode === null) return;
  add(visitReferrals, {
    ...key,
    number: `${visit.facility.code}/${random.digits(5)}/GCT`,
    referredFromCode: visit.facility.code,
    referredToCode,
    reasonCode: '1',
    signs: regimen.reason,
    diagnosis: visit.mainDiagnosis.name,
    course: `Bệnh khởi phát với: ${regimen.reason.toLowerCase()}`,
    treatmentMethod: treatment,
    plan: 'Chuyển tuyến trên điều trị tiếp',
    transport: 'Tự túc',
    practitionerCode: papered.practitionerCode,
    headPractitionerCode: papered.headPractitionerCode,
  });
}

function addReExamination(papered: Papered): void {
  const { reExaminationOn: appointedOn, visit, random } = papered;
  if (appointedOn === null || !random.chance(0.4)) return;
  papered.add(visitReExaminations, {
    ...papered.key,
    number: `${visit.facility.code}/${random.digits(6)}/GHKL`,
    appointedOn,
    diagnosis: visit.mainDiagnosis.name,
    practitionerCode: papered.practitionerCode,
    headPractitionerCode: papered.headPractitionerCode,
    issuedOn: papered.dischargedOn ?? papered.admittedOn,
  });
}

/** The papers of a visit: of a stay in bed notes, discharge paper and, when asked for, summary; of any visit leave, referral, appointment. */
export function addPapers(papered: Papered): void {
  if (papered.isInpatient) addProgress(papered);
  if (papered.isInpatient && papered.dischargedOn !== null) {
    addDischarge(papered, papered.dischargedOn);
    if (papered.random.chance(0.5)) addSummary(papered, papered.dischargedOn);
  }
  addSickLeave(papered);
  addReferral(papered);
  addReExamination(papered);
}
