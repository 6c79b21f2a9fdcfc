import { maskName, pageKeyOf, resolveCitizenReference, sourceOf, type Agency } from '#kit';
import type { CitizenReference, PageArguments, RequestContext } from '#kit';
import { knowledgeTestFrom } from './knowledge-test.ts';
import { ledgerPageOf } from './ledger-page.ts';
import { ledgerOf, pointsOf } from './ledger.ts';
import type { LicenceClassRow, LicenceRow, Loaders, PlateRow, VehicleRow } from './loaders.ts';
import { parsePlate, plateKindOf } from './plate.ts';
import { earliestExpiryOf, isDisposed, isExpired, isKept, isOwned } from './status.ts';
import { licenceStatusOf, reservedUntil, vehicleStatusOf } from './status.ts';

type Context = RequestContext<Loaders>;
const source = sourceOf('vehicles');

async function vehiclesOf({ id }: CitizenReference, _: unknown, { loaders, today }: Context) {
  const rows = await loaders.vehicles.load(id);
  const isHeld = (row: VehicleRow): boolean => !isDisposed(row, today);
  return [...rows.filter(isHeld), ...rows.filter((row) => !isHeld(row))];
}

async function platesOf({ id }: CitizenReference, _: unknown, { loaders, today }: Context) {
  return (await loaders.plates.load(id)).filter((row) => isOwned(row, today));
}

function pointLedgerOf(row: LicenceRow, page: PageArguments, { today }: Context) {
  const key = pageKeyOf(row.citizenId, page);
  const { asOf, integrationStatus } = row;
  return Object.assign({}, ledgerPageOf(ledgerOf(row.pointEvents, today), key), { asOf, integrationStatus });
}

const drivingLicence = {
  expiresOn: ({ classes }: LicenceRow) => earliestExpiryOf(classes),
  status: ({ restraint, classes }: LicenceRow, _: unknown, { today }: Context) =>
    licenceStatusOf(restraint, classes, today),
  points: (row: LicenceRow, _: unknown, { today }: Context) => pointsOf(ledgerOf(row.pointEvents, today)),
  knowledgeTestFrom: (row: LicenceRow, _: unknown, { today }: Context) =>
    knowledgeTestFrom(ledgerOf(row.pointEvents, today)),
  pointLedger: pointLedgerOf,
  source,
};

const vehicle = {
  isIdentificationPlate: (row: VehicleRow) =>
    parsePlate(row.plateNumber, plateKindOf(row.vehicleType))?.isIdentification ?? false,
  previousOwner: ({ previousOwnerName: name }: VehicleRow) => name && { maskedName: maskName(name) },
  status: (row: VehicleRow, _: unknown, { today }: Context) => vehicleStatusOf(row, today),
  source,
};

const identificationPlate = {
  state: (row: PlateRow, _: unknown, { today }: Context) => (isKept(row, today) ? 'KEPT' : 'IN_USE'),
  keptFrom: (row: PlateRow, _: unknown, { today }: Context) => (isKept(row, today) ? row.keptFrom : null),
  reservedUntil: (row: PlateRow, _: unknown, { today }: Context) => reservedUntil(row, today),
  source,
};

export const resolvers = {
  Citizen: {
    __resolveReference: resolveCitizenReference,
    drivingLicences: ({ id }: CitizenReference, _: unknown, { loaders }: Context) =>
      loaders.licences.load(id),
    vehicles: vehiclesOf,
    identificationPlates: platesOf,
  },
  DrivingLicence: drivingLicence,
  DrivingLicenceClass: {
    isExpired: (row: LicenceClassRow, _: unknown, { today }: Context) => isExpired(row, today),
  },
  PointLedgerConnection: { source },
  Vehicle: vehicle,
  IdentificationPlate: identificationPlate,
} satisfies Agency<Loaders>['resolvers'];
