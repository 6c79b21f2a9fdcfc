import {
  facilitiesOf,
  randomOf,
  type HouseholdMember,
  type Person,
  type PopulationPlan,
  type Random,
} from '#db/population';
import { addDays, ageOn, daysBetween, provenanceOf, recordedIdentityOf, type AddRow } from '#kit';
import { healthExaminations, healthFiles } from '../tables/index.ts';
import type { Entries, EntryHead } from './entries.ts';
import { addAllergies, addFamilyHistory, addHistory, addRiskFactors } from './history.ts';
import { addImmunisations } from './immunisations.ts';

/** The ministry's decision on the personal health record (QĐ 831/QĐ-BYT) is of 11/3/2017. */
const recordsBegin = '2017-07-01';

/** Some day after birth and after records began, never after the end. */
function openedOnOf(bornOn: string, end: string, random: Random): string {
  const first = bornOn > recordsBegin ? bornOn : recordsBegin;
  return first >= end ? end : addDays(first, random.int(0, Math.min(900, daysBetween(first, end))));
}

function birthColumns({ bornOn, random }: Entries) {
  if (bornOn < recordsBegin) return {};
  const wasPremature = random.chance(0.06);
  return {
    delivery: random.chance(0.37) ? 'CAESAREAN' : 'NATURAL',
    weightGrams: wasPremature ? random.int(1700, 2500) : random.int(2600, 3900),
    lengthMm: wasPremature ? random.int(420, 470) : random.int(470, 530),
    wasPremature,
    wasAsphyxiated: random.chance(0.01),
  };
}

function carerColumns({ person, age }: Entries) {
  const carer = age < 14 ? (person.mother ?? person.father) : null;
  if (carer === null) return {};
  return { carerRelation: carer.sex === 'FEMALE' ? 'Mẹ' : 'Cha', carerName: carer.fullName.normalize('NFC') };
}

function bloodColumns({ bloodType }: Person) {
  if (bloodType === null) return {};
  return { bloodGroup: bloodType.replace(/[+-]$/, ''), rhesus: /[+-]$/.exec(bloodType)?.[0] ?? null };
}

const stationCodeOf = ({ events }: Person): string | null => {
  const insured = events.find((event) => event.kind === 'INSURED');
  return insured ? (facilitiesOf(insured.facility.provinceCode).at(-1)?.code ?? null) : null;
};

function addFile(
  entries: Entries,
  relationToHead: string,
  provenance: ReturnType<typeof provenanceOf>,
): void {
  const { person, openedOn, random, add } = entries;
  const { fullName, dateOfBirth } = recordedIdentityOf(person, 'healthRecords');
  add(healthFiles, {
    citizenId: person.citizenId,
    profileNumber: `HS${openedOn.slice(2, 4)}${random.digits(9)}`,
    openedOn,
    ...{ fullName, dateOfBirth, relationToHead, managingFacilityCode: stationCodeOf(person) },
    ...bloodColumns(person),
    ...carerColumns(entries),
    ...birthColumns(entries),
    birthCompartments: [],
    ...provenance,
  });
}

function measuresOf(random: Random, age: number) {
  const heightMm = random.int(1480, 1750);
  const bodyMassIndex = random.int(185, 285) / 10;
  return {
    pulsePerMinute: random.int(60, 92),
    temperatureTenths: random.int(362, 371),
    systolicMmHg: random.int(105, age > 50 ? 155 : 130),
    diastolicMmHg: random.int(62, 88),
    breathsPerMinute: random.int(15, 20),
    heightMm,
    weightGrams: Math.round((bodyMassIndex * heightMm ** 2) / 1000),
    waistMm: random.int(650, 950),
  };
}

/** Check-ups of adults; mental and obstetric findings are left to specialists, so no label is needed. */
function addExamination({ add, head, random, age, openedOn, end, person }: Entries): void {
  if (age < 18 || !random.chance(age > 60 ? 0.4 : 0.12)) return;
  const examinedOn = addDays(openedOn, random.int(0, daysBetween(openedOn, end)));
  if (ageOn(person.bornOn, examinedOn) < 18) return;
  add(healthExaminations, {
    ...head(1, []),
    examinedOn,
    facilityCode: stationCodeOf(person),
    ...measuresOf(random, age),
    ...{ rightEye: '10/10', leftEye: '9/10', cardiovascular: 'Nhịp tim đều', respiratory: 'Phổi trong' },
    advice: 'Ăn giảm muối, tập thể dục hằng ngày',
    practitionerCode: `${random.digits(6)}/BYT-CCHN`,
  });
}

/** The personal health record of a person and its entries. */
export function addProfile(
  { person, relationToHead }: HouseholdMember,
  plan: PopulationPlan,
  add: AddRow,
): void {
  const { citizenId, bornOn } = person;
  const random = randomOf(plan.seed, citizenId, 'health-profile');
  const provenance = provenanceOf(person, 'healthRecords', plan);
  const end = person.diedOn ?? plan.asOf;
  const head = (entryNumber: number, compartments: string[]): EntryHead => ({
    ...{ citizenId, entryNumber, compartments },
    ...provenance,
  });
  const openedOn = openedOnOf(bornOn, end, random);
  const entries: Entries = { person, bornOn, end, age: ageOn(bornOn, end), openedOn, random, add, head };
  addFile(entries, relationToHead, provenance);
  addRiskFactors(entries);
  addAllergies(entries);
  addHistory(entries);
  addFamilyHistory(entries);
  addImmunisations(entries);
  addExamination(entries);
}
