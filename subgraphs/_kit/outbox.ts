import type { Database } from '#db';

interface OutboxRow {
  readonly citizenId: string;
  readonly noticeId: string;
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const idPattern = new RegExp(`^${uuid}/${uuid}$`);

/** The id of a notice as the register gives it back: it leads straight to the row, wherever its citizen lies. */
export const outboxIdOf = ({ citizenId, noticeId }: OutboxRow): string => `${citizenId}/${noticeId}`;

/** Takes what the register has applied out of the agency's table `notices`. Ids that are gone, or never were, do nothing. */
export async function acknowledgeNotices({ sql }: Database, ids: readonly string[]): Promise<void> {
  const pairs = ids.filter((id) => idPattern.test(id)).map((id) => id.split('/'));
  if (pairs.length === 0) return;
  const citizenIds = pairs.map(([citizenId = '']) => citizenId);
  const noticeIds = pairs.map(([, noticeId = '']) => noticeId);
  await sql`delete from notices using unnest(${citizenIds}::uuid[], ${noticeIds}::uuid[]) as done(citizen_id, notice_id)
    where notices.citizen_id = done.citizen_id and notices.notice_id = done.notice_id`;
}
