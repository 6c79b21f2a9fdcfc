import { createHmac } from 'node:crypto';
import { connectDatabase, type Database } from './connect.ts';
import { DatabaseError } from './errors.ts';

/** The password of one agency's role. */
export type PasswordOf = (name: string) => string;

const advisoryLock = 7_305_022;

/** `id-cards` is served by database and role `id_cards`. */
export function databaseNameOf(name: string): string {
  if (!/^[a-z][a-z0-9-]{0,50}$/.test(name))
    throw new TypeError('bootstrapDatabases: a name consists of lower-case letters, digits and hyphens.');
  return name.replaceAll('-', '_');
}

function derivePasswords(adminUrl: string): PasswordOf {
  const { password } = new URL(adminUrl);
  if (password === '')
    throw new DatabaseError(
      'DATABASE_FAILED',
      { reason: 'NO_PASSWORD' },
      "The administrator's database URL carries no password. Add one, or give each agency its own URL.",
    );
  return (name) =>
    createHmac('sha256', decodeURIComponent(password)).update(`role:${name}`).digest('base64url');
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

interface Existing {
  readonly roles: ReadonlySet<string>;
  readonly databases: ReadonlySet<string>;
}

async function readExisting({ sql }: Database): Promise<Existing> {
  const roles = await sql<{ name: string }>`select rolname as name from pg_roles`;
  const databases = await sql<{ name: string }>`select datname as name from pg_database`;
  const namesOf = (rows: readonly { name: string }[]) => new Set(rows.map(({ name }) => name));
  return { roles: namesOf(roles), databases: namesOf(databases) };
}

function statementsFor(name: string, password: string, existing: Existing): string[] {
  const role = quote(databaseNameOf(name));
  const isNew = !existing.databases.has(databaseNameOf(name));
  return [
    ...(existing.roles.has(databaseNameOf(name)) ? [] : [`create role ${role}`]),
    `alter role ${role} login nocreatedb nocreaterole noreplication password ${literal(password)}`,
    ...(isNew ? [`grant ${role} to current_user`, `create database ${role} owner ${role}`] : []),
    `revoke all on database ${role} from public`,
  ];
}

async function closeToPublic({ sql }: Database): Promise<void> {
  const [row] = await sql<{ name: string }>`select current_database() as name`;
  for (const name of new Set([row?.name ?? 'postgres', 'postgres', 'template1']))
    await sql.unsafe(`revoke all on database ${quote(name)} from public`).catch(() => {});
}

function urlOf(adminUrl: string, name: string, password: string): string {
  const url = new URL(adminUrl);
  url.username = databaseNameOf(name);
  url.password = encodeURIComponent(password);
  url.pathname = `/${databaseNameOf(name)}`;
  return url.href;
}

/**
 * Makes one database and one role per name and answers the agency's own URL for each. A role owns its database
 * and can connect to no other: `CONNECT` is revoked from everyone else. Repeatable, and safe when several processes
 * do it at once. Passwords are derived from the administrator's unless `passwordOf` is given, so every process
 * that knows the administrator's URL comes to the same ones and nothing has to be stored.
 */
export async function bootstrapDatabases(
  adminUrl: string,
  names: readonly string[],
  passwordOf: PasswordOf = derivePasswords(adminUrl),
): Promise<ReadonlyMap<string, string>> {
  const admin = connectDatabase({
    url: adminUrl,
    poolSize: 2,
    queryTimeoutMs: 60_000,
    applicationName: 'bootstrap',
  });
  try {
    await admin.begin(async (lock) => {
      await lock.sql`select pg_advisory_xact_lock(${advisoryLock})`;
      const existing = await readExisting(admin);
      for (const name of names)
        for (const statement of statementsFor(name, passwordOf(name), existing))
          await admin.sql.unsafe(statement);
      await closeToPublic(admin);
    });
  } finally {
    await admin.close();
  }
  return new Map(names.map((name) => [name, urlOf(adminUrl, name, passwordOf(name))]));
}
