import { sql, type SQL } from 'drizzle-orm';
import type { Database } from '#db';
import { guardianCarePurpose, maxDependants, type ClientFacts, type FactKey, type Facts } from '#schema';
import {
  clients,
  emergencyAccesses as accesses,
  grants,
  purposes,
  representations as links,
  subjects,
} from '../tables/index.ts';

/** A JSON object of columns and expressions, made by the database. */
function objectOf(parts: Readonly<Record<string, unknown>>): SQL {
  const pairs = Object.entries(parts).map(([name, value]) => sql`${sql.raw(`'${name}'`)}, ${value}`);
  return sql`json_build_object(${sql.join(pairs, sql`, `)})`;
}

const purposeObject = objectOf({
  code: purposes.code,
  scopes: purposes.scopes,
  legalBasis: purposes.legalBasis,
  legalReference: purposes.legalReference,
});

const personObject = objectOf({
  citizenId: subjects.citizenId,
  bornOn: subjects.bornOn,
  lifeStatus: subjects.lifeStatus,
  account: sql`case when ${subjects.accountLevel} is not null and ${subjects.accountState} is not null then ${objectOf(
    {
      level: subjects.accountLevel,
      state: subjects.accountState,
    },
  )} end`,
});

const linkObject = objectOf({
  representative: personObject,
  relation: links.relation,
  basis: links.basis,
  validFrom: links.validFrom,
  validTo: links.validTo,
});

const grantObject = objectOf({
  grantId: grants.grantId,
  scopes: grants.scopes,
  validFrom: grants.validFrom,
  validTo: grants.validTo,
  isOneTime: grants.isOneTime,
  usedByOperation: grants.usedByOperation,
  status: grants.status,
  givenBy: grants.givenBy,
  givenAs: grants.givenAs,
  childConsentedAt: grants.childConsentedAt,
  readerId: grants.readerId,
});

const accessObject = objectOf({
  accessId: accesses.accessId,
  scopes: accesses.scopes,
  beganAt: accesses.beganAt,
  endsAt: accesses.endsAt,
});

const client = sql`(select ${objectOf({
  clientId: clients.clientId,
  isFirstParty: clients.isFirstParty,
  purpose: sql`(select ${purposeObject} from ${purposes}
    where ${purposes.clientId} = k.client and ${purposes.code} = k.purpose and ${purposes.status} = 'ACTIVE')`,
})} from ${clients} where ${clients.clientId} = k.client and ${clients.status} = 'ACTIVE')`;

const subject = sql`(select ${personObject} from ${subjects}
  where ${subjects.citizenId} = k.subject and ${subjects.lifeStatus} <> 'UNKNOWN')`;

/** A link that holds on no day was taken back. */
const linkList = sql`(select coalesce(json_agg(${linkObject} order by ${links.validFrom}, ${links.recordId}), '[]')
  from ${links} join ${subjects} on ${subjects.citizenId} = ${links.representativeId} and ${subjects.lifeStatus} <> 'UNKNOWN'
  where ${links.citizenId} = k.subject and (${links.validTo} is null or ${links.validTo} > ${links.validFrom}))`;

/** Of the asking client and purpose; without a purpose, what lets the caller read as a parent or guardian. */
const grantList = sql`(select coalesce(json_agg(${grantObject} order by ${grants.validFrom}, ${grants.grantId}), '[]')
  from ${grants} where ${grants.citizenId} = k.subject and case when k.purpose is null
    then ${grants.purpose} = ${sql.raw(`'${guardianCarePurpose}'`)} and ${grants.readerId} = k.caller
      and exists (select from ${clients} where ${clients.clientId} = k.client and ${clients.isFirstParty})
    else ${grants.clientId} = k.client and ${grants.purpose} = k.purpose
      and coalesce(${grants.readerId}, k.caller) = k.caller end)`;

const accessList = sql`(select coalesce(json_agg(${accessObject} order by ${accesses.beganAt}, ${accesses.accessId}), '[]')
  from ${accesses} where ${accesses.citizenId} = k.subject and ${accesses.clientId} = k.client
    and ${accesses.officerId} = k.caller and ${accesses.endedAt} is null
    and ${accesses.endsAt} > ${sql.placeholder('now')}::timestamptz)`;

/**
 * The keys travel as JSON, not as arrays: the planner then reckons alike with one key and with a hundred, and keeps one
 * plan. Scalar subqueries make that plan an index look-up per key and table, however big the tables are.
 */
const given = sql`select * from jsonb_to_recordset(${sql.placeholder('keys')}::jsonb)
  as given(n int, subject uuid, client text, purpose text, caller text, asks_client boolean)`;

/**
 * Whether the reader may get as far as the subject's dependants; for anybody else they must not take time. Scalar
 * subqueries again: of an `exists` the planner might make a hash of the whole table.
 */
const mayGoOn = sql`case when k.purpose is null then k.subject::text = k.caller
  else coalesce(
    (select true from ${grants} where ${grants.citizenId} = k.subject and ${grants.clientId} = k.client
      and ${grants.purpose} = k.purpose and ${grants.status} = 'ACTIVE' limit 1),
    (select true from ${purposes} where ${purposes.clientId} = k.client and ${purposes.code} = k.purpose
      and ${purposes.legalBasis} = 'STATUTE'), false) end`;

/** Each key, and the same for those whom its subject represents today. */
const keyRows = sql`(with k as materialized (${given})
  select k.*, true as is_own from k
  union all
  select k.n, d.citizen_id, k.client, k.purpose, k.caller, false, false
  from k, lateral (select distinct ${links.citizenId} from ${links} where ${links.representativeId} = k.subject
    and (${links.validTo} is null or ${links.validTo} > ${sql.placeholder('now')}::timestamptz::date)
    limit ${sql.raw(String(maxDependants))}) as d
  where ${mayGoOn}) as k`;

type Read = Omit<Facts, 'isFresh'>;

function prepareFacts({ orm }: Database) {
  const facts = objectOf({ subject, links: linkList, grants: grantList, emergencies: accessList });
  return orm
    .select({
      n: sql<number>`k.n`,
      subject: sql<string>`k.subject`,
      isOwn: sql<boolean>`k.is_own`,
      client: sql<ClientFacts | null>`case when k.asks_client then ${client} end`,
      facts: sql<Omit<Read, 'client'>>`${facts}`,
    })
    .from(keyRows)
    .orderBy(sql`k.n`, sql`k.is_own desc`)
    .prepare('register_facts');
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const nameOf = ({ clientId, purpose }: FactKey): string => JSON.stringify([clientId, purpose]);
/** What the database cannot hold is nobody's name. */
const heldOf = (text: string | null): string | null =>
  text === null || /[\0\p{Surrogate}]/u.test(text) ? null : text;

/** The rows of keys; the client of many keys is asked for once. */
function createRows(keys: readonly FactKey[]) {
  const known = new Set<string>();
  return keys.map(({ subject: id, clientId, purpose, callerId }, n) => {
    const text = nameOf(keys[n] as FactKey);
    const isNew = !known.has(text);
    known.add(text);
    return {
      n,
      subject: uuidPattern.test(id) ? id : null,
      client: heldOf(clientId),
      purpose: purpose === null ? null : (heldOf(purpose) ?? ''),
      caller: heldOf(callerId),
      asks_client: isNew,
    };
  });
}

/** Facts of one key but for their freshness, and of the subject's dependants for the same reader. */
export interface KeyRead {
  readonly facts: Read;
  readonly dependants: readonly { readonly subject: string; readonly facts: Read }[];
}

/** Facts in the order of the keys: one prepared statement, however many there are. */
export function createFactsRead(database: Database) {
  const statement = prepareFacts(database);
  return async (keys: readonly FactKey[], now: Date): Promise<readonly KeyRead[]> => {
    const given = JSON.stringify(createRows(keys));
    const rows = await statement.execute({ keys: given, now: now.toISOString() });
    const clientsByName = new Map<string, ClientFacts | null>();
    const dependants = keys.map((): { subject: string; facts: Read }[] => []);
    const own: KeyRead[] = [];
    // Ordered by key, its own row first: a client stands in the row of the first key that names it.
    for (const { n, subject: id, isOwn, client: found, facts } of rows) {
      const name = nameOf(keys[n] as FactKey);
      if (isOwn && !clientsByName.has(name)) clientsByName.set(name, found);
      const read = { ...facts, client: clientsByName.get(name) ?? null };
      const ofKey = dependants[n] ?? [];
      if (isOwn) own.push({ facts: read, dependants: ofKey });
      else ofKey.push({ subject: id, facts: read });
    }
    return own;
  };
}
