import { sql } from 'drizzle-orm';
import type { Database } from '#db';
import { createLookUp, type OpenLoader } from '#kit';
import { catalogueEntries } from '../tables/index.ts';

/** One code of one national catalogue. */
export interface CodeKey {
  readonly catalogue: string;
  readonly code: string;
}

const textOf = ({ catalogue, code }: CodeKey): string => `${catalogue}/${code}`;

/** Names of codes, of all catalogues in one statement; `null` for a code that its catalogue does not have. */
export function prepareNames({ orm }: Database): OpenLoader<CodeKey, string | null> {
  const { catalogue, code } = catalogueEntries;
  const keys = sql`(select * from unnest(${sql.placeholder('catalogues')}::text[], ${sql.placeholder('codes')}::text[]))`;
  const statement = orm
    .select()
    .from(catalogueEntries)
    .where(sql`(${catalogue}, ${code}) in ${keys}`)
    .prepare('names_by_codes');
  const read = async (wanted: readonly CodeKey[]): Promise<(string | null)[]> => {
    const different = [...new Map(wanted.map((key) => [textOf(key), key])).values()];
    const catalogues = different.map((key) => key.catalogue);
    const rows = await statement.execute({ catalogues, codes: different.map((key) => key.code) });
    const names = new Map(rows.map((row) => [textOf(row), row.name]));
    return wanted.map((key) => names.get(textOf(key)) ?? null);
  };
  return createLookUp(read, { textOf });
}
