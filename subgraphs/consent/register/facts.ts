import { LRUCache } from 'lru-cache';
import type { Database } from '#db';
import type {
  ClientFacts,
  DependantFacts,
  EmergencyFacts,
  FactKey,
  Facts,
  GrantFacts,
  LinkFacts,
  PersonFacts,
  PurposeFacts,
  Scope,
} from '#schema';
import { prepareFacts, type FactRow } from './facts-statement.ts';

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What the database cannot hold is nobody's name. */
const heldOf = (text: string): string | null => (/[\0\p{Surrogate}]/u.test(text) ? null : text);

/** Who asks, as the database is told; the keys of many requests are one client's, mostly. */
function readersOf() {
  let made: Pick<FactKey, 'clientId' | 'purpose' | 'callerId'> | undefined;
  let reader = {
    client: null as string | null,
    purpose: null as string | null,
    caller: null as string | null,
  };
  return ({ clientId, purpose, callerId }: FactKey) => {
    if (made?.clientId === clientId && made.purpose === purpose && made.callerId === callerId) return reader;
    made = { clientId, purpose, callerId };
    const held = purpose === null ? null : (heldOf(purpose) ?? '');
    return (reader = { client: heldOf(clientId), purpose: held, caller: heldOf(callerId) });
  };
}

/** For each key, the place of the first one with the same client and purpose: it is asked for once. */
function findClients(keys: readonly FactKey[]): readonly number[] {
  const firsts: number[] = [];
  return keys.map(({ clientId, purpose }, n) => {
    const known = firsts.find((at) => keys[at]?.clientId === clientId && keys[at].purpose === purpose);
    if (known === undefined) firsts.push(n);
    return known ?? n;
  });
}

/** The keys as JSON, for `jsonb_to_recordset`. */
function writeKeys(keys: readonly FactKey[], firsts: readonly number[]): string {
  const readerOf = readersOf();
  const rows = keys.map((key, n) => {
    const { client, purpose, caller } = readerOf(key);
    const subject = uuidPattern.test(key.subject) ? key.subject : null;
    return { n, subject, client, purpose, caller, asks_client: firsts[n] === n };
  });
  return JSON.stringify(rows);
}

/** `2026-11-29 08:00:00.5+00` as RFC 3339 has it. */
function instantOf(text: string): string;
function instantOf(text: string | null): string | null;
function instantOf(text: string | null): string | null {
  if (text === null) return null;
  const instant = `${text.slice(0, 10)}T${text.slice(11)}`;
  return /[+-]\d\d$/.test(text) ? `${instant}:00` : instant;
}

const plainList = /^\{[\w.]+(,[\w.]+)*\}$/;
const lists = new LRUCache<string, readonly Scope[]>({ max: 1000 });

/** `{A,B}` as a list; no scope has a name that would be written otherwise. */
function scopesOf(text: string | null): readonly Scope[] {
  const known = lists.get(text ?? '');
  if (known) return known;
  const names = text !== null && plainList.test(text) ? text.slice(1, -1).split(',') : [];
  const list = Object.freeze(names) as readonly Scope[];
  lists.set(text ?? '', list);
  return list;
}

/** Columns that a kind of row always has. */
type Full = { readonly [Name in keyof FactRow]: NonNullable<FactRow[Name]> };

function personOf(row: FactRow): PersonFacts {
  const { personId, bornOn, lifeStatus, accountLevel: level, accountState: state } = row as Full;
  const account = row.accountLevel === null || row.accountState === null ? null : { level, state };
  return { citizenId: personId, bornOn, lifeStatus, account } as PersonFacts;
}

const grantOf = (row: FactRow): GrantFacts =>
  ({
    grantId: row.recordId,
    scopes: scopesOf(row.scopes),
    validFrom: instantOf(row.validFrom),
    validTo: instantOf(row.validTo),
    isOneTime: row.flag,
    usedByOperation: row.usedByOperation,
    status: row.what,
    givenBy: row.reference,
    givenAs: row.basis,
    childConsentedAt: instantOf(row.childConsentedAt),
    readerId: row.readerId,
  }) as GrantFacts;

const linkOf = (row: FactRow): LinkFacts => {
  const { what: relation, basis, validFrom } = row as Full;
  return { representative: personOf(row), relation, basis, validFrom, validTo: row.validTo };
};

const accessOf = (row: FactRow): EmergencyFacts => {
  const { recordId, validFrom, validTo } = row as Full;
  return {
    ...{ accessId: recordId, scopes: scopesOf(row.scopes) },
    ...{ beganAt: instantOf(validFrom), endsAt: instantOf(validTo) },
  };
};

function clientOf(row: FactRow, clientId: string): ClientFacts {
  const { what: code, basis: legalBasis, reference: legalReference } = row;
  const purpose = { code, scopes: scopesOf(row.scopes), legalBasis, legalReference } as PurposeFacts;
  return { clientId, isFirstParty: row.flag === true, purpose: code === null ? null : purpose };
}

/** Facts while their rows are being read. */
type Gathering = {
  -readonly [Name in keyof Facts]: Facts[Name] extends readonly (infer Each)[] ? Each[] : Facts[Name];
};

/** Facts of one key, and of the subject's dependants for the same reader. */
export interface KeyRead {
  readonly facts: Facts;
  readonly dependants: readonly DependantFacts[];
}

interface Gathered {
  readonly facts: Gathering;
  readonly dependants: { readonly subject: string; readonly facts: Gathering }[];
}

/** Adds to a list of few, which stays in the order of its instants. */
function insertInOrder<Each>(list: Each[], added: Each, orderOf: (each: Each) => string): void {
  let at = list.length;
  if (at > 0) {
    const text = orderOf(added);
    while (at > 0 && text < orderOf(list[at - 1] as Each)) at -= 1;
  }
  list.splice(at, 0, added);
}

const orderOfGrant = ({ validFrom, grantId }: GrantFacts): string => validFrom + grantId;
const orderOfLink = ({ validFrom, representative }: LinkFacts): string =>
  validFrom + representative.citizenId;
const orderOfAccess = ({ beganAt, accessId }: EmergencyFacts): string => beganAt + accessId;

function noteRow(facts: Gathering, row: FactRow): void {
  if (row.kind === 'LINK') insertInOrder(facts.links, linkOf(row), orderOfLink);
  else if (row.kind === 'ACCESS') insertInOrder(facts.emergencies, accessOf(row), orderOfAccess);
  else {
    facts.subject ??= row.personId === null ? null : personOf(row);
    if (row.recordId !== null) insertInOrder(facts.grants, grantOf(row), orderOfGrant);
  }
}

// No spreads: an object with them takes many times as long to make.
function blankOf(client: ClientFacts | null, isFresh: Facts['isFresh']): Gathering {
  return { client, subject: null, links: [], grants: [], emergencies: [], isFresh };
}

/** The facts that a row is of: the key's own, or those of a dependant, who is asked for by the same client. */
function findFacts({ facts, dependants }: Gathered, { isOwn, subject }: FactRow): Gathering {
  if (isOwn) return facts;
  for (const known of dependants) if (known.subject === subject) return known.facts;
  const added = { subject: subject ?? '', facts: blankOf(facts.client, facts.isFresh) };
  dependants.push(added);
  return added.facts;
}

/** Facts in the order of the keys, with those of their dependants: one prepared statement, however many there are. */
export function createFactsRead(database: Database) {
  const statement = prepareFacts(database);
  return async (
    keys: readonly FactKey[],
    now: Date,
    isFresh: Facts['isFresh'],
  ): Promise<readonly KeyRead[]> => {
    const firsts = findClients(keys);
    const rows = await statement.execute({ keys: writeKeys(keys, firsts), now: now.toISOString() });
    const found = keys.map((): ClientFacts | null => null);
    for (const row of rows)
      if (row.kind === 'CLIENT') found[row.n] = clientOf(row, keys[row.n]?.clientId ?? '');
    const clientAt = (n: number): ClientFacts | null => found[firsts[n] ?? n] ?? null;
    const read = keys.map((_, n): Gathered => ({ facts: blankOf(clientAt(n), isFresh), dependants: [] }));
    for (const row of rows) {
      const ofKey = read[row.n];
      if (ofKey && row.kind !== 'CLIENT') noteRow(findFacts(ofKey, row), row);
    }
    return read;
  };
}
