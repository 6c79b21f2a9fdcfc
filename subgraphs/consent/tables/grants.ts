import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { citizenId } from '#db';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Look-up: id of a request, grant or emergency access → citizen. Written with the record, in one transaction. */
export const recordSubjects = pgTable('record_subjects', {
  value: uuid('value').primaryKey(),
  citizenId: uuid('citizen_id').notNull(),
});

/**
 * What a client asked a citizen for. A number that leads to nobody has rows under the id that stands for it. Never
 * deleted; `status` is `PENDING`, `GIVEN`, `REFUSED`, or `EXPIRED` once the same was asked for again after its time.
 */
export const consentRequests = pgTable(
  'consent_requests',
  {
    citizenId: citizenId(),
    requestId: uuid('request_id').notNull(),
    clientId: text('client_id').notNull(),
    purpose: text('purpose').notNull(),
    /** In alphabetical order. */
    scopes: text('scopes').array().notNull(),
    noticeVersion: smallint('notice_version').notNull(),
    isOneTime: boolean('is_one_time').notNull(),
    /** `null`: as long as the purpose allows. */
    validDays: smallint('valid_days'),
    /** For requests of a representative instead of an app: who will read. */
    readerId: text('reader_id'),
    /** `sub` of the access token. */
    requestedBy: text('requested_by').notNull(),
    requestedAt: instant('requested_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    status: text('status').notNull(),
    /** The first of two consents: a child of 7 or more and the representative both decide. */
    guardianConsentedBy: text('guardian_consented_by'),
    guardianConsentedAt: instant('guardian_consented_at'),
    guardianConsentedScopes: text('guardian_consented_scopes').array(),
    childConsentedAt: instant('child_consented_at'),
    childConsentedScopes: text('child_consented_scopes').array(),
    decidedAt: instant('decided_at'),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.requestId] }),
    uniqueIndex('consent_requests_one_pending')
      .on(
        table.citizenId,
        table.clientId,
        table.purpose,
        table.scopes,
        table.isOneTime,
        sql`coalesce(valid_days, 0)`,
        sql`coalesce(reader_id, '')`,
      )
      .where(sql`status = 'PENDING'`),
  ],
);

/** What was consented to, with the proof of who, when and what. Never deleted; `status` is `ACTIVE` or `WITHDRAWN`. */
export const grants = pgTable(
  'grants',
  {
    citizenId: citizenId(),
    grantId: uuid('grant_id').notNull(),
    requestId: uuid('request_id').notNull(),
    clientId: text('client_id').notNull(),
    purpose: text('purpose').notNull(),
    scopes: text('scopes').array().notNull(),
    validFrom: instant('valid_from').notNull(),
    /** First instant without it; `null`: until withdrawn. */
    validTo: instant('valid_to'),
    isOneTime: boolean('is_one_time').notNull(),
    /** The operation that used a one-time grant. */
    usedByOperation: text('used_by_operation'),
    usedAt: instant('used_at'),
    method: text('method').notNull(),
    evidenceHash: text('evidence_hash').notNull(),
    noticeVersion: smallint('notice_version').notNull(),
    noticeLanguage: text('notice_language').notNull(),
    givenBy: text('given_by').notNull(),
    /** `SELF` or `GUARDIAN`. */
    givenAs: text('given_as').notNull(),
    childConsentedAt: instant('child_consented_at'),
    readerId: text('reader_id'),
    status: text('status').notNull(),
    givenAt: instant('given_at').notNull(),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBy: text('withdrawn_by'),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.grantId] }),
    uniqueIndex('grants_one_of_request').on(table.citizenId, table.requestId),
    index('grants_by_time').on(table.givenAt, table.grantId),
  ],
);

/** Emergency access of a clinician (Law 91/2025/QH15 Art. 19). Never deleted. */
export const emergencyAccesses = pgTable(
  'emergency_accesses',
  {
    citizenId: citizenId(),
    accessId: uuid('access_id').notNull(),
    clientId: text('client_id').notNull(),
    /** `sub` of the access token. */
    officerId: text('officer_id').notNull(),
    scopes: text('scopes').array().notNull(),
    justification: text('justification').notNull(),
    beganAt: instant('began_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    /** Ended before its time. */
    endedAt: instant('ended_at'),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.accessId] }),
    index('emergency_accesses_by_officer').on(table.officerId),
  ],
);

/** The review that every emergency access owes. Never deleted; `status` is `OPEN`. */
export const accessReviews = pgTable(
  'access_reviews',
  {
    citizenId: citizenId(),
    reviewId: uuid('review_id').notNull(),
    accessId: uuid('access_id').notNull(),
    openedAt: instant('opened_at').notNull(),
    dueAt: instant('due_at').notNull(),
    status: text('status').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.citizenId, table.reviewId] }),
    index('access_reviews_by_time').on(table.openedAt, table.reviewId),
  ],
);
