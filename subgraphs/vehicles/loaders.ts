import { desc, getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Database } from '#db';
import { createListLoader, createNarrowLookUp, openAll } from '#kit';
import type { AskedFields, ColumnUse, RequestClock } from '#kit';
import {
  drivingLicenceClasses,
  drivingLicences,
  identificationPlates,
  licenceClasses,
  pointEvents,
  vehicleRegistrations,
} from './tables.ts';

const ids = sql.placeholder('ids');

type Columns = Readonly<Record<string, PgColumn>>;
type RowOf<Selected extends Columns> = {
  readonly [Name in keyof Selected]: Selected[Name]['_']['notNull'] extends true
    ? Selected[Name]['_']['data']
    : Selected[Name]['_']['data'] | null;
};

/**
 * Rows below one row, in the same statement: few, and of texts, numbers and truth values alone. `from` ties them to the row
 * above; it is an expression of its own, since drizzle takes the tables off the columns of an outermost one.
 */
function listOf<Selected extends Columns>(columns: Selected, from: SQL, order: SQL) {
  const pairs = Object.entries(columns).flatMap(([name, column]) => [sql.raw(`'${name}'`), sql`${column}`]);
  const rows = sql`(select coalesce(json_agg(json_build_object(${sql.join(pairs, sql`, `)}) order by ${order}), '[]')::text ${from})`;
  return rows.mapWith((text: string) => JSON.parse(text) as readonly RowOf<Selected>[]);
}

const { scheme, code, passedOn, expiresOn, conditions } = drivingLicenceClasses;
const { name, validityYears, minimumAge, isUpgradeOnly } = licenceClasses;

const classes = listOf(
  { scheme, code, passedOn, expiresOn, conditions, name, validityYears, minimumAge, isUpgradeOnly },
  sql`from ${drivingLicenceClasses} join ${licenceClasses}
    on ${licenceClasses.scheme} = ${scheme} and ${licenceClasses.code} = ${code}
    where ${drivingLicenceClasses.citizenId} = ${drivingLicences.citizenId}
    and ${drivingLicenceClasses.recordId} = ${drivingLicences.recordId}`,
  sql`${passedOn}, ${code}, ${scheme}`,
);

const { eventId, kind, points, effectiveOn, decisionNo, violationCode } = pointEvents;

const events = listOf(
  { eventId, kind, points, effectiveOn, decisionNo, violationCode },
  sql`from ${pointEvents} where ${pointEvents.citizenId} = ${drivingLicences.citizenId}
    and ${pointEvents.recordId} = ${drivingLicences.recordId}`,
  sql`${effectiveOn}, ${eventId}`,
);

const licenceColumns = { ...getTableColumns(drivingLicences), classes, pointEvents: events };

const licenceUse = {
  columns: licenceColumns,
  always: ['citizenId', 'recordId', 'issuedOn'],
  types: {
    DrivingLicence: {
      expiresOn: ['classes'],
      status: ['restraint', 'classes'],
      points: ['pointEvents'],
      knowledgeTestFrom: ['pointEvents'],
      pointLedger: ['pointEvents', 'asOf', 'integrationStatus'],
      source: ['asOf', 'integrationStatus'],
    },
  },
} satisfies ColumnUse<typeof licenceColumns>;

/** Licences, with their classes and what was recorded of their points when they are asked for. */
const prepareLicences = ({ orm }: Database, selected: typeof licenceColumns) =>
  orm
    .select(selected)
    .from(drivingLicences)
    .where(sql`${drivingLicences.citizenId} = any(${ids})`)
    .orderBy(desc(drivingLicences.issuedOn), drivingLicences.recordId)
    .prepare('driving_licences_by_ids');

const vehicleColumns = getTableColumns(vehicleRegistrations);

const vehicleUse = {
  columns: vehicleColumns,
  always: ['citizenId', 'recordId', 'registeredOn', 'disposedOn'],
  types: {
    Vehicle: {
      isIdentificationPlate: ['plateNumber', 'vehicleType'],
      previousOwner: ['previousOwnerName'],
      source: ['asOf', 'integrationStatus'],
    },
  },
} satisfies ColumnUse<typeof vehicleColumns>;

const prepareVehicles = ({ orm }: Database, selected: typeof vehicleColumns) =>
  orm
    .select(selected)
    .from(vehicleRegistrations)
    .where(sql`${vehicleRegistrations.citizenId} = any(${ids})`)
    .orderBy(desc(vehicleRegistrations.registeredOn), vehicleRegistrations.recordId)
    .prepare('vehicle_registrations_by_ids');

const preparePlates = ({ orm }: Database) =>
  orm
    .select()
    .from(identificationPlates)
    .where(sql`${identificationPlates.citizenId} = any(${ids})`)
    .orderBy(
      desc(identificationPlates.assignedOn),
      identificationPlates.plateKind,
      identificationPlates.plateCanonical,
    )
    .prepare('identification_plates_by_ids');

/** Statements prepared once; loaders for each request. */
export function createLoaders(database: Database) {
  const plates = preparePlates(database);
  const lookUps = {
    licences: createNarrowLookUp(licenceUse, (selected) => {
      const statement = prepareLicences(database, selected);
      return createListLoader((keys) => statement.execute({ ids: keys }));
    }),
    vehicles: createNarrowLookUp(vehicleUse, (selected) => {
      const statement = prepareVehicles(database, selected);
      return createListLoader((keys) => statement.execute({ ids: keys }));
    }),
    plates: createListLoader((keys) => plates.execute({ ids: keys })),
  };
  return (_?: RequestClock, asked?: AskedFields) => openAll(lookUps, asked);
}

export type Loaders = ReturnType<ReturnType<typeof createLoaders>>;
export type LicenceRow = Awaited<ReturnType<ReturnType<typeof prepareLicences>['execute']>>[number];
export type LicenceClassRow = LicenceRow['classes'][number];
export type VehicleRow = typeof vehicleRegistrations.$inferSelect;
export type PlateRow = typeof identificationPlates.$inferSelect;
