import type { Database } from '#db';
import { openAll, type AskedFields, type RequestClock } from '#kit';
import { prepareNames } from './codes.ts';
import { prepareProfile } from './profile.ts';
import { prepareVisits } from './visit.ts';

export type { CodeKey } from './codes.ts';
export type { FileRow } from './profile.ts';
export type { SheetRow, VisitRow } from './visit.ts';

/** Statements prepared once; loaders for each request. */
export function createLoaders(database: Database) {
  const names = prepareNames(database);
  const lookUps = { names, ...prepareVisits(database), ...prepareProfile(database) };
  return (_?: RequestClock, asked?: AskedFields) => openAll(lookUps, asked);
}

export type Loaders = ReturnType<ReturnType<typeof createLoaders>>;
