import { desc, getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Database } from '#db';
import { createListLoader, openAll } from '#kit';
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

/** Licences with their classes and what was recorded of their points. */
const prepareLicences = ({ orm }: Database) =>
  orm
    .select(licenceColumns)
    .from(drivingLicences)
    .where(sql`${drivingLicences.citizenId} = any(${ids})`)
    .orderBy(desc(drivingLicences.issuedOn), drivingLicences.recordId)
    .prepare('driving_licences_by_ids');

function prepareVehicleReads({ orm }: Database) {
  const vehicles = orm
    .select()
    .from(vehicleRegistrations)
    .where(sql`${vehicleRegistrations.citizenId} = any(${ids})`)
    .orderBy(desc(vehicleRegistrations.registeredOn), vehicleRegistrations.recordId)
    .prepare('vehicle_registrations_by_ids');
  const plates = orm
    .select()
    .from(identificationPlates)
    .where(sql`${identificationPlates.citizenId} = any(${ids})`)
    .orderBy(
      desc(identificationPlates.assignedOn),
      identificationPlates.plateKind,
      identificationPlates.plateCanonical,
    )
    .prepare('identification_plates_by_ids');
  return { vehicles, plates };
}

/** Statements prepared once; loaders for each request. */
export function createLoaders(database: Database) {
  const licences = prepareLicences(database);
  const { vehicles, plates } = prepareVehicleReads(database);
  const lookUps = {
    licences: createListLoader((keys) => licences.execute({ ids: keys })),
    vehicles: createListLoader((keys) => vehicles.execute({ ids: keys })),
    plates: createListLoader((keys) => plates.execute({ ids: keys })),
  };
  return () => openAll(lookUps);
}

export type Loaders = ReturnType<ReturnType<typeof createLoaders>>;
export type LicenceRow = Awaited<ReturnType<ReturnType<typeof prepareLicences>['execute']>>[number];
export type LicenceClassRow = LicenceRow['classes'][number];
export type VehicleRow = typeof vehicleRegistrations.$inferSelect;
export type PlateRow = typeof identificationPlates.$inferSelect;
