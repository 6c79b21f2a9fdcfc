import DataLoader from 'dataloader';
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

/** One row per citizen, or `null`; `read` gets each id once and is one statement for all of them. */
export function createOneLoader<Row extends OfCitizen & Plain>(
  read: (citizenIds: readonly string[]) => Promise<readonly Row[]>,
): DataLoader<string, Row | null> {
  return new DataLoader(async (ids) => {
    const rows = new Map((await read(ids)).map((row) => [row.citizenId, row]));
    return ids.map((id) => rows.get(id) ?? null);
  });
}

/** All rows of a citizen in the order read; `[]` when there are none. */
export function createListLoader<Row extends OfCitizen & Plain>(
  read: (citizenIds: readonly string[]) => Promise<readonly Row[]>,
): DataLoader<string, readonly Row[]> {
  return new DataLoader(async (ids) => {
    const groups = groupBy(await read(ids), (row) => row.citizenId);
    return ids.map((id) => groups.get(id) ?? []);
  });
}

/**
 * All rows below one record of a citizen (the diagnoses of a visit, the classes of a licence), in the order read.
 * `read` gets two arrays of equal length, for `unnest`.
 */
export function createChildLoader<Row extends RecordKey & Plain>(
  read: (citizenIds: readonly string[], recordIds: readonly string[]) => Promise<readonly Row[]>,
): DataLoader<RecordKey, readonly Row[], string> {
  const textOf = (key: RecordKey): string => `${key.citizenId}/${key.recordId}`;
  return new DataLoader(
    async (keys) => {
      const rows = await read(
        keys.map((key) => key.citizenId),
        keys.map((key) => key.recordId),
      );
      const groups = groupBy(rows, textOf);
      return keys.map((key) => groups.get(textOf(key)) ?? []);
    },
    { cacheKeyFn: textOf },
  );
}

/** A citizen as one reader sees them, or one record of theirs. */
export interface VisibleKey extends VisibleCitizen {
  readonly recordId?: string;
}

/**
 * The rows that a reader may see, in the order read; `[]` when there are none. `read` leaves out what a key does not
 * allow, and rows of key `n` carry `ordinal: n` (from 1), so that keys which allow different things share a statement.
 */
export function createVisibleLoader<Row extends { readonly ordinal: number }>(
  read: (keys: readonly VisibleKey[]) => Promise<readonly Row[]>,
): DataLoader<VisibleKey, readonly Shown<Row>[], string> {
  const load = async (keys: readonly VisibleKey[]): Promise<Shown<Row>[][]> => {
    const groups: Shown<Row>[][] = keys.map(() => []);
    for (const row of await read(keys)) {
      const key = keys[row.ordinal - 1];
      if (key) groups[row.ordinal - 1]?.push(Object.assign(row, { allowed: key.allowed }));
    }
    return groups;
  };
  const cacheKeyFn = ({ citizenId, recordId = '', allowed }: VisibleKey): string =>
    `${citizenId}/${recordId}/${allowed}`;
  return new DataLoader(load, { cacheKeyFn });
}
