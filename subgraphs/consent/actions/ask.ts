import { randomUUID } from 'node:crypto';
import { and, eq, isNull, lte, type SQL } from 'drizzle-orm';
import { DatabaseError, type Database, type Transaction } from '#db';
import { consentRequests, recordSubjects } from '../tables/index.ts';
import { requestEndOf } from '../term.ts';

/** What is asked of whom; two askings that agree in everything but `noticeVersion` and `requestedBy` are the same. */
export interface Asking {
  /** The citizen, or the stand-in of a number that nobody has. */
  readonly citizenId: string;
  readonly clientId: string;
  readonly purpose: string;
  /** In alphabetical order. */
  readonly scopes: string[];
  readonly noticeVersion: number;
  readonly isOneTime: boolean;
  readonly validDays: number | null;
  /** For a representative who asks to read: who. */
  readonly readerId: string | null;
  readonly requestedBy: string;
}

export interface AskedRequest {
  readonly requestId: string;
  readonly expiresAt: Date;
}

function sameAsking(asking: Asking): SQL | undefined {
  const { validDays, readerId } = asking;
  return and(
    eq(consentRequests.citizenId, asking.citizenId),
    eq(consentRequests.clientId, asking.clientId),
    eq(consentRequests.purpose, asking.purpose),
    eq(consentRequests.scopes, asking.scopes),
    eq(consentRequests.isOneTime, asking.isOneTime),
    validDays === null ? isNull(consentRequests.validDays) : eq(consentRequests.validDays, validDays),
    readerId === null ? isNull(consentRequests.readerId) : eq(consentRequests.readerId, readerId),
    eq(consentRequests.status, 'PENDING'),
  );
}

async function insertRequest({ orm }: Transaction, asking: Asking, now: Date): Promise<AskedRequest | null> {
  const request = { requestId: randomUUID(), expiresAt: requestEndOf(now) };
  const [inserted] = await orm
    .insert(consentRequests)
    .values({ ...asking, ...request, requestedAt: now, status: 'PENDING' })
    .onConflictDoNothing()
    .returning({ requestId: consentRequests.requestId });
  return inserted ? request : null;
}

async function findOpen({ orm }: Transaction, asking: Asking): Promise<AskedRequest> {
  const [open] = await orm
    .select({ requestId: consentRequests.requestId, expiresAt: consentRequests.expiresAt })
    .from(consentRequests)
    .where(sameAsking(asking));
  if (open) return open;
  // Answered between the two statements.
  throw new DatabaseError('DATABASE_CONFLICT', { reason: 'REQUEST_ANSWERED' });
}

async function askOnce(transaction: Transaction, asking: Asking, now: Date): Promise<AskedRequest> {
  const { orm } = transaction;
  await orm
    .update(consentRequests)
    .set({ status: 'EXPIRED' })
    .where(and(sameAsking(asking), lte(consentRequests.expiresAt, now)));
  const made = await insertRequest(transaction, asking, now);
  if (!made) return findOpen(transaction, asking);
  await orm.insert(recordSubjects).values({ value: made.requestId, citizenId: asking.citizenId });
  return made;
}

/**
 * Puts a request before a citizen, or answers with the one that is already there: the constraint
 * `consent_requests_one_pending` decides between concurrent askings. The same work whether or not the citizen exists.
 */
export async function askForConsent(database: Database, asking: Asking, now: Date): Promise<AskedRequest> {
  const ask = (): Promise<AskedRequest> => database.begin((transaction) => askOnce(transaction, asking, now));
  return ask().catch((error: unknown) => {
    if (error instanceof DatabaseError && error.fault.reason === 'REQUEST_ANSWERED') return ask();
    throw error;
  });
}
