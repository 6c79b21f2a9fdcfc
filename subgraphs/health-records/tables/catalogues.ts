import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** Codes and names of the national catalogues: data, because decisions of the ministry change them. */
export const catalogueEntries = pgTable(
  'catalogue_entries',
  {
    /** `FACILITY`, `ICD10`, `DEPARTMENT`, … */
    catalogue: text('catalogue').notNull(),
    code: text('code').notNull(),
    name: text('name').notNull(),
  },
  (table) => [primaryKey({ columns: [table.catalogue, table.code] })],
);

/** Drugs as they are registered. */
export const drugCatalogue = pgTable('drug_catalogue', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
  strength: text('strength'),
  dosageForm: text('dosage_form'),
  route: text('route'),
  unit: text('unit').notNull(),
  registrationNumber: text('registration_number'),
  groupCode: text('group_code').notNull(),
});

/** Technical services. */
export const serviceCatalogue = pgTable('service_catalogue', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
  unit: text('unit').notNull(),
  groupCode: text('group_code').notNull(),
});

/** What laboratories measure. */
export const indicatorCatalogue = pgTable('indicator_catalogue', {
  code: text('code').primaryKey(),
  indicatorName: text('indicator_name').notNull(),
  unit: text('unit'),
});
