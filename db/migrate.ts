import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { connectDatabase, type Transaction } from './connect.ts';
import { DatabaseError } from './errors.ts';

export interface MigrateOptions {
  /** The agency's own database. */
  readonly url: string;
  /** Absolute path of the folder that drizzle-kit wrote (`meta/_journal.json` and the SQL files). */
  readonly migrationsFolder: string;
  /** Time limit of each statement in milliseconds, the wait for another migrator included; default 60 000. */
  readonly queryTimeoutMs?: number;
}

const advisoryLock = 7_305_021;

async function assertHistoryIsOurs({ sql }: Transaction, migrationsFolder: string): Promise<void> {
  const rows = await sql<{ hash: string }>`select hash from drizzle.__drizzle_migrations`;
  const applied = new Set(rows.map(({ hash }) => hash));
  const files = readMigrationFiles({ migrationsFolder });
  if (rows.length === files.length && files.every(({ hash }) => applied.has(hash))) return;
  throw new DatabaseError(
    'DATABASE_FAILED',
    { reason: 'MIGRATION_HISTORY_DIFFERS' },
    'The database was migrated with other migration files than these. Use the matching version, or a new database.',
  );
}

/**
 * Brings one database to the newest migration: in one transaction, so all or nothing, and under a lock, so that
 * several processes may start at once. Does nothing when all is applied.
 * @throws DatabaseError also when the database's history is not the folder's history: drizzle's own migrator
 * silently skips a migration that is older than the newest applied one.
 */
export async function migrateDatabase(options: MigrateOptions): Promise<void> {
  const { url, migrationsFolder, queryTimeoutMs = 60_000 } = options;
  const database = connectDatabase({ url, poolSize: 1, queryTimeoutMs, applicationName: 'migrate' });
  try {
    await database.begin(async (transaction) => {
      await transaction.sql`select pg_advisory_xact_lock(${advisoryLock})`;
      await migrate(transaction.orm, { migrationsFolder });
      await assertHistoryIsOurs(transaction, migrationsFolder);
    });
  } finally {
    await database.close();
  }
}
