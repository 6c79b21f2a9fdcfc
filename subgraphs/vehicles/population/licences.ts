import { randomOf } from '#db/population';
import type { Household, LifeEvent, Person, PopulationPlan } from '#db/population';
import { provenanceOf, recordedIdentityOf, recordIdOf, type AddRow } from '#kit';
import { addressOn, licenceAuthorityOf } from '../authority.ts';
import { drivingLicenceClasses, drivingLicences, pointEvents } from '../tables.ts';

type Licensed = Extract<LifeEvent, { kind: 'LICENSED' }>;
type Deducted = Extract<LifeEvent, { kind: 'POINTS_DEDUCTED' }>;

const plasticSince = '2012-07-01';
const electronicShare = 0.1;

const licenceIdOf = (person: Person, number: string): string =>
  recordIdOf(person.citizenId, 'licence', number);

function groupByNumber(events: readonly Licensed[]): ReadonlyMap<string, readonly Licensed[]> {
  const groups = new Map<string, Licensed[]>();
  for (const event of events) groups.set(event.number, [...(groups.get(event.number) ?? []), event]);
  return groups;
}

function cardMaterialOf(person: Person, issuedOn: string, plan: PopulationPlan): string {
  if (issuedOn < plasticSince) return 'PAPER';
  const isRecent = issuedOn >= '2025-03-01' && person.account?.level === 2;
  const random = randomOf(plan.seed, 'card-material', person.citizenId);
  return isRecent && random.chance(electronicShare) ? 'ELECTRONIC' : 'PET';
}

/** The terms of the classes tell `VALID` from `EXPIRED` on any day; only what stands above them is kept. */
function restraintOf(classes: readonly Licensed[]): string | null {
  return classes.find(({ status }) => status !== 'VALID' && status !== 'EXPIRED')?.status ?? null;
}

const latestOf = (classes: readonly Licensed[]): string =>
  classes.reduce((latest, { passedOn }) => (passedOn > latest ? passedOn : latest), '');

function licenceRowOf(
  person: Person,
  household: Household,
  classes: readonly Licensed[],
  plan: PopulationPlan,
) {
  const issuedOn = latestOf(classes);
  const { fullName, dateOfBirth } = recordedIdentityOf(person, 'drivingLicences');
  return {
    holderName: fullName,
    holderDateOfBirth: dateOfBirth,
    issuedOn,
    issuingAuthority: licenceAuthorityOf(addressOn(person, household, issuedOn), issuedOn),
    cardMaterial: cardMaterialOf(person, issuedOn, plan),
    restraint: restraintOf(classes),
    ...provenanceOf(person, 'drivingLicences', plan),
  };
}

function addPoints(person: Person, event: Deducted, add: AddRow): void {
  const { licenceNumber, on, points, decisionNo, violationCode } = event;
  const { citizenId } = person;
  const recordId = licenceIdOf(person, licenceNumber);
  const eventId = recordIdOf(citizenId, 'points', decisionNo, violationCode, on);
  const deduction = { points, effectiveOn: on, decisionNo, violationCode };
  add(pointEvents, { citizenId, recordId, eventId, kind: 'DEDUCTION', ...deduction });
}

/** The licences of one person, their classes and what was deducted. */
export function addLicences(
  person: Person,
  household: Household,
  events: { readonly licensed: readonly Licensed[]; readonly deducted: readonly Deducted[] },
  plan: PopulationPlan,
  add: AddRow,
): void {
  const { citizenId } = person;
  const licences = groupByNumber(events.licensed);
  for (const [number, classes] of licences) {
    const recordId = licenceIdOf(person, number);
    add(drivingLicences, { citizenId, recordId, number, ...licenceRowOf(person, household, classes, plan) });
    for (const { scheme, classCode: code, passedOn, expiresOn, conditions } of classes) {
      add(drivingLicenceClasses, { citizenId, recordId, scheme, code, passedOn, expiresOn, conditions });
    }
  }
  for (const event of events.deducted) if (licences.has(event.licenceNumber)) addPoints(person, event, add);
}
