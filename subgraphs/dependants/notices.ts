import { asc } from 'drizzle-orm';
import type { Database } from '#db';
import { acknowledgeNotices, outboxIdOf } from '#kit';
import { maxNotices, type Notice, type ReadNotices } from '#schema';
import { notices } from './tables.ts';

const prepareRead = ({ orm }: Database) =>
  orm.select().from(notices).orderBy(asc(notices.notedAt)).limit(maxNotices).prepare('dependants_notices');

function noticeOf(row: typeof notices.$inferSelect): Notice {
  const { version, citizenId: representativeId, dependantId, recordId, isDeleted } = row;
  const { relation, basis, validFrom, validTo } = row;
  const link = { relation, basis, validFrom, validTo };
  const body = { kind: 'link', recordId, dependantId, representativeId, link, isDeleted } as const;
  return { noticeId: outboxIdOf(row), version, body };
}

/** Which representations began, changed, ended or were taken back, for the register. */
export function createNotices(database: Database): ReadNotices {
  const read = prepareRead(database);
  return async (acknowledged) => {
    await acknowledgeNotices(database, acknowledged);
    return (await read.execute()).map(noticeOf);
  };
}
