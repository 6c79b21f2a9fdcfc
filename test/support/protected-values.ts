import { inject } from 'vitest';
import { connectDatabase, type Database } from '#db';
import type { AgencyName } from '#schema';

const isWord = (text: string): boolean => /^[A-Z_]+$/.test(text);
const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** Values that tell of a person by themselves: no code words, no small numbers, no instants of bookkeeping. */
function* tellingIn(value: unknown): Generator<string> {
  if (typeof value === 'number' && Math.abs(value) >= 100_000) yield String(value);
  if (typeof value === 'string' && value.length >= 6 && !isWord(value) && !isUuid(value)) yield value;
  if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) yield* tellingIn(part);
}

async function readRows({ sql }: Database, ids: readonly string[]): Promise<readonly unknown[]> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'citizen_id' and table_name not in ('grants', 'notices')`;
  const rows = await Promise.all(
    tables.map(({ name }) =>
      sql.unsafe<{ row: unknown }>(
        `select to_jsonb(t) as row from "${name}" t where citizen_id = any($1::uuid[])`,
        [`{${ids.join(',')}}`],
      ),
    ),
  );
  return rows.flat().map(({ row }) => row);
}

/** What the agencies hold of these people and no refused answer may contain: names, numbers, dates, addresses, … */
export async function readProtectedValues(ids: readonly string[]): Promise<ReadonlySet<string>> {
  const agencies = Object.entries(inject('agencyUrls')) as [AgencyName, string][];
  const rows = await Promise.all(
    agencies
      .filter(([name]) => name !== 'consent')
      .map(async ([, url]) => {
        const database = connectDatabase({ url, queryTimeoutMs: 10_000 });
        return readRows(database, ids).finally(() => database.close());
      }),
  );
  return new Set(rows.flat().flatMap((row) => [...tellingIn(row)]));
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Which of the values stand in the text as words of their own. */
export function findValues(text: string, values: Iterable<string>): readonly string[] {
  const isAlone = (value: string): boolean =>
    text.includes(value) &&
    new RegExp(`(?<![\\p{L}\\p{N}])${escaped(value)}(?![\\p{L}\\p{N}])`, 'u').test(text);
  return [...values].filter(isAlone);
}
