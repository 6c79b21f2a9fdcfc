import { randomUUID } from 'node:crypto';
import type { Database } from '#db';
import type { Scope } from '#schema';
import { testNow } from './agency-under-test.ts';

export interface GivenGrant {
  readonly citizenId: string;
  readonly clientId: string;
  readonly purpose: string;
  readonly scopes: readonly Scope[];
  readonly isOneTime?: boolean;
  readonly validTo?: Date | null;
}

/** A consent the citizen gave by themselves, written straight into the register. Answers its id. */
export async function writeGrant({ sql }: Pick<Database, 'sql'>, grant: GivenGrant): Promise<string> {
  const { citizenId, clientId, purpose, scopes, isOneTime = false, validTo = null } = grant;
  const [grantId, requestId] = [randomUUID(), randomUUID()];
  const from = new Date(testNow.getTime() - 86_400_000).toISOString();
  await sql`
    insert into grants (citizen_id, grant_id, request_id, client_id, purpose, scopes, valid_from, valid_to, is_one_time,
      method, evidence_hash, notice_version, notice_language, given_by, given_as, status, given_at)
    values (${citizenId}, ${grantId}, ${requestId}, ${clientId}, ${purpose}, ${[...scopes]}::text[], ${from}, ${validTo?.toISOString() ?? null},
      ${isOneTime}, 'APP', 'test', 1, 'vi', ${citizenId}, 'SELF', 'ACTIVE', ${from})`;
  await sql`insert into record_subjects (value, citizen_id) values (${grantId}, ${citizenId})`;
  return grantId;
}
