import { randomBytes } from 'node:crypto';
import type { Database } from '#db';
import type { RequestClock } from '#kit';
import { createPseudonyms } from '../pseudonym.ts';
import { prepareAudit } from './audit.ts';
import { prepareOwn } from './own.ts';
import { preparePeople } from './people.ts';
import { prepareReference } from './reference.ts';

export type { ReviewRow } from './audit.ts';
export type { GrantRow, ReadOwnPage, RequestRow } from './own.ts';
export type { ClientRow, NoticeRow, PurposeRow } from './reference.ts';

/** Statements prepared once; loaders for each request. The key of the auditors' pseudonyms lives as long as these. */
export function createLoaders(database: Database) {
  const reference = prepareReference(database);
  const people = preparePeople(database);
  const own = prepareOwn(database);
  const audit = prepareAudit(database);
  const pseudonyms = createPseudonyms(randomBytes(32));
  return ({ now }: RequestClock) => ({ ...reference(), ...people(), ...own(now), ...audit(), pseudonyms });
}

export type Loaders = ReturnType<ReturnType<typeof createLoaders>>;
