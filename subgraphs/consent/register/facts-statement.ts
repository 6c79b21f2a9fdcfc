import { sql, type SQL } from 'drizzle-orm';
import type { Database } from '#db';
import { guardianCarePurpose, maxDependants } from '#schema';
import {
  clients,
  emergencyAccesses as accesses,
  grants,
  purposes,
  representations as links,
  subjects,
} from '../tables/index.ts';

/** What a row of the register's answer holds beside its person; a person without grants has one row of `PERSON`. */
export type FactKind = 'CLIENT' | 'PERSON' | 'LINK' | 'ACCESS';

/**
 * One row of the answer. Columns of one type are shared by the kinds, since one statement has one list of them; what does
 * not belong to the kind is `null`. Instants are PostgreSQL's text, arrays its `{A,B}`.
 */
export interface FactRow {
  /** Place of the key that asked. */
  readonly n: number;
  readonly kind: FactKind;
  /** Whether the row is of the key's own subject, not of a dependant. */
  readonly isOwn: boolean;
  readonly subject: string | null;
  /** Of `PERSON` the subject, of `LINK` the representative; `null`: nobody has the id. */
  readonly personId: string | null;
  readonly bornOn: string | null;
  readonly lifeStatus: string | null;
  readonly accountLevel: number | null;
  readonly accountState: string | null;
  /** Of `PERSON` the grant, of `LINK` the record, of `ACCESS` the access. */
  readonly recordId: string | null;
  readonly scopes: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  /** A one-time grant; a first-party client. */
  readonly flag: boolean | null;
  /** Status of a grant, relation of a link, code of a purpose. */
  readonly what: string | null;
  /** `givenAs` of a grant, basis of a link, legal basis of a purpose. */
  readonly basis: string | null;
  /** `givenBy` of a grant, legal reference of a purpose. */
  readonly reference: string | null;
  readonly usedByOperation: string | null;
  readonly childConsentedAt: string | null;
  readonly readerId: string | null;
}

/** The columns after `n`, in their order, each with what it is when a kind has none. */
const columns = {
  kind: sql`null::text`,
  isOwn: sql`true`,
  subject: sql`null::uuid`,
  personId: sql`null::uuid`,
  bornOn: sql`null::date`,
  lifeStatus: sql`null::text`,
  accountLevel: sql`null::smallint`,
  accountState: sql`null::text`,
  recordId: sql`null::uuid`,
  scopes: sql`null::text`,
  validFrom: sql`null::text`,
  validTo: sql`null::text`,
  flag: sql`null::boolean`,
  what: sql`null::text`,
  basis: sql`null::text`,
  reference: sql`null::text`,
  usedByOperation: sql`null::text`,
  childConsentedAt: sql`null::text`,
  readerId: sql`null::text`,
} satisfies Record<Exclude<keyof FactRow, 'n'>, SQL>;

type Values = Partial<Record<keyof typeof columns, SQL>>;

const select = (kind: FactKind, values: Values): SQL => {
  const all: Values = { ...columns, ...values, kind: sql.raw(`'${kind}'::text`) };
  const listed = Object.keys(columns).map(
    (name) => sql`${all[name as keyof Values]} as ${sql.identifier(name)}`,
  );
  return sql`select k.n, ${sql.join(listed, sql`, `)}`;
};

/**
 * Read for each key by itself: `offset 0` keeps the planner from joining whole tables, so that it stays one look-up by
 * index, however big they are and whatever it takes the number of keys for.
 */
const each = (rows: SQL): SQL => sql`lateral (${rows} offset 0)`;

const person = (alias: string): Values => ({
  personId: sql.raw(`${alias}.citizen_id`),
  bornOn: sql.raw(`${alias}.born_on`),
  lifeStatus: sql.raw(`${alias}.life_status`),
  accountLevel: sql.raw(`${alias}.account_level`),
  accountState: sql.raw(`${alias}.account_state`),
});
const personOf = (id: SQL): SQL =>
  each(
    sql`select * from ${subjects} where ${subjects.citizenId} = ${id} and ${subjects.lifeStatus} <> 'UNKNOWN'`,
  );

/** Of the asking client and purpose; without a purpose, what lets the caller read as a parent or guardian. */
const grantsOfKey = each(sql`select * from ${grants} where ${grants.citizenId} = k.subject
  and case when k.purpose is null
    then ${grants.purpose} = ${sql.raw(`'${guardianCarePurpose}'`)} and ${grants.readerId} = k.caller
      and exists (select from ${clients} where ${clients.clientId} = k.client and ${clients.isFirstParty})
    else ${grants.clientId} = k.client and ${grants.purpose} = k.purpose
      and coalesce(${grants.readerId}, k.caller) = k.caller end`);

const people = sql`${select('PERSON', {
  ...person('s'),
  isOwn: sql`k.is_own`,
  subject: sql`k.subject`,
  recordId: sql`g.grant_id`,
  scopes: sql`g.scopes::text`,
  validFrom: sql`g.valid_from::text`,
  validTo: sql`g.valid_to::text`,
  flag: sql`g.is_one_time`,
  what: sql`g.status`,
  basis: sql`g.given_as`,
  reference: sql`g.given_by`,
  usedByOperation: sql`g.used_by_operation`,
  childConsentedAt: sql`g.child_consented_at::text`,
  readerId: sql`g.reader_id`,
})} from k left join ${personOf(sql`k.subject`)} as s on true left join ${grantsOfKey} as g on true`;

/** A link that holds on no day was taken back. */
const linksOfKey = each(sql`select * from ${links} where ${links.citizenId} = k.subject
  and (${links.validTo} is null or ${links.validTo} > ${links.validFrom})`);

const representatives = sql`${select('LINK', {
  ...person('s'),
  isOwn: sql`k.is_own`,
  subject: sql`k.subject`,
  recordId: sql`l.record_id`,
  validFrom: sql`l.valid_from::text`,
  validTo: sql`l.valid_to::text`,
  what: sql`l.relation`,
  basis: sql`l.basis`,
})} from k cross join ${linksOfKey} as l cross join ${personOf(sql`l.representative_id`)} as s`;

const emergencies = sql`${select('ACCESS', {
  isOwn: sql`k.is_own`,
  subject: sql`k.subject`,
  recordId: sql`a.access_id`,
  scopes: sql`a.scopes::text`,
  validFrom: sql`a.began_at::text`,
  validTo: sql`a.ends_at::text`,
})} from k cross join ${each(sql`select * from ${accesses} where ${accesses.citizenId} = k.subject
  and ${accesses.clientId} = k.client and ${accesses.officerId} = k.caller and ${accesses.endedAt} is null
  and ${accesses.endsAt} > ${sql.placeholder('now')}::timestamptz`)} as a`;

const clientsOfKeys = sql`${select('CLIENT', {
  flag: sql`c.is_first_party`,
  what: sql`p.code`,
  basis: sql`p.legal_basis`,
  scopes: sql`p.scopes::text`,
  reference: sql`p.legal_reference`,
})} from given as k
  join ${each(sql`select * from ${clients} where ${clients.clientId} = k.client and ${clients.status} = 'ACTIVE'`)} as c
  on k.asks_client left join ${each(sql`select * from ${purposes} where ${purposes.clientId} = k.client
  and ${purposes.code} = k.purpose and ${purposes.status} = 'ACTIVE'`)} as p on true`;

/** The keys travel as JSON, not as arrays: the planner then reckons alike with one key and with a hundred. */
const given = sql`select * from jsonb_to_recordset(${sql.placeholder('keys')}::jsonb)
  as keys(n int, subject uuid, client text, purpose text, caller text, asks_client boolean)`;

/**
 * Whether the reader may get as far as the subject's dependants; for anybody else they must not take time. Scalar
 * subqueries: of an `exists` the planner might make a hash of the whole table.
 */
const mayGoOn = sql`case when k.purpose is null then k.subject::text = k.caller
  else coalesce(
    (select true from ${grants} where ${grants.citizenId} = k.subject and ${grants.clientId} = k.client
      and ${grants.purpose} = k.purpose and ${grants.status} = 'ACTIVE' limit 1),
    (select true from ${purposes} where ${purposes.clientId} = k.client and ${purposes.code} = k.purpose
      and ${purposes.legalBasis} = 'STATUTE'), false) end`;

/** Each key, and the same for those whom its subject represents today. */
const keyRows = sql`select n, true as is_own, subject, client, purpose, caller from given
  union all
  select k.n, false, d.citizen_id, k.client, k.purpose, k.caller
  from given as k, lateral (select distinct ${links.citizenId} from ${links} where ${links.representativeId} = k.subject
    and (${links.validTo} is null or ${links.validTo} > ${sql.placeholder('now')}::timestamptz::date)
    limit ${sql.raw(String(maxDependants))}) as d
  where ${mayGoOn}`;

/**
 * One row for each thing that is known, in no order: rows of plain columns cost the database a quarter of what objects cost
 * it that it writes as JSON.
 */
export function prepareFacts({ orm }: Database) {
  const rows = sql`(with given as materialized (${given}), k as materialized (${keyRows})
    ${people} union all ${representatives} union all ${emergencies} union all ${clientsOfKeys}) as r`;
  const fields = Object.fromEntries(
    ['n', ...Object.keys(columns)].map((name) => [name, sql`r.${sql.identifier(name)}`]),
  ) as { [Name in keyof FactRow]: SQL<FactRow[Name]> };
  return orm.select(fields).from(rows).prepare('register_facts');
}
