import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type postgres from 'postgres';

/** Feeds a `COPY … FROM STDIN` and resolves when the server has taken everything. */
export async function copyInto(sql: postgres.Sql, text: string, chunks: Iterable<string>): Promise<void> {
  const query = sql.unsafe(text);
  // The driver tells nobody of an error that arrives after the last chunk; its own reject is the only place.
  const driver = query as unknown as { reject: (error: unknown) => void };
  const rejectQuery = driver.reject;
  const refused = new Promise<never>((_, reject) => {
    driver.reject = (error) => {
      rejectQuery(error);
      reject(error);
    };
  });
  refused.catch(() => {});
  const stream = await query.writable();
  await Promise.race([pipeline(Readable.from(chunks), stream), refused]);
}

export interface Watched {
  readonly chunks: Iterable<string>;
  /** The error that reading the chunks ended with, if it did. */
  readonly failure: () => { readonly error: unknown } | undefined;
}

/** Remembers what reading the source ended with, so that it can be told from an error of the database. */
export function watch(source: Iterable<string>): Watched {
  let failure: { readonly error: unknown } | undefined;
  function* chunks(): Generator<string> {
    try {
      yield* source;
    } catch (error) {
      failure = { error };
      throw error;
    }
  }
  return { chunks: chunks(), failure: () => failure };
}
