import { randomUUID } from 'node:crypto';
import { connectDatabase, type Database } from '#db';
import type { Scope } from '#schema';
import type { TokenOrder } from '#db/population/issuer';
import type { DatabaseUrls } from '../subgraphs/load.ts';
import { readParent } from './cpu.ts';

const client = 'bench';
const purpose = 'profile';
const scopes: readonly Scope[] = [
  'PERSONAL_INFORMATION',
  'RESIDENCE',
  'ID_CARDS',
  'DEPENDANTS',
  'DRIVING_LICENCE',
  'VEHICLES',
  'HEALTH_INSURANCE',
  'SOCIAL_INSURANCE',
  'HEALTH_RECORDS',
];

/** An officer of the app that asks. */
export const benchOrder: TokenOrder = {
  sub: randomUUID(),
  clientId: client,
  level: 2,
  roles: ['officer'],
  purpose: { purpose },
};

async function registerClient({ sql }: Database): Promise<void> {
  await sql`
    insert into clients (client_id, name, controller, kind, is_first_party, status)
    values (${client}, 'Benchmark', 'Benchmark', 'STATE', false, 'ACTIVE')
    on conflict (client_id) do update set status = 'ACTIVE'`;
  await sql`
    insert into purposes (client_id, code, title_en, title_vi, controller, legal_basis, scopes, retention_days, status)
    values (${client}, ${purpose}, 'Profile', 'Hồ sơ', 'Benchmark', 'CONSENT', ${[...scopes]}::text[], 1, 'ACTIVE')
    on conflict do nothing`;
}

/** Whose consent is missing yet: of every adult, and of everybody whom somebody with an account represents. */
const missing = `
  create temp table missing on commit drop as
  select citizen_id, given_by, given_as from (
    select citizen_id, citizen_id::text as given_by, 'SELF' as given_as from subjects
    where born_on <= current_date - interval '18 years'
    union all
    (select distinct on (l.citizen_id) l.citizen_id, l.representative_id::text, 'GUARDIAN'
    from representations l
    join subjects r on r.citizen_id = l.representative_id
    where l.valid_from < current_date and (l.valid_to is null or l.valid_to > current_date)
      and r.life_status = 'ALIVE' and r.account_state = 'ACTIVE' and r.account_level = 2
    order by l.citizen_id, l.record_id)
  ) as given
  where not exists (select from grants g where g.citizen_id = given.citizen_id and g.client_id = '${client}')`;

/** A consent of every adult for themselves, and of a representative for everybody who has one. */
async function grantEverything(database: Database): Promise<void> {
  const list = [...scopes];
  await database.begin(async ({ sql }) => {
    await sql.unsafe(missing);
    await sql`
      insert into grants (citizen_id, grant_id, request_id, client_id, purpose, scopes, valid_from, is_one_time, method,
        evidence_hash, notice_version, notice_language, given_by, given_as, child_consented_at, status, given_at)
      select citizen_id, gen_random_uuid(), gen_random_uuid(), ${client}, ${purpose}, ${list}::text[],
        now() - interval '1 hour', false, 'APP', 'bench', 1, 'vi', given_by, given_as, now() - interval '1 hour',
        'ACTIVE', now()
      from missing`;
  });
  await database.sql`vacuum analyze grants`;
}

/** Numbers of citizens whose profile the consents open whole: adults with a live account, all their dependants alive. */
async function drawNumbers({ sql }: Database): Promise<readonly string[]> {
  const rows = await sql<{ number: string }>`
    select n.value as number from (
      select citizen_id from subjects s
      where life_status = 'ALIVE' and account_state = 'ACTIVE' and account_level = 2
        and born_on <= current_date - interval '18 years'
        and not exists (
          select from representations l join subjects d on d.citizen_id = l.citizen_id
          where l.representative_id = s.citizen_id and (d.life_status <> 'ALIVE' or not exists (
            select from grants g where g.citizen_id = d.citizen_id and g.client_id = ${client})))
      order by random() limit 20000) as drawn
    join lateral (select value from subject_numbers where citizen_id = drawn.citizen_id and length(value) = 12 limit 1) n
      on true`;
  return rows.map(({ number }) => number);
}

/** Whom the load asks about, and the process of the database, whose time is measured. */
export interface Asked {
  /** Drawn at random, so that no cache of a few rows flatters the result. */
  readonly numbers: readonly string[];
  readonly postmaster: number;
}

async function withRegister<Value>(urls: DatabaseUrls, work: (database: Database) => Promise<Value>) {
  const url = urls.get('consent') ?? '';
  const database = connectDatabase({ url, poolSize: 1, queryTimeoutMs: 600_000 });
  return work(database).finally(() => database.close());
}

/**
 * Registers an app with consents of all citizens for everything in the profile. Writes to the consent database; the
 * consents stay there, and {@link endRight} makes them worthless.
 */
export function prepareRight(urls: DatabaseUrls): Promise<Asked> {
  return withRegister(urls, async (database) => {
    await registerClient(database);
    await grantEverything(database);
    const [backend] = await database.sql<{ pid: number }>`select pg_backend_pid() as pid`;
    return { numbers: await drawNumbers(database), postmaster: readParent(backend?.pid ?? 0) };
  });
}

/** Suspends the app: its consents let nobody read anything until the next benchmark. */
export async function endRight(urls: DatabaseUrls): Promise<void> {
  await withRegister(
    urls,
    ({ sql }) => sql`update clients set status = 'SUSPENDED' where client_id = ${client}`,
  );
}
