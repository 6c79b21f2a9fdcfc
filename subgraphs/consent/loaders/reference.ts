import { sql } from 'drizzle-orm';
import type { Database } from '#db';
import { createTextListLoader, openAll } from '#kit';
import { clients, purposeNotices, purposes } from '../tables/index.ts';

export type ClientRow = typeof clients.$inferSelect;
export type PurposeRow = typeof purposes.$inferSelect;
export type NoticeRow = typeof purposeNotices.$inferSelect;

const ids = sql.placeholder('ids');

/** All rows of a client, in the order read. */
const createClientLoader = <Row extends { readonly clientId: string }>(
  read: (clientIds: readonly string[]) => Promise<readonly Row[]>,
) => createTextListLoader(read, ({ clientId }) => clientId);

/** Clients, their purposes and the wordings of these, in every version, the newest first. */
export function prepareReference({ orm }: Database) {
  const clientsByIds = orm
    .select()
    .from(clients)
    .where(sql`${clients.clientId} = any(${ids})`)
    .prepare('clients_by_ids');
  const purposesByClients = orm
    .select()
    .from(purposes)
    .where(sql`${purposes.clientId} = any(${ids})`)
    .prepare('purposes_by_clients');
  const noticesByClients = orm
    .select()
    .from(purposeNotices)
    .where(sql`${purposeNotices.clientId} = any(${ids})`)
    .orderBy(sql`${purposeNotices.version} desc`)
    .prepare('notices_by_clients');
  const lookUps = {
    clients: createClientLoader((keys) => clientsByIds.execute({ ids: keys })),
    purposes: createClientLoader((keys) => purposesByClients.execute({ ids: keys })),
    notices: createClientLoader((keys) => noticesByClients.execute({ ids: keys })),
  };
  return () => openAll(lookUps);
}
