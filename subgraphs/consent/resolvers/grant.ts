import { compartmentScopeOf, healthCompartments } from '#schema';
import type { PageArguments } from '#kit';
import { unknownGrant } from '../actions/index.ts';
import { grantStatusOf } from '../grant-status.ts';
import type { GrantRow } from '../loaders/index.ts';
import { callerOf, findCitizenOf, type Context } from './context.ts';
import { pageOwn } from './page.ts';
import { findRepresentatives, mayRepresent } from './people.ts';
import { describeScopes, findClient, findNotice, findPurpose } from './reference.ts';

export const subjectOf = ({ citizenId }: { readonly citizenId: string }) => ({
  __typename: 'Citizen',
  id: citizenId,
});

const hiddenOf = ({ scopes }: GrantRow) =>
  describeScopes(healthCompartments.map(compartmentScopeOf).filter((scope) => !scopes.includes(scope)));

/** Whose right to represent the grant hangs on; `null`: on nobody's. */
const holderOf = ({ readerId, givenAs, givenBy }: GrantRow): string | null =>
  readerId ?? (givenAs === 'GUARDIAN' ? givenBy : null);

async function statusOf(grant: GrantRow, _: unknown, context: Context) {
  const holder = holderOf(grant);
  const isEntitled =
    holder === null || (await findRepresentatives(grant.citizenId, context)).includes(holder);
  return grantStatusOf(grant, isEntitled, context.now);
}

const withdrawnBy = ({ withdrawnBy: by, citizenId }: GrantRow) =>
  by === null ? null : by === citizenId ? 'SELF' : 'GUARDIAN';

export const listGrants = (_: unknown, page: PageArguments, context: Context) =>
  pageOwn(
    context.loaders.readGrants,
    ({ givenAt, grantId }) => ({ sort: givenAt, id: grantId }),
    page,
    context,
  );

export async function withdraw(_: unknown, { grantId }: { readonly grantId: string }, context: Context) {
  const { sub: actorId } = callerOf(context);
  const citizenId = await findCitizenOf(grantId, context);
  if (citizenId === null) throw unknownGrant();
  const isRepresented = citizenId !== actorId && (await mayRepresent(citizenId, context));
  const ending = { citizenId, recordId: grantId, actorId, mayRepresent: isRepresented };
  return context.loaders.actions.withdrawConsent(ending, context);
}

export const grantResolvers = {
  Grant: {
    subject: subjectOf,
    client: findClient,
    purpose: findPurpose,
    scopes: ({ scopes }: GrantRow) => describeScopes(scopes),
    hiddenCompartments: hiddenOf,
    isForRepresentative: ({ readerId }: GrantRow) => readerId !== null,
    notice: findNotice,
    givenBy: ({ givenAs }: GrantRow) => givenAs,
    status: statusOf,
    withdrawnBy,
  },
};
