import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Database } from '#db';
import { createChildLoader, createListLoader, openAll } from '#kit';
import {
  drivingLicenceClasses,
  drivingLicences,
  identificationPlates,
  licenceClasses,
  pointEvents,
  vehicleRegistrations,
} from './tables.ts';

const ids = sql.placeholder('ids');
const records = sql.placeholder('records');

const isOneOf = (citizen: PgColumn, record: PgColumn) =>
  sql`(${citizen}, ${record}) in (select * from unnest(${ids}::uuid[], ${records}::uuid[]))`;

function prepareLicenceReads({ orm }: Database) {
  const { citizenId, recordId, scheme, code } = drivingLicenceClasses;
  const licences = orm
    .select()
    .from(drivingLicences)
    .where(sql`${drivingLicences.citizenId} = any(${ids})`)
    .orderBy(desc(drivingLicences.issuedOn), drivingLicences.recordId)
    .prepare('driving_licences_by_ids');
  const { name, validityYears, minimumAge, isUpgradeOnly } = licenceClasses;
  const classes = orm
    .select({ ...getTableColumns(drivingLicenceClasses), name, validityYears, minimumAge, isUpgradeOnly })
    .from(drivingLicenceClasses)
    .innerJoin(licenceClasses, and(eq(licenceClasses.scheme, scheme), eq(licenceClasses.code, code)))
    .where(isOneOf(citizenId, recordId))
    .orderBy(drivingLicenceClasses.passedOn, code, scheme)
    .prepare('driving_licence_classes_by_licences');
  const points = orm
    .select()
    .from(pointEvents)
    .where(isOneOf(pointEvents.citizenId, pointEvents.recordId))
    .orderBy(pointEvents.effectiveOn, pointEvents.eventId)
    .prepare('point_events_by_licences');
  return { licences, classes, points };
}

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
  const { licences, classes, points } = prepareLicenceReads(database);
  const { vehicles, plates } = prepareVehicleReads(database);
  const lookUps = {
    licences: createListLoader((keys) => licences.execute({ ids: keys })),
    classes: createChildLoader((keys, recordIds) => classes.execute({ ids: keys, records: recordIds })),
    points: createChildLoader((keys, recordIds) => points.execute({ ids: keys, records: recordIds })),
    vehicles: createListLoader((keys) => vehicles.execute({ ids: keys })),
    plates: createListLoader((keys) => plates.execute({ ids: keys })),
  };
  return () => openAll(lookUps);
}

export type Loaders = ReturnType<ReturnType<typeof createLoaders>>;
export type LicenceRow = typeof drivingLicences.$inferSelect;
export type LicenceClassRow = typeof drivingLicenceClasses.$inferSelect;
export type VehicleRow = typeof vehicleRegistrations.$inferSelect;
export type PlateRow = typeof identificationPlates.$inferSelect;
