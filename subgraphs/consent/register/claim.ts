import type { Database } from '#db';
import type { FactsSource } from '#schema';

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Claims a one-time grant for one operation: one conditional update, so that of many at once one succeeds. */
export function createClaim({ sql }: Database, now: () => Date): FactsSource['claim'] {
  return async ({ subject, grantId }, operationId) => {
    if (!uuidPattern.test(subject) || !uuidPattern.test(grantId)) return false;
    const at = now().toISOString();
    const claimed = await sql`
      update grants set used_by_operation = ${operationId}, used_at = coalesce(used_at, ${at}::timestamptz)
      where citizen_id = ${subject}::uuid and grant_id = ${grantId}::uuid and is_one_time and status = 'ACTIVE'
        and valid_from <= ${at}::timestamptz and (valid_to is null or valid_to > ${at}::timestamptz)
        and (used_by_operation is null or used_by_operation = ${operationId})
      returning grant_id`;
    return claimed.length === 1;
  };
}
