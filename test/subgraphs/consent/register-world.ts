import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { bootstrapDatabases, connectDatabase, migrateDatabase, type Database } from '#db';
import { personaHouseholds } from '#db/population';
import { beginPopulation, collectRows, migrationsFolderOf, readMark, writeStep, type Agency } from '#kit';
import type { FactKey, FactsSource, FeedName, ReadNotices } from '#schema';
import { consent } from '../../../subgraphs/consent/index.ts';
import { dependants } from '../../../subgraphs/dependants/index.ts';
import { population } from '../../../subgraphs/population/index.ts';

export const asOf = '2026-11-01';
export const now = new Date(`${asOf}T12:00:00+07:00`);

const people = personaHouseholds(asOf).flatMap(({ members }) => members.map(({ person }) => person));

/** The opaque id of a persona. */
export function idOf(persona: string): string {
  const found = people.find((person) => person.persona === persona);
  if (!found) throw new Error('No persona has this name.');
  return found.citizenId;
}

/** What the bank asks about somebody, unless said otherwise. */
export const keyOf = (subject: string, more: Partial<FactKey> = {}): FactKey => ({
  subject,
  clientId: 'bank-loans',
  purpose: 'loan-assessment',
  callerId: 'officer-1',
  ...more,
});

/** A feed of an agency where nothing ever changes. */
export const silent: ReadNotices = async () => [];

async function openDatabase(agency: Agency, onQuery: (text: string) => void): Promise<Database> {
  const name = `t-${agency.name}-${randomUUID().slice(0, 8)}`;
  const url = (await bootstrapDatabases(inject('adminUrl'), [name])).get(name) ?? '';
  await migrateDatabase({ url, migrationsFolder: migrationsFolderOf(agency.name) });
  const database = connectDatabase({ url, queryTimeoutMs: 20_000, onQuery });
  const plan = { seed: 1, citizens: 0, asOf };
  await readMark(database);
  await beginPopulation(database, plan);
  await writeStep(database, 0, collectRows(agency, { plan, step: 0 }, personaHouseholds(asOf)));
  return database;
}

/** The register and the two agencies it hears from, each with the personas in a database of its own. */
export async function openWorld() {
  const statements: string[] = [];
  const open = (agency: Agency) => openDatabase(agency, () => {});
  const [register, ofPopulation, ofDependants] = await Promise.all([
    openDatabase(consent, (text) => void statements.push(text)),
    open(population),
    open(dependants),
  ]);
  const readerOf = (agency: Agency, database: Database): ReadNotices => {
    const notices = agency.createNotices?.(database);
    if (!notices) throw new Error('The agency has no notices.');
    return notices;
  };
  const feeds: Readonly<Record<FeedName, ReadNotices>> = {
    population: readerOf(population, ofPopulation),
    dependants: readerOf(dependants, ofDependants),
  };
  const clock = { ms: 0 };
  const createRegister = (own: Readonly<Record<FeedName, ReadNotices>> = feeds): FactsSource => {
    const source = consent.createRegister?.(register, {
      now: () => now,
      clockMs: () => clock.ms,
      feeds: own,
    });
    if (!source) throw new Error('The agency is not the register.');
    return source;
  };
  const close = () => Promise.all([register, ofPopulation, ofDependants].map((each) => each.close()));
  return {
    register,
    population: ofPopulation,
    dependants: ofDependants,
    statements,
    feeds,
    clock,
    createRegister,
    close,
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;

/** A grant as `giveConsent` would write it, with what a case says otherwise. */
export async function addGrant(
  { sql }: Database,
  subject: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const grantId = randomUUID();
  const row = {
    citizen_id: subject,
    grant_id: grantId,
    request_id: randomUUID(),
    client_id: 'bank-loans',
    purpose: 'loan-assessment',
    scopes: ['RESIDENCE'],
    valid_from: '2026-10-01T00:00:00Z',
    valid_to: null,
    is_one_time: false,
    method: 'APP',
    evidence_hash: 'x',
    notice_version: 1,
    notice_language: 'vi',
    given_by: subject,
    given_as: 'SELF',
    status: 'ACTIVE',
    given_at: '2026-10-01T00:00:00Z',
    ...more,
  };
  const json = JSON.stringify([row]);
  await sql`insert into grants select * from jsonb_populate_recordset(null::grants, ${json}::jsonb)`;
  return grantId;
}

/** Emergency access of the hospital's `officer-1`, with what a case says otherwise. */
export async function addAccess(
  { sql }: Database,
  subject: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const accessId = randomUUID();
  const row = {
    citizen_id: subject,
    access_id: accessId,
    client_id: 'hospital',
    officer_id: 'officer-1',
    scopes: ['HEALTH_RECORDS'],
    justification: 'Brought in unconscious after an accident.',
    began_at: '2026-11-01T04:00:00Z',
    ends_at: '2026-11-01T06:00:00Z',
    ...more,
  };
  const json = JSON.stringify([row]);
  await sql`insert into emergency_accesses select * from jsonb_populate_recordset(null::emergency_accesses, ${json}::jsonb)`;
  return accessId;
}
