import type { Database, Transaction } from '#db';
import type { LinkNotice, Notice, PersonNotice } from '#schema';

type Versioned<Body> = Body & { readonly version: number };

/** The newest of each record, in the order of keys, so that two registers at work never wait for each other in a ring. */
function newestOf<Body>(
  list: readonly Versioned<Body>[],
  keyOf: (body: Body) => string,
): readonly Versioned<Body>[] {
  const newest = new Map<string, Versioned<Body>>();
  for (const each of list) {
    const key = keyOf(each);
    if ((newest.get(key)?.version ?? -1) < each.version) newest.set(key, each);
  }
  return [...newest].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, each]) => each);
}

const subjectRowOf = ({ person, personalIds, version }: Versioned<PersonNotice>) => ({
  citizen_id: person.citizenId,
  born_on: person.bornOn,
  life_status: personalIds.length === 0 ? 'UNKNOWN' : person.lifeStatus,
  account_level: person.account?.level ?? null,
  account_state: person.account?.state ?? null,
  version,
});

/** Answers whose notice was news. */
async function writeSubjects(
  { sql }: Transaction,
  persons: readonly Versioned<PersonNotice>[],
): Promise<ReadonlySet<string>> {
  const rows = JSON.stringify(persons.map(subjectRowOf));
  const written = await sql<{ id: string }>`
    insert into subjects (citizen_id, born_on, life_status, account_level, account_state, version)
    select citizen_id, born_on, life_status, account_level, account_state, version
    from jsonb_to_recordset(${rows}::jsonb) as given(
      citizen_id uuid, born_on date, life_status text, account_level smallint, account_state text, version bigint)
    on conflict (citizen_id) do update set born_on = excluded.born_on, life_status = excluded.life_status,
      account_level = excluded.account_level, account_state = excluded.account_state, version = excluded.version
    where subjects.version < excluded.version
    returning citizen_id as id`;
  return new Set(written.map(({ id }) => id));
}

/** The numbers that lead to somebody are exactly those of the notice. */
async function writeNumbers({ sql }: Transaction, persons: readonly PersonNotice[]): Promise<void> {
  const owners = persons.flatMap(({ person, personalIds }) =>
    personalIds.map((value) => [value, person.citizenId] as const),
  );
  const rows = [...new Map(owners)].sort(([one], [other]) => (one < other ? -1 : 1));
  const numbers = JSON.stringify(rows.map(([value, citizen_id]) => ({ value, citizen_id })));
  const citizenIds = persons.map(({ person }) => person.citizenId);
  await sql`
    delete from subject_numbers where citizen_id = any(${citizenIds}::uuid[]) and not exists (
      select from jsonb_to_recordset(${numbers}::jsonb) as given(value text, citizen_id uuid)
      where given.value = subject_numbers.value and given.citizen_id = subject_numbers.citizen_id)`;
  await sql`
    insert into subject_numbers (value, citizen_id)
    select value, citizen_id from jsonb_to_recordset(${numbers}::jsonb) as given(value text, citizen_id uuid)
    on conflict (value) do update set citizen_id = excluded.citizen_id
    where subject_numbers.citizen_id <> excluded.citizen_id`;
}

/** A record that was taken back ends on the day it began: it holds on no day, and its version stays known. */
const linkRowOf = ({ link, isDeleted, version, ...ids }: Versioned<LinkNotice>) => ({
  citizen_id: ids.dependantId,
  record_id: ids.recordId,
  representative_id: ids.representativeId,
  relation: link.relation,
  basis: link.basis,
  valid_from: link.validFrom,
  valid_to: isDeleted ? link.validFrom : link.validTo,
  version,
});

async function writeLinks({ sql }: Transaction, links: readonly Versioned<LinkNotice>[]): Promise<void> {
  await sql`
    insert into representations
      (citizen_id, record_id, representative_id, relation, basis, valid_from, valid_to, version)
    select citizen_id, record_id, representative_id, relation, basis, valid_from, valid_to, version
    from jsonb_to_recordset(${JSON.stringify(links.map(linkRowOf))}::jsonb) as given(
      citizen_id uuid, record_id uuid, representative_id uuid, relation text, basis text,
      valid_from date, valid_to date, version bigint)
    on conflict (citizen_id, record_id) do update set representative_id = excluded.representative_id,
      relation = excluded.relation, basis = excluded.basis, valid_from = excluded.valid_from,
      valid_to = excluded.valid_to, version = excluded.version
    where representations.version < excluded.version`;
}

const withVersion = ({ version, body }: Notice) => ({ ...body, version });

/** Applies notices in one transaction: all or none, each record's newest version, however often and in whatever order. */
export async function applyNotices(database: Database, notices: readonly Notice[]): Promise<void> {
  const all = notices.map(withVersion);
  const persons = newestOf(
    all.filter((each) => each.kind === 'person'),
    ({ person }) => person.citizenId,
  );
  const links = newestOf(
    all.filter((each) => each.kind === 'link'),
    ({ dependantId, recordId }) => `${dependantId}/${recordId}`,
  );
  await database.begin(async (transaction) => {
    if (links.length > 0) await writeLinks(transaction, links);
    if (persons.length === 0) return;
    const news = await writeSubjects(transaction, persons);
    const changed = persons.filter(({ person }) => news.has(person.citizenId));
    if (changed.length > 0) await writeNumbers(transaction, changed);
  });
}
