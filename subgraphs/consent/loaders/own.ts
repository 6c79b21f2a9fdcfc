import { and, desc, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Database } from '#db';
import type { PageKey } from '#kit';
import { consentRequests, grants } from '../tables/index.ts';

export type GrantRow = typeof grants.$inferSelect;
export type RequestRow = typeof consentRequests.$inferSelect;

const ids = sql.placeholder('ids');
const take = sql.placeholder('take') as unknown as number;

const before = (sort: PgColumn, id: PgColumn): SQL =>
  sql`(${sort}, ${id}) < (coalesce(${sql.placeholder('sort')}::timestamptz, 'infinity'), coalesce(${sql.placeholder('id')}::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))`;

const pageOf = ({ first, after }: Pick<PageKey, 'first' | 'after'>) => ({
  take: first + 1,
  sort: after?.sort ?? null,
  id: after?.id ?? null,
});

/** One page of several citizens' records together, newest first; feed it to `connectionOf`. */
export type ReadOwnPage<Row> = (
  citizenIds: readonly string[],
  page: Pick<PageKey, 'first' | 'after'>,
) => Promise<readonly Row[]>;

function prepareGrants({ orm }: Database): ReadOwnPage<GrantRow> {
  const statement = orm
    .select()
    .from(grants)
    .where(and(sql`${grants.citizenId} = any(${ids})`, before(grants.givenAt, grants.grantId)))
    .orderBy(desc(grants.givenAt), desc(grants.grantId))
    .limit(take)
    .prepare('grants_of_people');
  return (citizenIds, page) => statement.execute({ ids: citizenIds, ...pageOf(page) });
}

function prepareOpenRequests({ orm }: Database) {
  const { requestedAt, requestId } = consentRequests;
  const statement = orm
    .select()
    .from(consentRequests)
    .where(
      and(
        sql`${consentRequests.citizenId} = any(${ids})`,
        sql`${consentRequests.status} = 'PENDING' and ${consentRequests.expiresAt} > ${sql.placeholder('now')}`,
        before(requestedAt, requestId),
      ),
    )
    .orderBy(desc(requestedAt), desc(requestId))
    .limit(take)
    .prepare('open_requests_of_people');
  return (now: Date): ReadOwnPage<RequestRow> =>
    (citizenIds, page) =>
      statement.execute({ ids: citizenIds, now: now.toISOString(), ...pageOf(page) });
}

function prepareRequest({ orm }: Database) {
  const statement = orm
    .select({ request: consentRequests, grantedScopes: grants.scopes })
    .from(consentRequests)
    .leftJoin(
      grants,
      and(
        sql`${grants.citizenId} = ${consentRequests.citizenId}`,
        sql`${grants.requestId} = ${consentRequests.requestId}`,
      ),
    )
    .where(
      sql`${consentRequests.citizenId} = ${sql.placeholder('citizenId')} and ${consentRequests.requestId} = ${sql.placeholder('requestId')}`,
    )
    .prepare('request_with_grant');
  return async (citizenId: string, requestId: string) => {
    const [found] = await statement.execute({ citizenId, requestId });
    return found ?? null;
  };
}

/** Consents and requests of the people somebody may act for. */
export function prepareOwn(database: Database) {
  const readGrants = prepareGrants(database);
  const openRequests = prepareOpenRequests(database);
  const readRequest = prepareRequest(database);
  return (now: Date) => ({ readGrants, readOpenRequests: openRequests(now), readRequest });
}
