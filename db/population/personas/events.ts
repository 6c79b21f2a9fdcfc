import { addMonths, addYears, dayText, monthText, parseDay, type DayNumber } from '../calendar.ts';
import { diagnosisOf } from '../catalogues/diagnoses.ts';
import { employersOf } from '../catalogues/employers.ts';
import { chanceOf, refOfDraft, type Draft } from '../draft.ts';
import { registeredFacility, type Insured } from '../life/insurance.ts';
import { CLASSES, licenceNumber, licenceOf, type LicenceClass } from '../life/licences.ts';
import { drawVehicle } from '../life/vehicles.ts';
import { tellVisit } from '../life/visits.ts';
import type { LifeEvent, Vehicle, Visit } from '../person.ts';

type Registered = Extract<LifeEvent, { kind: 'VEHICLE_REGISTERED' }>;
type Licensed = Extract<LifeEvent, { kind: 'LICENSED' }>;
type Represented = Extract<LifeEvent, { kind: 'REPRESENTED' }>;
type Deducted = Extract<LifeEvent, { kind: 'POINTS_DEDUCTED' }>;

/** A vehicle and its plate, registered some days before the date of the population. */
export function vehicle(
  draft: Draft,
  type: Vehicle['type'],
  daysAgo: number,
  plateNumber: string,
  more: Partial<Omit<Registered, 'kind'>> = {},
): Registered {
  const on = draft.end - daysAgo;
  const made = drawVehicle(
    chanceOf(draft, plateNumber),
    type,
    on,
    type === 'TRUCK' ? 'YELLOW_BLACK' : 'WHITE_BLACK',
  );
  return {
    kind: 'VEHICLE_REGISTERED',
    vehicle: made,
    plateNumber,
    on: dayText(on),
    disposedOn: null,
    disposal: null,
    status: 'ACTIVE',
    previousOwner: null,
    ...more,
  };
}

/** A licence of one class, passed on a day. @param last tells the person's licences apart */
export function licence(
  draft: Draft,
  what: keyof typeof CLASSES,
  passedOn: string | DayNumber,
  last = 1,
): Licensed {
  const passed = typeof passedOn === 'number' ? passedOn : parseDay(passedOn);
  const found: LicenceClass = CLASSES[what];
  return licenceOf(draft, found, passed, licenceNumber(draft, passed, last));
}

/** Points taken from a licence some days before the date of the population. */
export const deduction = (draft: Draft, held: Licensed, points: number, daysAgo: number): Deducted => ({
  kind: 'POINTS_DEDUCTED',
  licenceNumber: held.number,
  points,
  on: dayText(draft.end - daysAgo),
  violationCode: '168/6.9.b',
  decisionNo: `${1000 + daysAgo}/QĐ-XPHC`,
});

/** A spell of health insurance; `from` and `to` in days from the date of the population. */
export function cover(
  draft: Draft,
  objectCode: string,
  from: number,
  to: number,
  status: Insured['status'] = 'ACTIVE',
): Insured {
  return {
    kind: 'INSURED',
    objectCode,
    from: dayText(Math.max(draft.end + from, draft.born)),
    to: dayText(draft.end + to),
    facility: registeredFacility(draft),
    status,
    livingArea: null,
  };
}

/** Visits with these diagnoses, `[days ago, ICD-10 code]`, paid by whatever insurance covers them. */
export function visits(
  draft: Draft,
  told: readonly LifeEvent[],
  list: readonly (readonly [number, string])[],
): Visit[] {
  const random = chanceOf(draft, 'told visits');
  const spells = told.filter((event) => event.kind === 'INSURED');
  return list.map(([daysAgo, code]) =>
    tellVisit(draft, random, draft.end - daysAgo, diagnosisOf(code), spells),
  );
}

/** Somebody represents the person of the story. */
export const representedBy = (
  guardian: Draft,
  more: Omit<Represented, 'kind' | 'guardian' | 'registeredBy'> & { registeredBy?: string },
): Represented => ({
  kind: 'REPRESENTED',
  guardian: refOfDraft(guardian),
  registeredBy: `UBND ${guardian.dwelling.unit.ward.name}`,
  ...more,
});

/** The day somebody of this age in years, and some days older, was born. */
export const bornAgo = (today: DayNumber, years: number, days = 0): DayNumber =>
  addYears(today, -years) - days;

type Employed = Extract<LifeEvent, { kind: 'EMPLOYED' }>;

/** Work in a company of the person's own province; `from` and `to` in months before the date of the population. */
export function employed(
  draft: Draft,
  from: number,
  to: number | null,
  more: Partial<Omit<Employed, 'kind'>> = {},
): Employed {
  const { companies } = employersOf(draft.dwelling.unit.province.code);
  return {
    kind: 'EMPLOYED',
    from: monthText(addMonths(draft.end, -from)),
    to: to === null ? null : monthText(addMonths(draft.end, -to)),
    employer: companies[from % companies.length]!,
    jobTitle: 'Kỹ sư',
    hazardous: false,
    salaryBase: 6_000_000 + Math.max(120 - from, 0) * 60_000,
    payment: 'PAID',
    ...more,
  };
}
