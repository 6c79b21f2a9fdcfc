import { catalogueEntries, drugCatalogue, indicatorCatalogue, serviceCatalogue } from './catalogues.ts';

export * from './catalogues.ts';
export * from './items.ts';
export * from './papers.ts';
export * from './profile.ts';
export * from './visits.ts';

export const referenceTables = [catalogueEntries, drugCatalogue, serviceCatalogue, indicatorCatalogue];
