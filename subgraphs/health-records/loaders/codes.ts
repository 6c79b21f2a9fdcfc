import { sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Database } from '#db';
import { createLookUp, type OpenLoader } from '#kit';
import { catalogueEntries } from '../tables/index.ts';

/** One code of one national catalogue. */
export interface CodeKey {
  readonly catalogue: string;
  readonly code: string;
}

const textOf = ({ catalogue, code }: CodeKey): string => `${catalogue}/${code}`;

/** National catalogues change by circular, and name nobody: their lines are kept for a while, by all requests. */
const keptMs = 60_000;
const maxKept = 10_000;

/** Reads names from the catalogues; what a catalogue does not have is asked for again the next time. */
function prepareRead({ orm }: Database) {
  const { catalogue, code } = catalogueEntries;
  const keys = sql`(select * from unnest(${sql.placeholder('catalogues')}::text[], ${sql.placeholder('codes')}::text[]))`;
  const statement = orm
    .select()
    .from(catalogueEntries)
    .where(sql`(${catalogue}, ${code}) in ${keys}`)
    .prepare('names_by_codes');
  return async (wanted: readonly CodeKey[]) => {
    const different = [...new Map(wanted.map((key) => [textOf(key), key])).values()];
    const catalogues = different.map((key) => key.catalogue);
    return statement.execute({ catalogues, codes: different.map((key) => key.code) });
  };
}

/** Names of codes, of all catalogues in one statement; `null` for a code that its catalogue does not have. */
export function prepareNames(database: Database): OpenLoader<CodeKey, string | null> {
  const read = prepareRead(database);
  const kept = new LRUCache<string, string>({ max: maxKept, ttl: keptMs });
  const open = createLookUp<CodeKey, string | null>(
    async (wanted) => {
      const rows = await read(wanted);
      for (const row of rows) kept.set(textOf(row), row.name);
      const names = new Map(rows.map((row) => [textOf(row), row.name]));
      return wanted.map((key) => names.get(textOf(key)) ?? null);
    },
    { textOf },
  );
  return () => {
    const loader = open();
    return {
      load: (key) => {
        const name = kept.get(textOf(key));
        return name === undefined ? loader.load(key) : Promise.resolve(name);
      },
    };
  };
}
