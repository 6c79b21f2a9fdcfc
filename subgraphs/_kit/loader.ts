import { createLookUp, type OpenLoader } from './merged-look-up.ts';
import type { Shown, VisibleCitizen } from './visible.ts';

interface OfCitizen {
  readonly citizenId: string;
}

/** Rows in compartments are not for loaders that ask for a citizen alone: `createVisibleLoader`. */
interface Plain {
  readonly compartments?: never;
}

/** The identity of a record inside its citizen. */
export interface RecordKey extends OfCitizen {
  readonly recordId: string;
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

const none: readonly never[] = Object.freeze([]);
const distinct = (texts: readonly string[]): readonly string[] =>
  texts.length === 1 ? texts : [...new Set(texts)];

/** One value per text, or `null`; `read` gets each text once and is one statement for all of them. */
export function createTextLoader<Row, Value>(
  read: (texts: readonly string[]) => Promise<readonly Row[]>,
  entryOf: (row: Row) => readonly [text: string, value: Value],
): OpenLoader<string, Value | null> {
  return createLookUp(async (texts) => {
    const values = new Map((await read(distinct(texts))).map(entryOf));
    return texts.map((text) => values.get(text) ?? null);
  });
}

/** All rows of a text in the order read; `[]` when there are none. */
export function createTextListLoader<Row>(
  read: (texts: readonly string[]) => Promise<readonly Row[]>,
  textOf: (row: Row) => string,
): OpenLoader<string, readonly Row[]> {
  return createLookUp(async (texts) => {
    const groups = groupBy(await read(distinct(texts)), textOf);
    return texts.map((text) => groups.get(text) ?? none);
  });
}

/** One row per citizen, or `null`; `read` gets each id once and is one statement for all of them. */
export function createOneLoader<Row extends OfCitizen & Plain>(
  read: (citizenIds: readonly string[]) => Promise<readonly Row[]>,
): OpenLoader<string, Row | null> {
  return createTextLoader(read, (row) => [row.citizenId, row]);
}

/** All rows of a citizen in the order read; `[]` when there are none. */
export function createListLoader<Row extends OfCitizen & Plain>(
  read: (citizenIds: readonly string[]) => Promise<readonly Row[]>,
): OpenLoader<string, readonly Row[]> {
  return createTextListLoader(read, (row) => row.citizenId);
}

/** A catalogue as a whole, in the order read. */
export function createCatalogueLoader<Row>(
  read: () => Promise<readonly Row[]>,
): () => () => Promise<readonly Row[]> {
  const open = createLookUp<string, readonly Row[]>(async (keys) => {
    const rows = await read();
    return keys.map(() => rows);
  });
  return () => {
    const loader = open();
    return () => loader.load('');
  };
}

const recordTextOf = (key: RecordKey): string => `${key.citizenId}/${key.recordId}`;

/**
 * All rows below one record of a citizen (the diagnoses of a visit, the classes of a licence), in the order read.
 * `read` gets two arrays of equal length, for `unnest`.
 */
export function createChildLoader<Row extends RecordKey & Plain>(
  read: (citizenIds: readonly string[], recordIds: readonly string[]) => Promise<readonly Row[]>,
): OpenLoader<RecordKey, readonly Row[]> {
  const readAll = async (keys: readonly RecordKey[]): Promise<(readonly Row[])[]> => {
    const different = [...new Map(keys.map((key) => [recordTextOf(key), key])).values()];
    const rows = await read(
      different.map((key) => key.citizenId),
      different.map((key) => key.recordId),
    );
    const groups = groupBy(rows, recordTextOf);
    return keys.map((key) => groups.get(recordTextOf(key)) ?? none);
  };
  return createLookUp(readAll, { textOf: recordTextOf });
}

/** A citizen as one reader sees them, or one record of theirs. */
export interface VisibleKey extends VisibleCitizen {
  readonly recordId?: string;
}

/**
 * The rows that a reader may see, in the order read; `[]` when there are none. `read` leaves out what a key does not
 * allow, and rows of key `n` carry `ordinal: n` (from 1): so keys which allow different things, also those of different
 * readers, share a statement, and never a row.
 */
export function createVisibleLoader<Row extends { readonly ordinal: number }>(
  read: (keys: readonly VisibleKey[]) => Promise<readonly Row[]>,
): OpenLoader<VisibleKey, readonly Shown<Row>[]> {
  const readAll = async (keys: readonly VisibleKey[]): Promise<Shown<Row>[][]> => {
    const groups: Shown<Row>[][] = keys.map(() => []);
    for (const row of await read(keys)) {
      const key = keys[row.ordinal - 1];
      if (key) groups[row.ordinal - 1]?.push(Object.assign(row, { allowed: key.allowed }));
    }
    return groups;
  };
  const textOf = ({ citizenId, recordId = '', allowed }: VisibleKey): string =>
    `${citizenId}/${recordId}/${allowed}`;
  return createLookUp(readAll, { textOf });
}
