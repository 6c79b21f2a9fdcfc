import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectDatabase, type Database } from '#db';
import { personaHouseholds } from '#db/population';
import { createListLoader, visibleTo } from '#kit';
import { healthRecords } from '../../../subgraphs/health-records/index.ts';
import { createLoaders } from '../../../subgraphs/health-records/loaders/index.ts';
import * as tables from '../../../subgraphs/health-records/tables/index.ts';
import { startAgencyUnderTest, testAsOf } from '../../support/agency-under-test.ts';
import { everything } from './everything.ts';
import { idOf, visitsOf } from './people.ts';
import { compartmentRegister, readerOf } from './readers.ts';

const isOwn = (table: unknown): table is PgTable =>
  is(table, PgTable) && 'citizenId' in getTableColumns(table);
/** The tables of a citizen, each once. */
const ownTables = [...new Set((Object.values(tables) as readonly unknown[]).filter(isOwn))];
const namesOf = (pattern: RegExp): string[] =>
  ownTables.map(getTableName).filter((name) => pattern.test(name) && name !== 'health_files');
const below = namesOf(/^visit_/);
const entries = namesOf(/^health_/);

const households = personaHouseholds(testAsOf).filter(
  ({ members }) => !members.some(({ person }) => person.persona === 'heavy-record'),
);
const people = households.flatMap(({ members }) => members.map(({ person }) => person));
const visitors = people.filter((person) => visitsOf(person).length > 0);
const ids = visitors.map(({ citizenId }) => citizenId).slice(0, 100);

let agency: Awaited<ReturnType<typeof startAgencyUnderTest>>;
let database: Database;
beforeAll(async () => {
  agency = await startAgencyUnderTest(healthRecords, { households, facts: compartmentRegister() });
  database = connectDatabase({ url: agency.url });
});
afterAll(async () => {
  await database.close();
  await agency.close();
});

const read = async (allowed: readonly string[], of: readonly string[] = ids, selection = everything) => {
  const { data, errors } = await agency.entities(of, selection, readerOf(allowed));
  expect(errors).toBeUndefined();
  return data._entities;
};
const literalOf = (labels: readonly string[]): string => `'{${labels.join(',')}}'`;

describe('every table of a citizen', () => {
  test('names compartments in each row; the file names those of the birth', () => {
    const unlabelled = ownTables.filter((table) => !('compartments' in getTableColumns(table)));
    expect(unlabelled.map(getTableName)).toEqual(['health_files']);
    expect([below.length, entries.length, ownTables.length]).toEqual([11, 6, 20]);
  });

  test('is read by one statement, which leaves out what is not allowed', async () => {
    agency.statements.length = 0;
    await read([]);
    for (const name of ownTables.map(getTableName)) {
      const reads = agency.statements.filter((text) => text.includes(`"${name}"`));
      expect(reads, name).toHaveLength(1);
      const column = name === 'health_files' ? 'birth_compartments' : 'compartments';
      expect(reads[0]).toContain(`"${name}"."${column}" <@ k.allowed::text[]`);
    }
  });

  test('a key that does not come from the access does not compile', async () => {
    const { histories } = createLoaders(database)();
    // @ts-expect-error a text is not a decision
    await histories.load({ citizenId: idOf('stranger'), allowed: '{HIV}' });
    // @ts-expect-error rows in compartments need a loader that knows what is allowed
    createListLoader(async () => [{ citizenId: '', compartments: ['HIV'] }]);
  });

  test('a compartment that the list of scopes does not have is not allowed', async () => {
    const compartmentsOf = async () => ['MENTAL', 'OTHER', '"},{"', 'HIV'];
    expect(await visibleTo({ compartmentsOf }, idOf('stranger'))).toEqual({
      citizenId: idOf('stranger'),
      allowed: '{HIV,MENTAL}',
    });
  });
});

describe('labels of the population', () => {
  test('a visit, its sheet and everything below it stand in the same compartments', async () => {
    for (const table of below) {
      const wrong = await database.sql.unsafe(`
        select 1 from ${table} below join visits v using (citizen_id, visit_id) where below.compartments <> v.compartments`);
      expect(wrong, table).toEqual([]);
    }
    const sheets = await database.sql.unsafe(`
      select 1 from visits v join patient_sheets s using (citizen_id, sheet_number) where s.compartments <> v.compartments`);
    expect(sheets).toEqual([]);
  });
});

describe('what may not be seen is as if it were not there', () => {
  /** Deletes what a reader may not see, rows below visits first, and answers how many rows of each table. */
  async function forget(allowed: readonly string[]): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    await database.begin(async ({ sql }) => {
      for (const name of [...below, ...entries, 'visits', 'patient_sheets']) {
        const rows = await sql.unsafe(
          `delete from ${name} where not compartments <@ ${literalOf(allowed)} returning 1`,
        );
        counts.set(name, rows.length);
      }
      const births = await sql.unsafe(`
        update health_files set delivery = null, weight_grams = null, length_mm = null, was_premature = null,
          was_asphyxiated = null, defects = null, problems = null, birth_compartments = '{}'
        where not birth_compartments <@ ${literalOf(allowed)} returning 1`);
      counts.set('health_files', births.length);
    });
    return counts;
  }

  /** Labels beyond those of the visit, so that the rows are tested and not only the visit before them. */
  async function relabel(): Promise<void> {
    const labels = `(array['{}', '{HIV}', '{MENTAL}', '{HIV,SUBSTANCE}', '{GENETIC}', '{REPRODUCTIVE}']::text[])`;
    const labelOf = (key: string): string => `${labels}[1 + abs(hashtext(${key})) % 6]::text[]`;
    await database.begin(async ({ sql }) => {
      for (const name of below)
        await sql.unsafe(`
          update ${name} below set compartments = v.compartments || ${labelOf(`'${name}' || below::text`)}
          from visits v where v.citizen_id = below.citizen_id and v.visit_id = below.visit_id
            and not v.compartments && array['REPRODUCTIVE']`);
      for (const name of entries)
        await sql.unsafe(`
          update ${name} entry set compartments = compartments || ${labelOf(`'${name}' || entry::text`)}`);
      await sql.unsafe(`
        update health_files file set defects = 'Sứt môi', problems = 'Vàng da', delivery = coalesce(delivery, 'ASSISTED'),
          birth_compartments = ${labelOf('file::text')}`);
    });
  }

  test('for each set on the way from all compartments to none', async () => {
    await relabel();
    const births = `${everything} healthProfile { birth { defects problems lengthMm wasAsphyxiated } }`;
    const deleted = new Map<string, number>();
    const chain = [
      ['HIV', 'MENTAL', 'REPRODUCTIVE', 'SUBSTANCE'],
      ['HIV', 'MENTAL', 'REPRODUCTIVE'],
      ['HIV', 'MENTAL'],
      ['HIV'],
      [],
    ];
    for (const allowed of chain) {
      const seen = await read(allowed, ids, births);
      for (const [name, count] of await forget(allowed)) deleted.set(name, (deleted.get(name) ?? 0) + count);
      const all = await read(['HIV', 'MENTAL', 'REPRODUCTIVE', 'SUBSTANCE', 'GENETIC'], ids, births);
      expect(seen).toEqual(all);
    }
    const untested = [...deleted].filter(([, count]) => count === 0).map(([name]) => name);
    expect(untested).toEqual([]);
    expect(deleted.size).toBe(20);
  });

  test('a sheet in a compartment of its own is left out of a visit that is shown', async () => {
    const id = idOf('hiv-compartment');
    const sheet = 'healthRecords { nodes { id patient { fullName } } }';
    await database.sql.unsafe(
      `update patient_sheets set compartments = '{GENETIC}' where citizen_id = '${id}' and compartments = '{}'`,
    );
    const [hidden] = await read([], [id], sheet);
    const [shown] = await read(['GENETIC'], [id], sheet);
    expect(hidden.healthRecords.nodes.length).toBeGreaterThan(0);
    expect(hidden.healthRecords.nodes).toEqual(
      shown.healthRecords.nodes.map((node: object) => ({ ...node, patient: null })),
    );
    expect(shown.healthRecords.nodes[0].patient).not.toBeNull();
  });
});
