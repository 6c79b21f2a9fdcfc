import { boolean, date, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { citizenId, provenance } from '#db';

/** Somebody else of the household, as the register knows them. Leaves the agency only masked. */
export interface OtherMember {
  readonly fullName: string;
  readonly relationToHead: string;
  /** `YYYY-MM-DD`. */
  readonly since: string;
}

/** An address as registered, and the ward of today where it is known and was not the ward then. */
const address = () => ({
  line: text('line').notNull(),
  scheme: text('scheme').notNull(),
  wardCode: text('ward_code').notNull(),
  wardName: text('ward_name').notNull(),
  districtName: text('district_name'),
  provinceCode: text('province_code').notNull(),
  provinceName: text('province_name').notNull(),
  mappingStatus: text('mapping_status').notNull(),
  newWardCode: text('new_ward_code'),
  newWardName: text('new_ward_name'),
  newProvinceCode: text('new_province_code'),
  newProvinceName: text('new_province_name'),
});

/** One per citizen: who they are to the register, and the household they are registered in. */
export const residenceFiles = pgTable('residence_files', {
  citizenId: citizenId().primaryKey(),
  fullName: text('full_name').notNull(),
  dateOfBirth: text('date_of_birth').notNull(),
  sex: text('sex').notNull(),
  personalId: text('personal_id').notNull(),
  householdId: uuid('household_id'),
  bookNumber: text('book_number'),
  relationToHead: text('relation_to_head'),
  memberSince: date('member_since', { mode: 'string' }),
  headName: text('head_name'),
  otherMembers: jsonb('other_members').$type<readonly OtherMember[]>().notNull(),
  ...provenance(),
});

/** Registrations without stays. The primary key is also the order they are paged in, read backwards. */
export const residenceRegistrations = pgTable(
  'residence_registrations',
  {
    citizenId: citizenId(),
    id: uuid('id').notNull(),
    type: text('type').notNull(),
    ...address(),
    isInHousehold: boolean('is_in_household').notNull(),
    registeredFrom: date('registered_from', { mode: 'string' }).notNull(),
    registeredTo: date('registered_to', { mode: 'string' }),
    validUntil: date('valid_until', { mode: 'string' }),
    removalReason: text('removal_reason'),
    registeringAuthority: text('registering_authority').notNull(),
    ...provenance(),
  },
  (table) => [primaryKey({ columns: [table.citizenId, table.registeredFrom, table.id] })],
);

/** Notified stays. The primary key is also the order they are paged in, read backwards. */
export const stayNotifications = pgTable(
  'stay_notifications',
  {
    citizenId: citizenId(),
    id: uuid('id').notNull(),
    guestName: text('guest_name').notNull(),
    guestDocumentType: text('guest_document_type').notNull(),
    guestDocumentNumber: text('guest_document_number').notNull(),
    reason: text('reason').notNull(),
    stayFrom: date('stay_from', { mode: 'string' }).notNull(),
    stayTo: date('stay_to', { mode: 'string' }),
    arrivedAt: timestamp('arrived_at', { withTimezone: true, mode: 'date' }).notNull(),
    ...address(),
    hostName: text('host_name').notNull(),
    notifiedAt: timestamp('notified_at', { withTimezone: true, mode: 'date' }).notNull(),
    coversRepeatedStays: boolean('covers_repeated_stays').notNull(),
    receivingAuthority: text('receiving_authority').notNull(),
    ...provenance(),
  },
  (table) => [primaryKey({ columns: [table.citizenId, table.stayFrom, table.id] })],
);

/** Catalogues; this agency keeps the units of an address as they were registered, so it has none. */
export const referenceTables = [];

export type ResidenceFile = typeof residenceFiles.$inferSelect;
export type Registration = typeof residenceRegistrations.$inferSelect;
export type Stay = typeof stayNotifications.$inferSelect;
