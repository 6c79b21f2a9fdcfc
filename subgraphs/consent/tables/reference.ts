import { boolean, date, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';

/** Every registered client: `kind` is `E_ID`, `BANK`, `HOSPITAL`, `STATE` or `SCHOOL`; `status` is `ACTIVE` or `SUSPENDED`. */
export const clients = pgTable('clients', {
  clientId: text('client_id').primaryKey(),
  name: text('name').notNull(),
  /** Who decides about purpose and means (bên kiểm soát dữ liệu cá nhân). */
  controller: text('controller').notNull(),
  kind: text('kind').notNull(),
  isFirstParty: boolean('is_first_party').notNull(),
  status: text('status').notNull(),
});

/** What a client may ask for, each purpose separately (Law 91/2025/QH15 Art. 9). `status` as of clients. */
export const purposes = pgTable(
  'purposes',
  {
    clientId: text('client_id').notNull(),
    code: text('code').notNull(),
    titleEn: text('title_en').notNull(),
    titleVi: text('title_vi').notNull(),
    controller: text('controller').notNull(),
    /** `CONSENT` or `STATUTE`. */
    legalBasis: text('legal_basis').notNull(),
    /** The statute of a purpose that rests on one. */
    legalReference: text('legal_reference'),
    scopes: text('scopes').array().notNull(),
    /** How long the client keeps the data. */
    retentionDays: smallint('retention_days').notNull(),
    /** How long a grant may last at most; `null`: until withdrawn. */
    maxDays: smallint('max_days'),
    status: text('status').notNull(),
  },
  (table) => [primaryKey({ columns: [table.clientId, table.code] })],
);

/** The wording the citizen sees before deciding; the newest version that is published is the current one. */
export const purposeNotices = pgTable(
  'purpose_notices',
  {
    clientId: text('client_id').notNull(),
    purpose: text('purpose').notNull(),
    version: smallint('version').notNull(),
    textEn: text('text_en').notNull(),
    textVi: text('text_vi').notNull(),
    publishedOn: date('published_on', { mode: 'string' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.clientId, table.purpose, table.version] })],
);
