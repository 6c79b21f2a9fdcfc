import { text } from 'drizzle-orm/pg-core';

/**
 * The sensitive compartments a row belongs to, empty for most. On a visit, on its sheet, on every row below it and on
 * every entry of the personal record, so that rows a reader may not see are left out by the database, before paging: `compartments <@ allowed`.
 */
export const compartments = () => text('compartments').array().notNull();
