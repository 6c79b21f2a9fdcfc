import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import type { AgencyName, FactsSource, FeedName, ReadNotices } from '#schema';
import type { Database } from '#db';
import type { AskedFields } from './asked-fields.ts';
import type { RequestClock } from './clock.ts';
import type { RequestContext } from './context.ts';
import type { AgencyPopulation } from './population.ts';

/** What the register is made of, besides its database. */
export interface RegisterOptions {
  readonly now: () => Date;
  /** Milliseconds of the monotonic clock. */
  readonly clockMs: () => number;
  readonly feeds: Readonly<Record<FeedName, ReadNotices>>;
}

/** What an agency brings; the kit does the rest alike for all. */
export interface Agency<Loaders = unknown> {
  readonly name: AgencyName;
  readonly resolvers: GraphQLResolverMap<RequestContext<Loaders>>;
  /** Prepares its named statements once and answers with what makes the loaders of one request. `asked`: where it is known. */
  readonly createLoaders: (database: Database) => (clock: RequestClock, asked?: AskedFields) => Loaders;
  readonly population: AgencyPopulation;
  /** For root fields with a `PersonalId`: the opaque id the number leads to. An agency without it can have none. */
  readonly findSubject?: (personalId: string, loaders: Loaders) => Promise<string | null>;
  /** For agencies whose changes the register follows. */
  readonly createNotices?: (database: Database) => ReadNotices;
  /** Of the register alone: what it tells the others. */
  readonly createRegister?: (database: Database, options: RegisterOptions) => FactsSource;
}

/** Names the agency's types once; the list of agencies then holds them all alike. */
export function defineAgency<Loaders>(agency: Agency<Loaders>): Agency {
  return agency as unknown as Agency;
}

/** Folder with the agency's SQL migrations. */
export function migrationsFolderOf(name: AgencyName): string {
  return new URL(`../${name}/migrations`, import.meta.url).pathname;
}
