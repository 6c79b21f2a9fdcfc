import type { Database } from '#db';
import { scopeNames } from '#schema';
import { testClientId, testPurpose, testStatute } from './callers.ts';

/** Registers the authority whose statute covers everything: only tests have it. */
export async function registerTestClient({ sql }: Pick<Database, 'sql'>): Promise<void> {
  await sql`insert into clients (client_id, name, controller, kind, is_first_party, status)
    values (${testClientId}, 'Test authority', 'Test authority', 'STATE', false, 'ACTIVE')`;
  await sql`insert into purposes (client_id, code, title_en, title_vi, controller, legal_basis, legal_reference,
      scopes, retention_days, max_days, status)
    values (${testClientId}, ${testPurpose}, 'Test', 'Test', 'Test authority', 'STATUTE', ${testStatute},
      ${[...scopeNames]}::text[], 1, null, 'ACTIVE')`;
}
