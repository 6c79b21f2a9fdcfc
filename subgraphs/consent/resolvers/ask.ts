import { badArgument } from '#kit';
import { guardianCarePurpose, refuseWithoutSubject, type SignedInCaller } from '#schema';
import { scopesWithin } from '../asked-scopes.ts';
import { hasOwnHealthSecrets } from '../consenters.ts';
import { requestStatusOf } from '../grant-status.ts';
import { standInOf } from '../pseudonym.ts';
import { clientFactsOf, type Registration } from '../registration.ts';
import { validDaysOf } from '../term.ts';
import { callerOf, findCitizenOf, refusalOf, type Context } from './context.ts';
import { findStanding, mayRepresent } from './people.ts';
import { findRegistration } from './reference.ts';

/** The client of the token with its purpose. @throws GraphQLError for everything that needs no subject to be refused */
export async function findAsker(
  code: string | null,
  context: Context,
): Promise<Registration & { readonly caller: SignedInCaller }> {
  const caller = callerOf(context);
  const registration = await findRegistration(caller.clientId, code, context);
  const facts = clientFactsOf(registration);
  const reason = refuseWithoutSubject(caller, { scope: 'ANY', minLevel: 1 }, facts);
  if (reason) throw refusalOf(reason);
  if (!registration) throw refusalOf('CLIENT_UNKNOWN');
  return { ...registration, caller };
}

/** The citizen of a number, or the stand-in of one that nobody has. */
export async function findAsked(personalId: string, { loaders }: Context): Promise<string> {
  return (await loaders.citizenIdOfNumber.load(personalId)) ?? standInOf(personalId);
}

/** A parent or guardian asks a child of 14 to 17. @throws GraphQLError, the same for everybody they do not represent */
async function requireOwnChild(citizenId: string, context: Context): Promise<void> {
  const standing = await findStanding(citizenId, context);
  const isTheirs = await mayRepresent(citizenId, context);
  if (isTheirs && standing && hasOwnHealthSecrets(standing, context.today)) return;
  throw badArgument('personalId', 'the number of a child of 14 to 17 whom you represent');
}

interface AskArguments {
  readonly personalId: string;
  readonly scopes: readonly string[];
  readonly oneTime: boolean;
  readonly validDays?: number | null;
}

/** A first-party client has one purpose to ask for, whether or not its token says so. */
async function findPurposeOf(context: Context) {
  const { purpose } = callerOf(context);
  const asker = await findAsker(purpose?.code ?? guardianCarePurpose, context);
  const isFitting = asker.client.isFirstParty === (asker.purpose?.code === guardianCarePurpose);
  if (!asker.purpose || !asker.notice || !isFitting) throw refusalOf('PURPOSE_MISMATCH');
  return { ...asker, purpose: asker.purpose, notice: asker.notice };
}

export async function ask(_: unknown, args: AskArguments, context: Context) {
  const { caller, client, purpose, notice } = await findPurposeOf(context);
  if (purpose.legalBasis !== 'CONSENT')
    throw badArgument('scopes', 'nothing under a purpose that rests on a statute: it needs no consent');
  const scopes = scopesWithin(args.scopes, purpose.scopes, 'the registered purpose');
  const validDays = validDaysOf(args.validDays, purpose.maxDays);
  const citizenId = await findAsked(args.personalId, context);
  if (client.isFirstParty) await requireOwnChild(citizenId, context);
  const { clientId } = client;
  const by = { requestedBy: caller.sub, readerId: client.isFirstParty ? caller.sub : null };
  const what = { purpose: purpose.code, scopes, noticeVersion: notice.version, validDays };
  const asking = { citizenId, clientId, ...by, ...what, isOneTime: args.oneTime };
  return { ...(await context.loaders.actions.askForConsent(asking, context.now)), status: 'PENDING' };
}

/** Whether the request is the caller's client's own; in a first-party client, the caller's own. */
const isOwn = (
  request: { readonly clientId: string; readonly requestedBy: string },
  { client, caller }: Awaited<ReturnType<typeof findAsker>>,
): boolean =>
  request.clientId === client.clientId && (!client.isFirstParty || request.requestedBy === caller.sub);

export async function stateOf(_: unknown, { id }: { readonly id: string }, context: Context) {
  const asker = await findAsker(callerOf(context).purpose?.code ?? null, context);
  const citizenId = await findCitizenOf(id, context);
  const found = citizenId === null ? null : await context.loaders.readRequest(citizenId, id);
  if (!found || !isOwn(found.request, asker))
    return { requestId: id, status: 'PENDING', grantedScopes: null };
  const status = requestStatusOf(found.request, context.now);
  return { requestId: id, status, grantedScopes: status === 'GIVEN' ? found.grantedScopes : null };
}
