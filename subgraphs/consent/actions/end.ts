import { and, eq } from 'drizzle-orm';
import type { Database } from '#db';
import { badArgument, type RequestClock } from '#kit';
import { roleOf, type Standing } from '../consenters.ts';
import { requestStatusOf } from '../grant-status.ts';
import type { GrantRow, RequestRow } from '../loaders/index.ts';
import { consentRequests, grants } from '../tables/index.ts';
import { unknownRequest } from './give.ts';
import { lockGrant, lockRequest, readStanding } from './standing.ts';

/** Who ends which record of whom. */
export interface Ending {
  readonly citizenId: string;
  readonly recordId: string;
  readonly actorId: string;
  /** Whether the right to represent was found to stand, by facts that are fresh. */
  readonly mayRepresent: boolean;
}

/** Whether the record is theirs to end as the citizen or a representative. */
function mayEnd({ actorId, citizenId, mayRepresent }: Ending, standing: Standing | null, today: string) {
  const role = standing && roleOf(actorId, standing, today);
  return actorId === citizenId || (role === 'GUARDIAN' && mayRepresent);
}

/**
 * Refuses a request, by the citizen or whoever represents them today; what one of two had consented to is void.
 * Repeated, it answers the same. @throws GraphQLError BAD_USER_INPUT
 */
export function refuseConsent(database: Database, ending: Ending, clock: RequestClock): Promise<RequestRow> {
  const { citizenId, recordId } = ending;
  return database.begin(async (transaction) => {
    const request = await lockRequest(transaction, citizenId, recordId);
    const standing = await readStanding(transaction, citizenId);
    if (!request || !mayEnd(ending, standing, clock.today)) throw unknownRequest();
    const status = requestStatusOf(request, clock.now);
    if (status === 'REFUSED') return request;
    if (status !== 'PENDING') throw unknownRequest();
    const [refused] = await transaction.orm
      .update(consentRequests)
      .set({ status: 'REFUSED', decidedAt: clock.now })
      .where(and(eq(consentRequests.citizenId, citizenId), eq(consentRequests.requestId, recordId)))
      .returning();
    return refused ?? request;
  });
}

/** The same for a consent that is not theirs to withdraw and for one that never was. */
export const unknownGrant = () =>
  badArgument('grantId', 'the id of a consent that you may withdraw, from myGrants');

/**
 * Withdraws a consent, by the citizen, whoever represents them today or who gave it; it stays in the register with who
 * and when. Repeated, it answers the same. @throws GraphQLError BAD_USER_INPUT
 */
export function withdrawConsent(database: Database, ending: Ending, clock: RequestClock): Promise<GrantRow> {
  const { citizenId, recordId, actorId } = ending;
  return database.begin(async (transaction) => {
    const grant = await lockGrant(transaction, citizenId, recordId);
    const standing = await readStanding(transaction, citizenId);
    const isTheirs = grant?.givenBy === actorId || mayEnd(ending, standing, clock.today);
    if (!grant || !isTheirs) throw unknownGrant();
    if (grant.status !== 'ACTIVE') return grant;
    const [withdrawn] = await transaction.orm
      .update(grants)
      .set({ status: 'WITHDRAWN', withdrawnAt: clock.now, withdrawnBy: actorId })
      .where(and(eq(grants.citizenId, citizenId), eq(grants.grantId, recordId)))
      .returning();
    return withdrawn ?? grant;
  });
}
