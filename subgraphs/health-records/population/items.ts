import type { Random, Visit } from '#db/population';
import type { AddRow } from '#kit';
import {
  visitDiagnoses,
  visitDrugs,
  visitLabResults,
  visitProcedures,
  visitServices,
} from '../tables/index.ts';
import type { Prescribed } from './drugs.ts';
import type { Regimen, Test } from './regimens.ts';
import { services, type Priced } from './services.ts';

/** What everything below one visit has in common. */
export interface Stay {
  readonly visit: Visit;
  readonly regimen: Regimen;
  /** Citizen, visit and the visit's compartments. */
  readonly key: { readonly citizenId: string; readonly visitId: string; readonly compartments: string[] };
  readonly isInpatient: boolean;
  readonly days: number;
  /** Percent that insurance pays; 0 when it pays nothing. */
  readonly benefitRate: number;
  readonly orderedAt: Date;
  readonly practitionerCode: string;
  readonly random: Random;
  readonly add: AddRow;
}

/** Amounts of some items together, đồng. */
export interface Totals {
  readonly drugs: number;
  readonly services: number;
}

/** Who pays an amount at a benefit rate in percent: whole đồng, nothing lost. */
export function shareOf(amount: number, benefitRate: number) {
  if (benefitRate === 0) return { insuredAmount: 0, insurerPays: 0, coPay: 0, patientPays: amount };
  const insurerPays = Math.round((amount * benefitRate) / 100);
  return { insuredAmount: amount, insurerPays, coPay: amount - insurerPays, patientPays: 0 };
}

function daysSupplied({ isInpatient, days, visit }: Stay): number {
  if (isInpatient) return days;
  return visit.visitType === '05' ? 28 : 5;
}

// Rows of items are most of the load: a plain literal is made several times faster than one with a spread.
function addDrug(stay: Stay, drug: Prescribed, sequence: number): number {
  const { key, visit, benefitRate } = stay;
  const quantity = Math.ceil(drug.perDay * daysSupplied(stay));
  const hospitalAmount = Math.round(drug.price * quantity);
  const share = shareOf(hospitalAmount, benefitRate);
  stay.add(visitDrugs, {
    citizenId: key.citizenId,
    visitId: key.visitId,
    compartments: key.compartments,
    sequence,
    code: drug.code,
    dosage: drug.dosage,
    scope: '1',
    paymentRate: 100,
    quantity,
    unitPrice: drug.price,
    hospitalAmount,
    insuredAmount: share.insuredAmount,
    benefitRate,
    insurerPays: share.insurerPays,
    coPay: share.coPay,
    patientPays: share.patientPays,
    departmentCode: visit.department.code,
    practitionerCode: stay.practitionerCode,
    orderedAt: stay.orderedAt,
    paymentMethodCode: '1',
  });
  return hospitalAmount;
}

function addService(stay: Stay, service: Priced, sequence: number, quantity = 1): number {
  const { key, visit, benefitRate } = stay;
  const hospitalAmount = Math.round(service.price * quantity);
  const share = shareOf(hospitalAmount, benefitRate);
  stay.add(visitServices, {
    citizenId: key.citizenId,
    visitId: key.visitId,
    compartments: key.compartments,
    sequence,
    code: service.code,
    scope: '1',
    quantity,
    serviceRate: 100,
    paymentRate: 100,
    unitPrice: service.price,
    insuredUnitPrice: benefitRate === 0 ? null : service.price,
    hospitalAmount,
    insuredAmount: share.insuredAmount,
    benefitRate,
    insurerPays: share.insurerPays,
    coPay: share.coPay,
    patientPays: share.patientPays,
    departmentCode: visit.department.code,
    practitionerCode: stay.practitionerCode,
    diagnosisCode: visit.mainDiagnosis.code,
    orderedAt: stay.orderedAt,
    paymentMethodCode: '1',
  });
  return hospitalAmount;
}

const decimal = (tenths: number): string =>
  tenths % 10 === 0 ? String(tenths / 10) : `${Math.floor(tenths / 10)},${tenths % 10}`;

function addResult(stay: Stay, { gives, service, indicatorCode }: Test, sequence: number): void {
  stay.add(visitLabResults, {
    ...stay.key,
    sequence,
    serviceCode: service.code,
    indicatorCode,
    value: typeof gives === 'string' ? null : decimal(stay.random.int(gives[0], gives[1])),
    conclusion: typeof gives === 'string' ? gives : null,
    resultAt: stay.orderedAt,
    readerCode: stay.practitionerCode,
  });
}

function addDiagnoses({ visit, key, add }: Stay): void {
  visit.otherDiagnoses.forEach(({ code }, index) => {
    add(visitDiagnoses, { ...key, sequence: index + 1, kind: 'ACCOMPANYING', code });
  });
  const isTraditional =
    visit.facility.name.includes('Y học cổ truyền') && visit.mainDiagnosis.code.startsWith('M');
  const sequence = visit.otherDiagnoses.length + 1;
  if (isTraditional) add(visitDiagnoses, { ...key, sequence, kind: 'TRADITIONAL', code: 'U62.392' });
}

const bedDay = services.find(({ unit }) => unit === 'Ngày')!;

/** Drugs fetched by appointment come without an examination. */
const fetchesDrugs = (stay: Stay): boolean => stay.visit.visitType === '07';

function addDrugs(stay: Stay): number {
  const { drugs } = stay.regimen;
  const count = Math.min(drugs.length, stay.isInpatient || stay.random.chance(0.25) ? 2 : 1);
  const first = drugs.length > count ? stay.random.int(0, drugs.length - count) : 0;
  let amount = 0;
  for (let index = 0; index < count; index += 1) amount += addDrug(stay, drugs[first + index]!, index + 1);
  return amount;
}

function addServices(stay: Stay): number {
  const { regimen, random } = stay;
  let sequence = 0;
  let amount = 0;
  const write = (service: Priced, quantity?: number): void => {
    amount += addService(stay, service, (sequence += 1), quantity);
  };
  write(regimen.examination);
  if (stay.isInpatient) write(bedDay, stay.days);
  const isTested = stay.isInpatient || random.chance(0.22);
  const chosen = isTested && regimen.tests.length > 0 ? [random.pick(regimen.tests)] : [];
  chosen.forEach((test, index) => {
    write(test.service);
    addResult(stay, test, index + 1);
  });
  return amount;
}

/** Rows of diagnoses, procedures, drugs, services and results; answers what they cost. */
export function addItems(stay: Stay): Totals {
  addDiagnoses(stay);
  const { procedureCode: code } = stay.regimen;
  if (stay.isInpatient && code !== null)
    stay.add(visitProcedures, { ...stay.key, sequence: 1, code, performedAt: stay.orderedAt });
  return { drugs: addDrugs(stay), services: fetchesDrugs(stay) ? 0 : addServices(stay) };
}
