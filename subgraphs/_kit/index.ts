export { defineAgency, migrationsFolderOf } from './agency.ts';
export type { Agency } from './agency.ts';
export { clockOf } from './clock.ts';
export type { RequestClock } from './clock.ts';
export type { RequestContext } from './context.ts';
export { badArgument } from './errors.ts';
export {
  createCatalogueLoader,
  createChildLoader,
  createListLoader,
  createOneLoader,
  createTextListLoader,
  createTextLoader,
  createVisibleLoader,
} from './loader.ts';
export type { RecordKey, VisibleKey } from './loader.ts';
export type { AskedFields } from './asked-fields.ts';
export { createLookUp, createLookUpPer, openAll } from './merged-look-up.ts';
export type { Loader, OpenLoader } from './merged-look-up.ts';
export { createNarrowLookUp, extendRow } from './narrow-look-up.ts';
export type { ColumnUse, Columns } from './narrow-look-up.ts';
export { connectionOf, encodeCursor, maxPageSize, pageKeyOf } from './page.ts';
export type { Connection, PageArguments, PageKey, Position } from './page.ts';
export {
  createPageLoader,
  createVisiblePageLoader,
  preparePages,
  prepareVisiblePages,
} from './page-loader.ts';
export type { PagedTable, ReadPages, VisiblePageKey } from './page-loader.ts';
export { isVisible, visibleTo } from './visible.ts';
export type { AllowedCompartments, LabelledTable, Shown, VisibleCitizen } from './visible.ts';
export { integrationOf, provenanceOf } from './population.ts';
export type { AddRow, AgencyPopulation } from './population.ts';
export { sourceOf } from './source.ts';
export type { Provenance } from './source.ts';
export { buildAgencySchema } from './schema.ts';
export { closeServer, createAgencyApp, listen } from './serve.ts';
export type { AgencyApp } from './serve.ts';
export type { InternalRoute } from './http/route.ts';
export { createFactsReader, shareReads } from './consent/facts-reader.ts';
export type { FactsReader, FactsReaderOptions, SharedReads } from './consent/facts-reader.ts';
export { createAttestedReads } from './consent/attested-reads.ts';
export { verifyCallerToken } from './caller.ts';
export { refusalError } from './consent/refusal.ts';
export { startAgencyService } from './service.ts';
export type { AgencyRequest, AgencyService, ServiceOptions } from './service.ts';
export { resolveCitizenReference } from './reference.ts';
export type { CitizenReference } from './reference.ts';
export { maskName } from './mask.ts';
export { addDays, addYears, ageOn, daysBetween, firstDayOf } from './day.ts';
export { recordIdOf } from './record-id.ts';
export { acknowledgeNotices, outboxIdOf } from './outbox.ts';
export { representationRecordOf } from './represented.ts';
export {
  beginPopulation,
  clearPopulation,
  collectRows,
  finishPopulation,
  readMark,
  readSteps,
  writeStep,
} from './populate.ts';
export type { LoadStep, PopulationMark } from './populate.ts';
export { currentPersonalIdOf, insuranceNumberOf, recordedIdentityOf } from './recorded-identity.ts';
export {
  endAtAge,
  fullAge,
  isAdultWard,
  isRepresented,
  representationEndOf,
} from './consent/representation.ts';
export type { Representation } from './consent/representation.ts';
export { decide } from './consent/decide.ts';
export type { Ask } from './consent/decide.ts';
export type { Access } from './consent/access.ts';
export type { RegisterOptions } from './agency.ts';
export { answerNotices, noticesRoute, registerRoutes } from './consent/register-routes.ts';
