import postgres, { type Sql } from 'postgres';
import type { AgencyName } from '#schema';

/** What the profile reads, by agency: each becomes a schema of one database, so that one statement reaches all. */
const tables: Readonly<Partial<Record<AgencyName, readonly string[]>>> = {
  population: ['citizens', 'personal_numbers'],
  residence: ['residence_files', 'residence_registrations'],
  'id-cards': ['document_types', 'id_cards'],
  dependants: ['dependants'],
  vehicles: ['driving_licences', 'driving_licence_classes', 'point_events', 'vehicle_registrations'],
  'health-insurance': ['files', 'facilities', 'cards'],
  'social-insurance': ['files', 'periods'],
  'health-records': ['catalogue_entries', 'visits'],
};

const database = 'bench_floor';
const schemaOf = (agency: string): string => agency.replaceAll('-', '_');
const quiet = { max: 1, onnotice: () => {} };

interface Copy {
  readonly from: Sql;
  readonly to: Sql;
  readonly schema: string;
  readonly table: string;
}

/** Columns with their types; constraints are those of the source and need no second check. */
async function createTable({ from, to, schema, table }: Copy): Promise<void> {
  const columns = await from<{ name: string; type: string }[]>`
    select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped order by attnum`;
  const list = columns.map(({ name, type }) => `"${name}" ${type}`).join(', ');
  await to.unsafe(`create table "${schema}"."${table}" (${list})`);
}

/** The same indexes, primary keys among them. */
async function createIndexes({ from, to, schema, table }: Copy): Promise<void> {
  const indexes = await from<{ text: string }[]>`
    select indexdef as text from pg_indexes where schemaname = 'public' and tablename = ${table}`;
  for (const { text } of indexes) await to.unsafe(text.replace(` ON public.`, ` ON "${schema}".`));
}

/** Rows travel as the text of their whole, which reads back as a row of the same columns. */
async function copyTable(copy: Copy): Promise<void> {
  const { from, to, schema, table } = copy;
  await createTable(copy);
  const type = `"${schema}"."${table}"`;
  const parsed = `select each::${type} as whole from unnest($1::text[]) as each offset 0`;
  const insertion = `insert into ${type} select (whole).* from (${parsed}) as rows`;
  const rows = from.unsafe<{ text: string }[]>(`select t::text as text from "${table}" t`).cursor(5000);
  for await (const batch of rows) await to.unsafe(insertion, [batch.map(({ text }) => text)]);
  await createIndexes(copy);
}

/** Days a year later or more as the agencies count them: 29 February becomes 1 March in a common year. */
const addYears = `create function add_years(day date, years int) returns date language sql immutable as $$
  select (day + make_interval(years => years))::date
    + case when to_char(day, 'MM-DD') = '02-29'
        and extract(day from day + make_interval(years => years)) = 28 then 1 else 0 end $$`;

/** Points left on a licence: deductions, passed tests, and twelve months without either (Law 36/2024/QH15, Art. 58). */
const pointsOn = `create function points_on(citizen uuid, licence uuid, today date) returns int language plpgsql stable as $$
  declare balance int := 12; last_deduction date; event record;
  begin
    for event in select kind, points, effective_on from vehicles.point_events
      where citizen_id = citizen and record_id = licence and effective_on <= today order by effective_on, event_id
    loop
      if last_deduction is not null and balance <> 0 and add_years(last_deduction, 1) <= event.effective_on then
        balance := 12; last_deduction := null;
      end if;
      if event.kind = 'DEDUCTION' then
        balance := greatest(0, balance - event.points); last_deduction := event.effective_on;
      else
        balance := 12; last_deduction := null;
      end if;
    end loop;
    if last_deduction is not null and balance <> 0 and add_years(last_deduction, 1) <= today then return 12; end if;
    return balance;
  end $$`;

async function copyAgency(to: Sql, agency: string, url: string, names: readonly string[]): Promise<void> {
  const from = postgres(url, quiet);
  const schema = schemaOf(agency);
  await to.unsafe(`create schema "${schema}"`);
  for (const table of names) await copyTable({ from, to, schema, table });
  await from.end();
}

const urlOf = (adminUrl: string): string =>
  Object.assign(new URL(adminUrl), { pathname: `/${database}` }).href;

async function isThere(admin: Sql): Promise<boolean> {
  const rows = await admin`select from pg_database where datname = ${database}`;
  return rows.length > 0;
}

/** Whose age the copies have: the copy is made in one go, and its last act is to say that it is whole. */
async function isWhole(url: string): Promise<boolean> {
  const sql = postgres(url, quiet);
  const rows = await sql`select from pg_tables where tablename = 'whole'`;
  await sql.end();
  return rows.length > 0;
}

async function fill(url: string, urls: ReadonlyMap<AgencyName, string>): Promise<void> {
  const sql = postgres(url, quiet);
  for (const [agency, names] of Object.entries(tables))
    await copyAgency(sql, agency, urls.get(agency as AgencyName) ?? '', names);
  for (const text of [addYears, pointsOn, 'create table whole ()', 'analyze']) await sql.unsafe(text);
  await sql.end();
}

/** One database with copies of the tables that the profile reads; made the first time. Answers its URL. */
export async function prepareFloor(adminUrl: string, urls: ReadonlyMap<AgencyName, string>): Promise<string> {
  const url = urlOf(adminUrl);
  const admin = postgres(adminUrl, quiet);
  try {
    if ((await isThere(admin)) && (await isWhole(url))) return url;
    console.log('Copying the tables of the profile into one database, for the floor …');
    await admin.unsafe(`drop database if exists ${database}`);
    await admin.unsafe(`create database ${database}`);
    await fill(url, urls);
    return url;
  } finally {
    await admin.end();
  }
}
