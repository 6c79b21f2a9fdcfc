import { randomUUID } from 'node:crypto';
import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Database, Transaction } from '#db';
import { badArgument, type RequestClock } from '#kit';
import { accessReviews, emergencyAccesses, recordSubjects } from '../tables/index.ts';
import { endOfDay, reviewDayOf } from '../term.ts';

/** An emergency that a clinician declares. */
export interface Emergency {
  /** The patient, or the stand-in of a number that nobody has. */
  readonly citizenId: string;
  readonly clientId: string;
  readonly officerId: string;
  /** In alphabetical order. */
  readonly scopes: string[];
  readonly justification: string;
  readonly endsAt: Date;
}

export interface OpenAccess {
  readonly accessId: string;
  readonly scopes: readonly string[];
  readonly beganAt: Date;
  readonly endsAt: Date;
  readonly reviewDueAt: Date;
}

async function findOpen(
  { orm }: Transaction,
  emergency: Emergency,
  now: Date,
): Promise<OpenAccess | undefined> {
  const { accessId, scopes, beganAt, endsAt } = emergencyAccesses;
  const [open] = await orm
    .select({ accessId, scopes, beganAt, endsAt, reviewDueAt: accessReviews.dueAt })
    .from(emergencyAccesses)
    .innerJoin(
      accessReviews,
      and(
        eq(accessReviews.citizenId, emergencyAccesses.citizenId),
        eq(accessReviews.accessId, emergencyAccesses.accessId),
      ),
    )
    .where(
      and(
        eq(emergencyAccesses.citizenId, emergency.citizenId),
        eq(emergencyAccesses.clientId, emergency.clientId),
        eq(emergencyAccesses.officerId, emergency.officerId),
        eq(scopes, emergency.scopes),
        isNull(emergencyAccesses.endedAt),
        gt(endsAt, now),
      ),
    );
  return open;
}

async function open({ orm }: Transaction, emergency: Emergency, clock: RequestClock): Promise<OpenAccess> {
  const { citizenId, scopes, endsAt } = emergency;
  const [accessId, reviewId] = [randomUUID(), randomUUID()];
  const reviewDueAt = endOfDay(reviewDayOf(clock.today));
  await orm.insert(emergencyAccesses).values({ ...emergency, accessId, beganAt: clock.now });
  await orm
    .insert(accessReviews)
    .values({ citizenId, reviewId, accessId, openedAt: clock.now, dueAt: reviewDueAt, status: 'OPEN' });
  await orm.insert(recordSubjects).values({ value: accessId, citizenId });
  return { accessId, scopes, beganAt: clock.now, endsAt, reviewDueAt };
}

/**
 * Opens an emergency access together with the review it owes. The same one repeated while it is open answers the same
 * access. The same work whether or not the patient exists.
 */
export function beginEmergency(
  database: Database,
  emergency: Emergency,
  clock: RequestClock,
): Promise<OpenAccess> {
  return database.begin(
    async (transaction) =>
      (await findOpen(transaction, emergency, clock.now)) ?? (await open(transaction, emergency, clock)),
  );
}

/** Which access of which clinician. */
export interface AccessEnding {
  readonly citizenId: string;
  readonly accessId: string;
  readonly clientId: string;
  readonly officerId: string;
}

/** The same for somebody else's access and for one that never was. */
export const unknownAccess = () =>
  badArgument('accessId', 'the id of an emergency access that you began yourself');

/** Ends an access before its time; repeated, it answers the same. @throws GraphQLError BAD_USER_INPUT */
export function endEmergency(database: Database, ending: AccessEnding, now: Date): Promise<Date> {
  return database.begin(async ({ orm }) => {
    const own = and(
      eq(emergencyAccesses.citizenId, ending.citizenId),
      eq(emergencyAccesses.accessId, ending.accessId),
      eq(emergencyAccesses.clientId, ending.clientId),
      eq(emergencyAccesses.officerId, ending.officerId),
    );
    const [access] = await orm.select().from(emergencyAccesses).where(own).for('update');
    if (!access) throw unknownAccess();
    const over = access.endedAt ?? (access.endsAt <= now ? access.endsAt : null);
    if (over) return over;
    await orm.update(emergencyAccesses).set({ endedAt: now }).where(own);
    return now;
  });
}
