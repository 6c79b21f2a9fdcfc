import { clockOf, connectionOf, type PageArguments, type PageKey, type Position } from '#kit';
import { maskScopes } from '../asked-scopes.ts';
import { grantStatusOf } from '../grant-status.ts';
import type { GrantRow, ReviewRow } from '../loaders/index.ts';
import { callerOf, type Context } from './context.ts';
import { instantPageOf } from './page.ts';

const hourMs = 3_600_000;
const dayOf = (instant: Date | null): string | null => instant && clockOf(instant).today;

/** One person under the name that this auditor knows them by today. */
const nameOf = (personId: string, context: Context): string =>
  context.loaders.pseudonyms.of(personId, callerOf(context).sub, context.today);

const describeGrant = (grant: GrantRow, context: Context) => ({
  subject: nameOf(grant.citizenId, context),
  client: grant.clientId,
  purpose: grant.purpose,
  scopes: maskScopes(grant.scopes),
  givenBy: grant.givenAs,
  hasChildConsent: grant.childConsentedAt !== null,
  isOneTime: grant.isOneTime,
  noticeVersion: grant.noticeVersion,
  givenOn: dayOf(grant.givenAt),
  endsOn: dayOf(grant.validTo),
  withdrawnOn: dayOf(grant.withdrawnAt),
  status: grantStatusOf(grant, true, context.now),
});

const describeReview = ({ review, access }: ReviewRow, context: Context) => ({
  subject: nameOf(access.citizenId, context),
  client: access.clientId,
  officer: nameOf(access.officerId, context),
  scopes: maskScopes(access.scopes),
  beganOn: dayOf(access.beganAt),
  hours: Math.round((access.endsAt.getTime() - access.beganAt.getTime()) / hourMs),
  dueOn: dayOf(review.dueAt),
  status: review.status,
});

/** A page whose rows never leave, and whose cursors nobody else can read. */
async function pageRegister<Row, Entry>(
  read: (key: PageKey) => Promise<readonly Row[]>,
  positionOf: (row: Row) => Position,
  describe: (row: Row, context: Context) => Entry,
  { first, after }: PageArguments,
  context: Context,
) {
  const { seal, unseal } = context.loaders.pseudonyms;
  const key = instantPageOf('', { first, after: after == null ? null : unseal(after) });
  const { edges, pageInfo } = connectionOf(await read(key), key, positionOf);
  const entries = edges().map(({ cursor, node }) => ({
    cursor: seal(cursor),
    node: describe(node, context),
  }));
  const [startCursor, endCursor] = [entries[0]?.cursor ?? null, entries.at(-1)?.cursor ?? null];
  return {
    nodes: entries.map(({ node }) => node),
    edges: entries,
    pageInfo: { ...pageInfo, startCursor, endCursor },
  };
}

export const registerGrants = (_: unknown, page: PageArguments, context: Context) =>
  pageRegister(
    context.loaders.readAllGrants,
    (grant) => ({ sort: grant.givenAt.toISOString(), id: grant.grantId }),
    describeGrant,
    page,
    context,
  );

export const registerReviews = (_: unknown, page: PageArguments, context: Context) =>
  pageRegister(
    context.loaders.readReviews,
    ({ review }) => ({ sort: review.openedAt.toISOString(), id: review.reviewId }),
    describeReview,
    page,
    context,
  );
