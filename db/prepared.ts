import type postgres from 'postgres';

/** A statement as the driver holds it; it runs when it is awaited. */
export type Query = postgres.PendingQuery<postgres.Row[]>;

const escapeQuotes = (text: string): string => (/["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text);

/** A value as PostgreSQL reads it; `undefined` for what is not a text, texts or nothing. */
function writeText(value: unknown): string | null | undefined {
  if (typeof value === 'string' || value === null) return value;
  if (!Array.isArray(value)) return undefined;
  let list = '';
  for (const each of value) {
    if (typeof each !== 'string') return undefined;
    list += `${list && ','}"${escapeQuotes(each)}"`;
  }
  return `{${list}}`;
}

/** Values that are texts, lists of texts or `null`, as PostgreSQL reads them; `null` when one is something else. */
export function writeTexts(values: readonly unknown[]): (string | null)[] | null {
  const texts = [];
  for (const value of values) {
    const text = writeText(value);
    if (text === undefined) return null;
    texts.push(text);
  }
  return texts;
}

/**
 * The driver knows a prepared statement by the types of its arguments before its text: a text of some kilobytes that it
 * puts together and hashes anew each time, a twentieth of what a profile asked for alone costs this process. Without arguments the text itself is the name, found
 * by its address. The values are set where the driver would put them (`build` in connection.js of postgres 3.4). They are
 * sent as they are, but where PostgreSQL wants a `boolean` or `bytea`: give those as such, not as texts.
 */
export function sendPrepared(sql: postgres.Sql, text: string, texts: (string | null)[]): Query {
  const query: Query = sql.unsafe(text, [], { prepare: true, simple: false } as never);
  return Object.assign(query, { parameters: texts });
}
