import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '#db';
import type { ClientFacts, FactsSource, PurposeFacts } from '#schema';
import { clients, purposes } from '../tables/index.ts';

function prepareClient({ orm }: Database) {
  const ofPurpose = and(
    eq(purposes.clientId, clients.clientId),
    eq(purposes.code, sql`${sql.placeholder('purpose')}::text`),
    eq(purposes.status, 'ACTIVE'),
  );
  const isAsked = and(eq(clients.clientId, sql.placeholder('clientId')), eq(clients.status, 'ACTIVE'));
  return orm
    .select({ isFirstParty: clients.isFirstParty, purpose: purposes })
    .from(clients)
    .leftJoin(purposes, ofPurpose)
    .where(isAsked)
    .prepare('register_client');
}

function purposeOf(row: typeof purposes.$inferSelect | null): PurposeFacts | null {
  if (!row) return null;
  const { code, scopes, legalBasis, legalReference } = row;
  return { code, scopes, legalBasis, legalReference } as PurposeFacts;
}

/** A client that is in force, with one purpose of its own that is. */
export function createClientRead(database: Database): FactsSource['readClient'] {
  const client = prepareClient(database);
  return async (clientId, purpose): Promise<ClientFacts | null> => {
    const [row] = await client.execute({ clientId, purpose });
    return row ? { clientId, isFirstParty: row.isFirstParty, purpose: purposeOf(row.purpose) } : null;
  };
}
