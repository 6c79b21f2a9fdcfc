import {
  households,
  refOf,
  type Household,
  type LifeEvent,
  type Person,
  type PersonRef,
} from '#db/population';
import { testAsOf } from '../../support/agency-under-test.ts';

type EventOf<Kind extends LifeEvent['kind']> = Extract<LifeEvent, { kind: Kind }>;

const homes = [...households({ seed: 12, citizens: 60, asOf: testAsOf })].filter(({ members }) =>
  members.every(({ person }) => person.persona === null),
);

/** A different ordinary home for each number, with one person in it who lived exactly this. */
export function homeOf(number: number, events: readonly LifeEvent[], facts: Partial<Person> = {}): Household {
  const home = homes[number];
  const head = home?.members[0];
  if (!home || !head) throw new RangeError('There are fewer homes.');
  const person = { ...head.person, diedOn: null, integration: {}, recordedAs: {}, ...facts, events };
  return { ...home, members: [{ ...head, person }] };
}

export function personOf({ members }: Household): Person {
  const [member] = members;
  if (!member) throw new RangeError('Nobody lives here.');
  return member.person;
}

/** Somebody who owned a vehicle before. */
export const previousOwner = (): PersonRef => ({
  ...refOf(personOf(homeOf(9, []))),
  fullName: 'Trần Thị Bích',
});

/** A class: the old B2, unless told otherwise. */
export function licensed(facts: Partial<EventOf<'LICENSED'>> = {}): EventOf<'LICENSED'> {
  const held = { scheme: 'LAW_2008', number: '990200000001', classCode: 'B2', status: 'VALID' } as const;
  const days = { passedOn: '2020-05-20', expiresOn: '2030-05-20' };
  return { kind: 'LICENSED', ...held, ...days, conditions: null, ...facts };
}

export function deducted(
  on: string,
  points: number,
  licenceNumber = '990200000001',
): EventOf<'POINTS_DEDUCTED'> {
  const decision = { violationCode: '168/6.9.b', decisionNo: `${on.slice(2, 4)}${on.slice(5, 7)}/QĐ-XPHC` };
  return { kind: 'POINTS_DEDUCTED', licenceNumber, points, on, ...decision };
}

/** A registration: a new private car, unless told otherwise. */
export function registered(
  plateNumber: string,
  on: string,
  facts: Partial<EventOf<'VEHICLE_REGISTERED'>> = {},
): EventOf<'VEHICLE_REGISTERED'> {
  const chassisNo = `RL4BU${plateNumber.replace(/\W/g, '').slice(-7).padStart(7, 'A')}${on.replaceAll('-', '').slice(3)}`;
  const engine = { engineNo: 'TO1234567', chassisNo, engineCapacityCc: 1496, powerKw: 79, payloadKg: null };
  const look = { brand: 'TOYOTA', model: 'VIOS', paintColour: 'Trắng', seats: 5, cleanEnergy: false };
  const vehicle = {
    type: 'CAR',
    plateColour: 'WHITE_BLACK',
    yearOfManufacture: 2019,
    ...engine,
    ...look,
  } as const;
  const state = { disposedOn: null, disposal: null, status: 'ACTIVE', previousOwner: null } as const;
  return { kind: 'VEHICLE_REGISTERED', vehicle, plateNumber, on, ...state, ...facts };
}
