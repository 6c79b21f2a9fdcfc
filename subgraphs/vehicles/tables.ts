import {
  boolean,
  date,
  doublePrecision,
  foreignKey,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { citizenId, provenance } from '#db';

const day = (name: string) => date(name, { mode: 'string' });

/** The classes of both laws. */
export const licenceClasses = pgTable(
  'licence_classes',
  {
    scheme: text('scheme').notNull(),
    code: text('code').notNull(),
    name: text('name').notNull(),
    /** `null`: without term, or by the holder's age. */
    validityYears: smallint('validity_years'),
    minimumAge: smallint('minimum_age').notNull(),
    isUpgradeOnly: boolean('is_upgrade_only').notNull(),
  },
  (table) => [primaryKey({ columns: [table.scheme, table.code] })],
);

/** One row per licence number. */
export const drivingLicences = pgTable(
  'driving_licences',
  {
    citizenId: citizenId(),
    recordId: uuid('record_id').notNull(),
    number: text('number').notNull(),
    holderName: text('holder_name').notNull(),
    holderDateOfBirth: text('holder_date_of_birth').notNull(),
    issuedOn: day('issued_on').notNull(),
    issuingAuthority: text('issuing_authority').notNull(),
    cardMaterial: text('card_material').notNull(),
    /** `SUSPENDED`, `TEMPORARILY_HELD`, `REVOKED`; `null` when only the terms of the classes count. */
    restraint: text('restraint'),
    ...provenance(),
  },
  (table) => [primaryKey({ columns: [table.citizenId, table.recordId] })],
);

/** Classes of a licence; `record_id` is the licence's. */
export const drivingLicenceClasses = pgTable(
  'driving_licence_classes',
  {
    citizenId: citizenId(),
    recordId: uuid('record_id').notNull(),
    scheme: text('scheme').notNull(),
    code: text('code').notNull(),
    passedOn: day('passed_on').notNull(),
    expiresOn: day('expires_on'),
    conditions: text('conditions'),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.recordId, table.scheme, table.code] }),
    foreignKey({
      name: 'driving_licence_classes_licence',
      columns: [table.citizenId, table.recordId],
      foreignColumns: [drivingLicences.citizenId, drivingLicences.recordId],
    }),
    foreignKey({
      name: 'driving_licence_classes_class',
      columns: [table.scheme, table.code],
      foreignColumns: [licenceClasses.scheme, licenceClasses.code],
    }),
  ],
);

/**
 * Sanctions and knowledge tests of a licence; `record_id` is the licence's. Balances and restorations by time are
 * told from these on the day they are asked for.
 */
export const pointEvents = pgTable(
  'point_events',
  {
    citizenId: citizenId(),
    recordId: uuid('record_id').notNull(),
    eventId: uuid('event_id').notNull(),
    /** `DEDUCTION` or `KNOWLEDGE_TEST`. */
    kind: text('kind').notNull(),
    /** Points of the sanction; 0 for a test. */
    points: smallint('points').notNull(),
    effectiveOn: day('effective_on').notNull(),
    decisionNo: text('decision_no'),
    violationCode: text('violation_code'),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.recordId, table.eventId] }),
    foreignKey({
      name: 'point_events_licence',
      columns: [table.citizenId, table.recordId],
      foreignColumns: [drivingLicences.citizenId, drivingLicences.recordId],
    }),
  ],
);

/** One row per registration of a vehicle on the citizen's name. */
export const vehicleRegistrations = pgTable(
  'vehicle_registrations',
  {
    citizenId: citizenId(),
    recordId: uuid('record_id').notNull(),
    plateNumber: text('plate_number').notNull(),
    plateCanonical: text('plate_canonical').notNull(),
    plateColour: text('plate_colour').notNull(),
    ownerName: text('owner_name').notNull(),
    ownerAddress: text('owner_address').notNull(),
    previousOwnerName: text('previous_owner_name'),
    vehicleType: text('vehicle_type').notNull(),
    brand: text('brand').notNull(),
    model: text('model').notNull(),
    paintColour: text('paint_colour').notNull(),
    engineNo: text('engine_no').notNull(),
    chassisNo: text('chassis_no').notNull(),
    yearOfManufacture: smallint('year_of_manufacture').notNull(),
    seats: smallint('seats').notNull(),
    payloadKg: integer('payload_kg'),
    engineCapacityCc: integer('engine_capacity_cc'),
    powerKw: doublePrecision('power_kw'),
    smartVehicle: boolean('smart_vehicle').notNull(),
    cleanEnergy: boolean('clean_energy').notNull(),
    registeredOn: day('registered_on').notNull(),
    firstRegisteredOn: day('first_registered_on').notNull(),
    expiresOn: day('expires_on'),
    issuingAuthority: text('issuing_authority').notNull(),
    /** As registered; the disposal decides from its day on. */
    status: text('status').notNull(),
    disposedOn: day('disposed_on'),
    disposal: text('disposal'),
    ...provenance(),
  },
  (table) => [primaryKey({ columns: [table.citizenId, table.recordId] })],
);

/** Five-digit plates since 15/8/2023; a car's and a motorcycle's may be written alike without separators. */
export const identificationPlates = pgTable(
  'identification_plates',
  {
    citizenId: citizenId(),
    plateKind: text('plate_kind').notNull(),
    plateCanonical: text('plate_canonical').notNull(),
    plateNumber: text('plate_number').notNull(),
    plateColour: text('plate_colour').notNull(),
    vehicleType: text('vehicle_type').notNull(),
    assignedOn: day('assigned_on').notNull(),
    keptFrom: day('kept_from'),
    ...provenance(),
  },
  (table) => [primaryKey({ columns: [table.citizenId, table.plateKind, table.plateCanonical] })],
);

/** Catalogues: the same for everybody, not keyed by citizen. */
export const referenceTables = [licenceClasses];
