import { agencyNames, type AgencyName } from '#schema';
import type { Agency } from '#kit';

const loads: Readonly<Record<AgencyName, () => Promise<Agency>>> = {
  population: async () => (await import('./population/index.ts')).population,
  residence: async () => (await import('./residence/index.ts')).residence,
  'id-cards': async () => (await import('./id-cards/index.ts')).idCards,
  dependants: async () => (await import('./dependants/index.ts')).dependants,
  vehicles: async () => (await import('./vehicles/index.ts')).vehicles,
  'health-insurance': async () => (await import('./health-insurance/index.ts')).healthInsurance,
  'social-insurance': async () => (await import('./social-insurance/index.ts')).socialInsurance,
  'health-records': async () => (await import('./health-records/index.ts')).healthRecords,
  consent: async () => (await import('./consent/index.ts')).consent,
};

/** The code of one agency, loaded when it is asked for. */
export function loadAgency(name: AgencyName): Promise<Agency> {
  return loads[name]();
}

/** All agencies, in the order of `schema/agencies.ts`. */
export function loadAgencies(): Promise<readonly Agency[]> {
  return Promise.all(agencyNames.map(loadAgency));
}
