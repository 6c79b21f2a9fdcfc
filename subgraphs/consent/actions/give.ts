import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Database, Transaction } from '#db';
import { badArgument, type RequestClock } from '#kit';
import { scopesWithin } from '../asked-scopes.ts';
import { addConsent, consentsOf, standingConsents, type Consents, type Outcome } from '../co-consent.ts';
import { consentersOf, representativesOf, roleOf, type Role, type Standing } from '../consenters.ts';
import { evidenceHashOf } from '../evidence.ts';
import { requestStatusOf } from '../grant-status.ts';
import type { GrantRow, NoticeRow, PurposeRow, RequestRow } from '../loaders/index.ts';
import { consentRequests, grants, recordSubjects } from '../tables/index.ts';
import { grantEndOf } from '../term.ts';
import { lockRequest, readStanding } from './standing.ts';

/** One person's consent to a request. */
export interface Giving {
  readonly citizenId: string;
  readonly requestId: string;
  readonly actorId: string;
  /** Whether the right to represent was found to stand, by facts that are fresh. */
  readonly mayRepresent: boolean;
  readonly scopes: readonly string[];
  readonly noticeVersion: number;
  readonly language: 'en' | 'vi';
  /** The purpose that is asked for and its current wording, both in force. */
  readonly purpose: PurposeRow;
  readonly notice: NoticeRow;
}

export type Given =
  | { readonly status: 'PENDING'; readonly awaiting: readonly Role[]; readonly scopes: readonly string[] }
  | { readonly status: 'GIVEN'; readonly grant: GrantRow };

type Complete = Extract<Outcome, { kind: 'COMPLETE' }>;

/** The same for a request that is not theirs to answer, that was answered, and that never was. */
export const unknownRequest = () =>
  badArgument('requestId', 'the id of an open request that you may answer, from myConsentRequests');

/** A consent that waits for another one, or stood beside it. */
const columnsOf = ({ SELF, GUARDIAN }: Consents) => ({
  guardianConsentedBy: GUARDIAN?.by ?? null,
  guardianConsentedAt: GUARDIAN?.at ?? null,
  guardianConsentedScopes: GUARDIAN ? [...GUARDIAN.scopes] : null,
  childConsentedAt: SELF?.at ?? null,
  childConsentedScopes: SELF ? [...SELF.scopes] : null,
});

async function updateRequest(
  { orm }: Transaction,
  { citizenId, requestId }: RequestRow,
  values: Partial<RequestRow>,
): Promise<void> {
  await orm
    .update(consentRequests)
    .set(values)
    .where(and(eq(consentRequests.citizenId, citizenId), eq(consentRequests.requestId, requestId)));
}

function grantOf(request: RequestRow, complete: Complete, giving: Giving, now: Date) {
  const { citizenId, requestId, clientId, purpose, isOneTime, readerId, validDays } = request;
  const { scopes, givenBy, givenAs, childConsentedAt } = complete;
  const proof = {
    ...{ citizenId, requestId, clientId, purpose, isOneTime, readerId, method: 'APP' },
    ...{ givenBy, givenAs, childConsentedAt, givenAt: now, validFrom: now, scopes: [...scopes] },
    validTo: grantEndOf(now, validDays, giving.purpose.maxDays),
    noticeVersion: giving.notice.version,
    noticeLanguage: giving.language,
  };
  const wording = giving.language === 'vi' ? giving.notice.textVi : giving.notice.textEn;
  return { ...proof, grantId: randomUUID(), evidenceHash: evidenceHashOf(proof, wording), status: 'ACTIVE' };
}

async function writeGrant(
  transaction: Transaction,
  request: RequestRow,
  complete: Complete,
  giving: Giving,
  now: Date,
): Promise<Given> {
  const { orm } = transaction;
  const [grant] = await orm
    .insert(grants)
    .values(grantOf(request, complete, giving, now))
    .returning();
  if (!grant) throw new Error('A grant was not written.');
  await orm.insert(recordSubjects).values({ value: grant.grantId, citizenId: grant.citizenId });
  const isShared = complete.childConsentedAt !== null;
  await updateRequest(transaction, request, {
    ...(isShared && columnsOf(complete.consents)),
    ...{ status: 'GIVEN', decidedAt: now, noticeVersion: giving.notice.version },
  });
  return { status: 'GIVEN', grant };
}

/** Whoever repeats a consent is told what became of it; nothing is added to it. */
async function repeat({ orm }: Transaction, request: RequestRow, giving: Giving): Promise<Given> {
  const [grant] = await orm
    .select()
    .from(grants)
    .where(and(eq(grants.citizenId, request.citizenId), eq(grants.requestId, request.requestId)));
  if (!grant?.scopes.every((scope) => giving.scopes.includes(scope))) throw unknownRequest();
  return { status: 'GIVEN', grant };
}

async function record(
  transaction: Transaction,
  request: RequestRow,
  giving: Giving,
  { role, needed, representatives }: Part,
  now: Date,
): Promise<Given> {
  if (giving.noticeVersion !== giving.notice.version)
    throw badArgument('noticeVersion', 'the version of the current wording; show it and ask again');
  const allowed = request.scopes.filter((scope) => giving.purpose.scopes.includes(scope));
  const scopes = scopesWithin(giving.scopes, allowed, 'the request');
  const standing = standingConsents(consentsOf(request), giving.notice.version, representatives);
  const outcome = addConsent(standing, role, { by: giving.actorId, at: now, scopes }, needed);
  if (outcome.kind === 'COMPLETE') return writeGrant(transaction, request, outcome, giving, now);
  if (outcome.kind === 'NOTHING_IN_COMMON')
    throw badArgument('scopes', 'at least one scope that the other person accepted, too');
  const { version: noticeVersion } = giving.notice;
  await updateRequest(transaction, request, { ...columnsOf(outcome.consents), noticeVersion });
  return { status: 'PENDING', awaiting: outcome.awaiting, scopes };
}

/** What somebody has to do with a request. */
interface Part {
  readonly role: Role;
  readonly needed: readonly Role[];
  readonly representatives: readonly string[];
}

function partOf(giving: Giving, standing: Standing, request: RequestRow, today: string): Part | null {
  const { actorId, mayRepresent } = giving;
  const role = roleOf(actorId, standing, today);
  const needed = consentersOf(standing, request.readerId !== null, today);
  if (role === null || !needed.includes(role) || (role === 'GUARDIAN' && !mayRepresent)) return null;
  return { role, needed, representatives: representativesOf(standing, today) };
}

/**
 * Records one person's consent; with the last that is needed, the grant. One transaction under a lock on the request,
 * so that concurrent answers of everybody make one grant at most. Repeated, it answers the same.
 * @throws GraphQLError BAD_USER_INPUT
 */
export function giveConsent(
  database: Database,
  giving: Giving,
  { now, today }: RequestClock,
): Promise<Given> {
  return database.begin(async (transaction) => {
    const request = await lockRequest(transaction, giving.citizenId, giving.requestId);
    const standing = await readStanding(transaction, giving.citizenId);
    const part = request && standing && partOf(giving, standing, request, today);
    if (!request || !part) throw unknownRequest();
    const status = requestStatusOf(request, now);
    if (status === 'GIVEN') return repeat(transaction, request, giving);
    if (status !== 'PENDING') throw unknownRequest();
    return record(transaction, request, giving, part, now);
  });
}
