import { facilities as allFacilities, fullNameOf, type Person, type PopulationPlan } from '#db/population';
import {
  insuranceNumberOf,
  provenanceOf,
  recordedIdentityOf,
  type AddRow,
  type AgencyPopulation,
} from '#kit';
import { baseSalaryRows, benefitLevelRows, objectRows, resultCodeRows } from '../catalogue.ts';
import {
  baseSalaries,
  benefitLevels,
  cards,
  coPayments,
  facilities,
  files,
  objects,
  referenceTables,
  resultCodes,
} from '../tables.ts';
import { cardsOf } from './cards.ts';
import { coPaymentsOf } from './co-payments.ts';

function careLevelOf(name: string): string | null {
  if (/^(Trạm Y tế|Phòng khám)/u.test(name)) return 'INITIAL';
  if (name.startsWith('Trung tâm Kiểm soát')) return null;
  return /^Bệnh viện Đa khoa (?!khu vực)/u.test(name) ? 'SPECIALISED' : 'BASIC';
}

function addReferenceRows(_: PopulationPlan, add: AddRow): void {
  for (const row of objectRows) add(objects, row);
  for (const row of benefitLevelRows) add(benefitLevels, row);
  for (const row of resultCodeRows) add(resultCodes, row);
  for (const row of baseSalaryRows) add(baseSalaries, row);
  for (const { code, name, provinceCode } of allFacilities())
    add(facilities, { code, name, provinceCode, careLevel: careLevelOf(name) });
}

/** Result code of the comparison with the population database, `null` when both agree. */
function identityCheckOf(person: Person, recorded: { fullName: string; dateOfBirth: string }): string | null {
  const fullName = fullNameOf(person.name).normalize('NFC');
  if (recorded.fullName !== fullName) return recorded.fullName[0] === fullName[0] ? '061' : '060';
  return recorded.dateOfBirth === person.dateOfBirth ? null : '070';
}

function addPerson(person: Person, plan: PopulationPlan, add: AddRow): void {
  const { citizenId, events } = person;
  const spells = events.filter((event) => event.kind === 'INSURED');
  if (spells.length === 0) return;
  const recorded = recordedIdentityOf(person, 'healthInsurance');
  const insuranceNumber = insuranceNumberOf(recorded.personalId);
  const file = { citizenId, insuranceNumber, ...recorded, identityCheck: identityCheckOf(person, recorded) };
  add(files, file);
  const provenance = provenanceOf(person, 'healthInsurance', plan);
  const holder = { file, provenance, isAlive: person.diedOn === null };
  const held = cardsOf(spells, holder, plan.asOf);
  for (const row of held) add(cards, row);
  const visits = events.filter((event) => event.kind === 'VISITED');
  for (const row of coPaymentsOf(visits, held, plan)) add(coPayments, row);
}

export const population: AgencyPopulation = {
  tables: [...referenceTables, files, cards, coPayments],
  addReferenceRows,
  addRows: ({ members }, plan, add) => {
    for (const { person } of members) addPerson(person, plan, add);
  },
};
