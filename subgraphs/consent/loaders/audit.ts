import { desc, sql } from 'drizzle-orm';
import type { Database } from '#db';
import type { PageKey } from '#kit';
import { accessReviews, emergencyAccesses, grants } from '../tables/index.ts';
import type { GrantRow } from './own.ts';

type Page = Pick<PageKey, 'first' | 'after'>;

/** A review with the access that it is about. */
export interface ReviewRow {
  readonly review: typeof accessReviews.$inferSelect;
  readonly access: typeof emergencyAccesses.$inferSelect;
}

const take = sql.placeholder('take') as unknown as number;
const sortAndId = sql`(coalesce(${sql.placeholder('sort')}::timestamptz, 'infinity'), coalesce(${sql.placeholder('id')}::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))`;

const valuesOf = ({ first, after }: Page) => ({
  take: first + 1,
  sort: after?.sort ?? null,
  id: after?.id ?? null,
});

function prepareAllGrants({ orm }: Database): (page: Page) => Promise<GrantRow[]> {
  const statement = orm
    .select()
    .from(grants)
    .where(sql`(${grants.givenAt}, ${grants.grantId}) < ${sortAndId}`)
    .orderBy(desc(grants.givenAt), desc(grants.grantId))
    .limit(take)
    .prepare('register_of_grants');
  return (page) => statement.execute(valuesOf(page));
}

function prepareReviews({ orm }: Database): (page: Page) => Promise<ReviewRow[]> {
  const statement = orm
    .select({ review: accessReviews, access: emergencyAccesses })
    .from(accessReviews)
    .innerJoin(
      emergencyAccesses,
      sql`${emergencyAccesses.citizenId} = ${accessReviews.citizenId} and ${emergencyAccesses.accessId} = ${accessReviews.accessId}`,
    )
    .where(sql`(${accessReviews.openedAt}, ${accessReviews.reviewId}) < ${sortAndId}`)
    .orderBy(desc(accessReviews.openedAt), desc(accessReviews.reviewId))
    .limit(take)
    .prepare('register_of_reviews');
  return (page) => statement.execute(valuesOf(page));
}

/** The registers as a whole, page by page, newest first: for auditors alone. */
export function prepareAudit(database: Database) {
  const readAllGrants = prepareAllGrants(database);
  const readReviews = prepareReviews(database);
  return () => ({ readAllGrants, readReviews });
}
