import { badArgument, type PageArguments } from '#kit';
import { unknownRequest, type Given } from '../actions/index.ts';
import { awaitedOf, consentsOf, standingConsents } from '../co-consent.ts';
import { consentersOf, representativesOf } from '../consenters.ts';
import { requestStatusOf } from '../grant-status.ts';
import type { RequestRow } from '../loaders/index.ts';
import { rights } from '../rights.ts';
import { callerOf, findCitizenOf, type Context } from './context.ts';
import { subjectOf } from './grant.ts';
import { pageOwn } from './page.ts';
import { findStanding, mayRepresent } from './people.ts';
import { describeScopes, findClient, findPurpose, findRegistration } from './reference.ts';

async function noticeOf({ clientId, purpose }: RequestRow, _: unknown, context: Context) {
  return (await findRegistration(clientId, purpose, context))?.notice ?? null;
}

async function awaitingOf(request: RequestRow, _: unknown, context: Context) {
  if (requestStatusOf(request, context.now) !== 'PENDING') return [];
  const standing = await findStanding(request.citizenId, context);
  const notice = await noticeOf(request, _, context);
  if (!standing || !notice) return [];
  const needed = consentersOf(standing, request.readerId !== null, context.today);
  const representatives = representativesOf(standing, context.today);
  return awaitedOf(needed, standingConsents(consentsOf(request), notice.version, representatives));
}

export const listRequests = (_: unknown, page: PageArguments, context: Context) =>
  pageOwn(
    context.loaders.readOpenRequests,
    ({ requestedAt, requestId }) => ({ sort: requestedAt, id: requestId }),
    page,
    context,
  );

/** Who answers which request: whose it is, and in which capacity the caller may answer it. */
async function answerOf(requestId: string, context: Context) {
  const { sub: actorId } = callerOf(context);
  const citizenId = await findCitizenOf(requestId, context);
  if (citizenId === null) throw unknownRequest();
  const isRepresented = citizenId !== actorId && (await mayRepresent(citizenId, context));
  if (citizenId !== actorId && !isRepresented) throw unknownRequest();
  return { citizenId, actorId, mayRepresent: isRepresented };
}

/** What is consented to, as it is registered and in force today. */
async function findAsked(citizenId: string, requestId: string, context: Context) {
  const found = await context.loaders.readRequest(citizenId, requestId);
  if (!found) throw unknownRequest();
  const { clientId, purpose: code } = found.request;
  const { purpose, notice } = (await findRegistration(clientId, code, context)) ?? {};
  if (!purpose || !notice) throw unknownRequest();
  return { purpose, notice };
}

interface GiveArguments {
  readonly requestId: string;
  readonly scopes: readonly string[];
  readonly noticeVersion: number;
  readonly language: string;
}

const describeGiven = (requestId: string, given: Given) => {
  if (given.status === 'PENDING') return { requestId, ...given };
  const { grantId, scopes, validTo, evidenceHash } = given.grant;
  return { requestId, status: given.status, awaiting: [], grantId, scopes, validTo, evidenceHash };
};

export async function give(_: unknown, { requestId, language, ...args }: GiveArguments, context: Context) {
  if (language !== 'en' && language !== 'vi') throw badArgument('language', '"en" or "vi"');
  const answer = await answerOf(requestId, context);
  const asked = await findAsked(answer.citizenId, requestId, context);
  const giving = { ...answer, ...asked, ...args, requestId, language } as const;
  return describeGiven(requestId, await context.loaders.actions.giveConsent(giving, context));
}

export async function refuse(_: unknown, { requestId }: { readonly requestId: string }, context: Context) {
  const answer = await answerOf(requestId, context);
  return context.loaders.actions.refuseConsent({ ...answer, recordId: requestId }, context);
}

export const requestResolvers = {
  ConsentRequest: {
    subject: subjectOf,
    client: findClient,
    purpose: findPurpose,
    scopes: ({ scopes }: RequestRow) => describeScopes(scopes),
    notice: noticeOf,
    rights: () => rights,
    isForRepresentative: ({ readerId }: RequestRow) => readerId !== null,
    status: (request: RequestRow, _: unknown, { now }: Context) => requestStatusOf(request, now),
    awaiting: awaitingOf,
  },
};
