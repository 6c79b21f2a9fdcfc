import DataLoader from 'dataloader';

interface OfCitizen {
  readonly citizenId: string;
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
export function createOneLoader<Row extends OfCitizen>(
  read: (citizenIds: readonly string[]) => Promise<readonly Row[]>,
): DataLoader<string, Row | null> {
  return new DataLoader(async (ids) => {
    const rows = new Map((await read(ids)).map((row) => [row.citizenId, row]));
    return ids.map((id) => rows.get(id) ?? null);
  });
}

/** All rows of a citizen in the order read; `[]` when there are none. */
export function createListLoader<Row extends OfCitizen>(
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
export function createChildLoader<Row extends RecordKey>(
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
