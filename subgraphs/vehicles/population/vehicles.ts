import type { Household, LifeEvent, Person, PopulationPlan } from '#db/population';
import { provenanceOf, recordedIdentityOf, recordIdOf, type AddRow } from '#kit';
import { addressOn, addressText, vehicleAuthorityOf } from '../authority.ts';
import { parsePlate, plateKindOf, stripPlate } from '../plate.ts';
import { identificationPlates, vehicleRegistrations } from '../tables.ts';

type Registered = Extract<LifeEvent, { kind: 'VEHICLE_REGISTERED' }>;
type PlateRow = typeof identificationPlates.$inferInsert;

/** Circular 24/2023/TT-BCA: five-digit plates belong to their owners from this day on. */
const platesOwnedFrom = '2023-08-15';
/** Service life of trucks in years, to the end of the last (Decree 95/2009/NĐ-CP; Law 36/2024/QH15, Article 40). */
const truckLifeYears = 25;

const plateOf = ({ plateNumber, vehicle }: Registered) => parsePlate(plateNumber, plateKindOf(vehicle.type));

function expiryOf({ vehicle }: Registered): string | null {
  return vehicle.type === 'TRUCK' ? `${vehicle.yearOfManufacture + truckLifeYears}-12-31` : null;
}

/** A used vehicle was first registered at the end of its year of manufacture, or when it came to the citizen. */
function firstRegisteredOf({ vehicle, on, previousOwner }: Registered): string {
  const endOfYear = `${vehicle.yearOfManufacture}-12-15`;
  return previousOwner !== null && endOfYear < on ? endOfYear : on;
}

function certificateOf({ vehicle }: Registered) {
  return {
    plateColour: vehicle.plateColour,
    vehicleType: vehicle.type,
    brand: vehicle.brand,
    model: vehicle.model,
    paintColour: vehicle.paintColour,
    engineNo: vehicle.engineNo,
    chassisNo: vehicle.chassisNo,
    yearOfManufacture: vehicle.yearOfManufacture,
    seats: vehicle.seats,
    payloadKg: vehicle.payloadKg,
    engineCapacityCc: vehicle.engineCapacityCc,
    powerKw: vehicle.powerKw,
    smartVehicle: false,
    cleanEnergy: vehicle.cleanEnergy,
  };
}

function ownerOf(person: Person, event: Registered) {
  return {
    ownerName: recordedIdentityOf(person, 'vehicles').fullName,
    previousOwnerName: event.previousOwner?.fullName.normalize('NFC') ?? null,
  };
}

function addRegistration(
  person: Person,
  household: Household,
  event: Registered,
  plan: PopulationPlan,
  add: AddRow,
) {
  const { plateNumber, vehicle, on: registeredOn, status, disposedOn, disposal } = event;
  const address = addressOn(person, household, registeredOn);
  add(vehicleRegistrations, {
    citizenId: person.citizenId,
    recordId: recordIdOf(person.citizenId, 'vehicle', vehicle.chassisNo, registeredOn),
    plateNumber,
    plateCanonical: stripPlate(plateNumber),
    ...certificateOf(event),
    ...ownerOf(person, event),
    ownerAddress: addressText(address),
    registeredOn,
    firstRegisteredOn: firstRegisteredOf(event),
    expiresOn: expiryOf(event),
    issuingAuthority: vehicleAuthorityOf(address, vehicle.type, registeredOn),
    status,
    disposedOn,
    disposal,
    ...provenanceOf(person, 'vehicles', plan),
  });
}

/** The plate after one more registration; a plate given up before plates belonged to owners is gone. */
function plateAfter(before: PlateRow | undefined, event: Registered, row: PlateRow): PlateRow | undefined {
  if (event.disposedOn !== null && event.disposedOn < platesOwnedFrom) return undefined;
  return { ...row, assignedOn: before?.assignedOn ?? row.assignedOn };
}

/** The identification plates that these registrations, oldest first, left with their owner. */
function platesOf(person: Person, events: readonly Registered[], plan: PopulationPlan): PlateRow[] {
  const plates = new Map<string, PlateRow | undefined>();
  const provenance = provenanceOf(person, 'vehicles', plan);
  for (const event of events) {
    const plate = plateOf(event);
    if (!plate?.isIdentification) continue;
    const { type: vehicleType, plateColour } = event.vehicle;
    const { kind: plateKind, number: plateNumber, canonical: plateCanonical } = plate;
    const assignedOn = event.on > platesOwnedFrom ? event.on : platesOwnedFrom;
    const painted = { plateKind, plateCanonical, plateNumber, plateColour, vehicleType };
    const row = { citizenId: person.citizenId, ...painted, assignedOn, keptFrom: event.disposedOn };
    const key = `${plateKind}/${plateCanonical}`;
    plates.set(key, plateAfter(plates.get(key), event, { ...row, ...provenance }));
  }
  return [...plates.values()].filter((row) => row !== undefined);
}

/** The registrations of one person and the plates that belong to them. */
export function addVehicles(
  person: Person,
  household: Household,
  events: readonly Registered[],
  plan: PopulationPlan,
  add: AddRow,
): void {
  for (const event of events) addRegistration(person, household, event, plan, add);
  for (const row of platesOf(person, events, plan)) add(identificationPlates, row);
}
