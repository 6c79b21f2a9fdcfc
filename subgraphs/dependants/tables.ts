import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  date,
  index,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { citizenId, provenance } from '#db';

/** The registered link; whether it is live on a day is told from these by `representation.ts`. */
const link = () => ({
  recordId: uuid('record_id').notNull(),
  relation: text('relation').notNull(),
  basis: text('basis').notNull(),
  /** Birth of the one who is represented. */
  bornOn: date('born_on', { mode: 'string' }).notNull(),
  documentNo: text('document_no'),
  registeredBy: text('registered_by').notNull(),
  validFrom: date('valid_from', { mode: 'string' }).notNull(),
  /** First day without the link. */
  validTo: date('valid_to', { mode: 'string' }),
  /** Only where a court decided the scope; otherwise the law tells it. */
  decidedScope: text('decided_scope').array(),
  verifiedAt: timestamp('verified_at', { withTimezone: true, mode: 'date' }),
  ...provenance(),
});

/** The link as the parent or guardian holds it: `citizen_id` is the one who represents. */
export const dependants = pgTable(
  'dependants',
  {
    citizenId: citizenId(),
    dependantId: uuid('dependant_id').notNull(),
    /** Raised by a trigger with every change that the register must know of. 0: as the population was loaded. */
    version: bigint('version', { mode: 'number' }).notNull().default(0),
    ...link(),
  },
  (table) => [primaryKey({ columns: [table.citizenId, table.recordId] })],
);

/** The same link as the dependant holds it: `citizen_id` is the one who is represented. */
export const representatives = pgTable(
  'representatives',
  { citizenId: citizenId(), guardianName: text('guardian_name').notNull(), ...link() },
  (table) => [primaryKey({ columns: [table.citizenId, table.recordId] })],
);

/** Changes of `dependants` that the register has not acknowledged; filled by triggers, whatever writes. */
export const notices = pgTable(
  'notices',
  {
    /** The one who represents. */
    citizenId: citizenId(),
    noticeId: uuid('notice_id').notNull(),
    version: bigint('version', { mode: 'number' }).notNull(),
    notedAt: timestamp('noted_at', { withTimezone: true, mode: 'date' })
      .notNull()
      .default(sql`clock_timestamp()`),
    dependantId: uuid('dependant_id').notNull(),
    recordId: uuid('record_id').notNull(),
    relation: text('relation').notNull(),
    basis: text('basis').notNull(),
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    validTo: date('valid_to', { mode: 'string' }),
    isDeleted: boolean('is_deleted').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.noticeId] }),
    index('notices_by_time').on(table.notedAt),
  ],
);
