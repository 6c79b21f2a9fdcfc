import { text, timestamp, uuid } from 'drizzle-orm/pg-core';

/** The opaque id of the citizen: first column of every primary and unique key, so that tables shard by it. */
export const citizenId = () => uuid('citizen_id').notNull();

/** Where a record stands: as of when the agency vouches for it, and whether it is integrated into the e-ID. */
export const provenance = () => ({
  asOf: timestamp('as_of', { withTimezone: true, mode: 'date' }).notNull(),
  integrationStatus: text('integration_status').notNull(),
});
