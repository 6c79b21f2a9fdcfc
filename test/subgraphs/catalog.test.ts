import { existsSync } from 'node:fs';
import { getTableName, type Table } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { bootstrapDatabases, connectDatabase, migrateDatabase, type Database } from '#db';
import { migrationsFolderOf } from '#kit';
import { agencyNames, type AgencyName } from '#schema';

/** Tables that are not keyed by citizen, each for a reason that its agency states in `tables.ts`. */
interface Exempt {
  readonly reference: ReadonlySet<string>;
  readonly lookup: ReadonlySet<string>;
}

async function readExempt(name: AgencyName): Promise<Exempt> {
  const folder = `../../subgraphs/${name}`;
  const isFile = existsSync(new URL(`${folder}/tables.ts`, import.meta.url));
  const tables = (await import(isFile ? `${folder}/tables.ts` : `${folder}/tables/index.ts`)) as {
    referenceTables?: readonly Table[];
    lookupTables?: readonly Table[];
  };
  const namesOf = (list: readonly Table[] = []) => new Set(list.map((table) => getTableName(table)));
  return { reference: namesOf(tables.referenceTables), lookup: namesOf(tables.lookupTables) };
}

/** The rules by which a table can be spread over servers by citizen, unchanged; each row found is a fault. */
const rules: Readonly<Record<string, string>> = {
  'citizen_id leads every primary and unique key': `
    select t.relname as name from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
    left join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
    where n.nspname = 'public' and i.indisunique and a.attname is distinct from 'citizen_id'`,
  'every table has a primary key': `
    select t.relname as name from pg_class t join pg_namespace n on n.oid = t.relnamespace
    where n.nspname = 'public' and t.relkind = 'r' and not exists (select from pg_index i where i.indrelid = t.oid and i.indisprimary)`,
  'citizen_id is a uuid that is not null': `
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'citizen_id' and (data_type <> 'uuid' or is_nullable = 'YES')`,
  'no serial, identity or generated column': `
    select table_name as name from information_schema.columns where table_schema = 'public'
    and (is_identity = 'YES' or is_generated <> 'NEVER' or column_default like 'nextval%')`,
  'no exclusion or deferrable constraint': `
    select conrelid::regclass::text as name from pg_constraint where connamespace = 'public'::regnamespace and (contype = 'x' or condeferrable)`,
  'foreign keys stay inside the citizen or lead to reference tables': `
    select c.conrelid::regclass::text || '->' || c.confrelid::regclass::text as name from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.connamespace = 'public'::regnamespace and c.contype = 'f' and a.attname <> 'citizen_id'`,
  'no trigger but those that note changes for the register and keep its proof': `
    select tgrelid::regclass::text as name from pg_trigger t join pg_proc p on p.oid = t.tgfoid where not tgisinternal
    and proname not in ('raise_version', 'note_change', 'note_change_of_number', 'refuse_deletion')`,
};

async function findFaults({ sql }: Database, rule: string, { reference, lookup }: Exempt): Promise<string[]> {
  const rows = await sql.unsafe<{ name: string }>(rule);
  const isExempt = (name: string): boolean => {
    const [table = '', target] = name.split('->');
    return reference.has(table) || lookup.has(table) || (target !== undefined && reference.has(target));
  };
  return rows.map(({ name }) => name).filter((name) => !isExempt(name));
}

const nothingExempt: Exempt = { reference: new Set(), lookup: new Set() };
const databases = new Map<string, Database>();

async function openDatabase(name: string): Promise<string> {
  const database = `lint-${name}`;
  const url = (await bootstrapDatabases(inject('adminUrl'), [database])).get(database) ?? '';
  databases.set(name, connectDatabase({ url, poolSize: 1, queryTimeoutMs: 10_000 }));
  return url;
}

beforeAll(async () => {
  for (const name of agencyNames)
    await migrateDatabase({ url: await openDatabase(name), migrationsFolder: migrationsFolderOf(name) });
  await openDatabase('offender');
});
afterAll(() => Promise.all([...databases.values()].map((database) => database.close())));

const databaseOf = (name: string): Database => {
  const database = databases.get(name);
  if (!database) throw new Error('The database was not opened.');
  return database;
};

describe.each(agencyNames)('%s', (name) => {
  test.each(Object.entries(rules))('%s', async (_, rule) => {
    expect(await findFaults(databaseOf(name), rule, await readExempt(name))).toEqual([]);
  });

  test('look-up tables hold a value and the citizen it leads to, nothing else', async () => {
    const { lookup } = await readExempt(name);
    for (const table of lookup) {
      const columns = await databaseOf(name).sql<{ name: string }>`
        select column_name as name from information_schema.columns where table_name = ${table} order by 1`;
      expect(columns.map((column) => column.name)).toContain('citizen_id');
      expect(columns.length).toBeLessThanOrEqual(3);
    }
  });
});

const offences: Readonly<Record<string, string>> = {
  'citizen_id leads every primary and unique key':
    'create table bad (id int primary key, citizen_id uuid not null)',
  'every table has a primary key': 'create table bad (citizen_id uuid not null)',
  'citizen_id is a uuid that is not null': 'create table bad (citizen_id text primary key)',
  'no serial, identity or generated column':
    'create table bad (citizen_id uuid, id int generated always as identity, primary key (citizen_id, id))',
  'no exclusion or deferrable constraint': 'create table bad (citizen_id uuid primary key deferrable)',
  'foreign keys stay inside the citizen or lead to reference tables':
    'create table target (code text primary key); create table bad (citizen_id uuid primary key, code text references target)',
  'no trigger but those that note changes for the register and keep its proof':
    "create function f() returns trigger language plpgsql as 'begin return new; end'; create table bad (citizen_id uuid primary key); create trigger t before insert on bad for each row execute function f()",
};

test.each(Object.entries(rules))('the rule "%s" finds an offender', async (name, rule) => {
  const database = databaseOf('offender');
  await database.sql.unsafe('drop schema public cascade; create schema public');
  await database.sql.unsafe(offences[name] ?? '');
  const faults = await findFaults(database, rule, nothingExempt);
  expect(faults.some((fault) => fault.startsWith('bad'))).toBe(true);
});
