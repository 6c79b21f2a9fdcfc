import type { LifeEvent, Person } from '#db/population';
import type { AgencyPopulation } from '#kit';
import { licenceClassRows } from '../catalogue.ts';
import { addLicences } from './licences.ts';
import { addVehicles } from './vehicles.ts';
import {
  drivingLicenceClasses,
  drivingLicences,
  identificationPlates,
  licenceClasses,
  pointEvents,
  vehicleRegistrations,
} from '../tables.ts';

type EventOf<Kind extends LifeEvent['kind']> = Extract<LifeEvent, { kind: Kind }>;

/** One pass over a life, which may be long. */
function sortEvents(person: Person) {
  const licensed: EventOf<'LICENSED'>[] = [];
  const deducted: EventOf<'POINTS_DEDUCTED'>[] = [];
  const registered: EventOf<'VEHICLE_REGISTERED'>[] = [];
  for (const event of person.events) {
    if (event.kind === 'LICENSED') licensed.push(event);
    else if (event.kind === 'POINTS_DEDUCTED') deducted.push(event);
    else if (event.kind === 'VEHICLE_REGISTERED') registered.push(event);
  }
  return { licensed, deducted, registered };
}

export const population: AgencyPopulation = {
  tables: [
    licenceClasses,
    drivingLicences,
    drivingLicenceClasses,
    pointEvents,
    vehicleRegistrations,
    identificationPlates,
  ],
  addReferenceRows: (_, add) => {
    for (const row of licenceClassRows) add(licenceClasses, row);
  },
  addRows: (household, plan, add) => {
    for (const { person } of household.members) {
      const events = sortEvents(person);
      if (events.licensed.length > 0) addLicences(person, household, events, plan, add);
      if (events.registered.length > 0) addVehicles(person, household, events.registered, plan, add);
    }
  },
};
