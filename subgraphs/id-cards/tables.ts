import { boolean, date, foreignKey, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { citizenId, provenance } from '#db';

/** What the law says of a kind of document: data, so that a new law is a new row. */
export const documentTypes = pgTable('document_types', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
  isPhysical: boolean('is_physical').notNull(),
  hasChip: boolean('has_chip').notNull(),
  /** `BASIC`: seven fields; `EXTENDED`: with a cancelled number behind them; `null`: no QR code. */
  qrLayout: text('qr_layout'),
  /** Its term ends at the ages of renewal. */
  isRenewedByAge: boolean('is_renewed_by_age').notNull(),
  /** First day on which no document of this kind is recognised. */
  endedFrom: date('ended_from', { mode: 'string' }),
});

/** Every document ever issued to a citizen, as printed. */
export const idCards = pgTable(
  'id_cards',
  {
    citizenId: citizenId(),
    id: uuid('id').notNull(),
    documentType: text('document_type')
      .notNull()
      .references(() => documentTypes.code),
    documentNumber: text('document_number').notNull(),
    fullName: text('full_name').notNull(),
    dateOfBirth: text('date_of_birth').notNull(),
    sex: text('sex').notNull(),
    nationality: text('nationality').notNull(),
    placeOfOrigin: text('place_of_origin'),
    placeOfBirthRegistration: text('place_of_birth_registration'),
    residence: text('residence').notNull(),
    personalFeatures: text('personal_features'),
    issuedOn: date('issued_on', { mode: 'string' }).notNull(),
    expiresOn: date('expires_on', { mode: 'string' }),
    issuingAuthority: text('issuing_authority').notNull(),
    reissueReason: text('reissue_reason').notNull(),
    /** `REPLACED`, `LOST`, `REVOKED` or `HELD`; `null` while only the term decides what it is worth. */
    decidedStatus: text('decided_status'),
    oldNumber: text('old_number'),
    cancelledNumber: text('cancelled_number'),
    ...provenance(),
  },
  (table) => [primaryKey({ columns: [table.citizenId, table.id] })],
);

/** What a chip tells beyond the print; names of relatives leave the agency only masked. */
export const cardChips = pgTable(
  'card_chips',
  {
    citizenId: citizenId(),
    recordId: uuid('card_id').notNull(),
    otherNames: text('other_names').array().notNull(),
    ethnicityCode: text('ethnicity_code').notNull(),
    ethnicityName: text('ethnicity_name').notNull(),
    religionCode: text('religion_code'),
    religionName: text('religion_name'),
    bloodType: text('blood_type'),
    fatherName: text('father_name'),
    motherName: text('mother_name'),
    spouseName: text('spouse_name'),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.recordId] }),
    foreignKey({
      columns: [table.citizenId, table.recordId],
      foreignColumns: [idCards.citizenId, idCards.id],
      name: 'card_chips_card',
    }),
  ],
);

/** Catalogues: the same in every shard. */
export const referenceTables = [documentTypes];

export type DocumentType = typeof documentTypes.$inferSelect;
