import { badArgument } from '#kit';
import { unknownAccess } from '../actions/index.ts';
import { emergencyScopesOf } from '../asked-scopes.ts';
import { emergencyEndOf } from '../term.ts';
import { findAsked, findAsker } from './ask.ts';
import { callerOf, findCitizenOf, refusalOf, type Context } from './context.ts';

const fewestLetters = 20;
const mostLetters = 2000;

/** A clinician of a registered client that is not first-party. @throws GraphQLError */
async function findClinician(context: Context) {
  const { caller, client } = await findAsker(callerOf(context).purpose?.code ?? null, context);
  if (client.isFirstParty || !caller.roles.includes('clinician')) throw refusalOf('ROLE_MISSING');
  return { clientId: client.clientId, officerId: caller.sub };
}

function justificationOf(text: string): string {
  const justification = text.trim();
  const letters = [...justification].length;
  if (letters < fewestLetters || letters > mostLetters)
    throw badArgument(
      'justification',
      `${fewestLetters} to ${mostLetters} characters that say why it cannot wait`,
    );
  return justification;
}

interface BeginArguments {
  readonly personalId: string;
  readonly scopes: readonly string[];
  readonly justification: string;
  readonly hours: number;
}

export async function begin(_: unknown, args: BeginArguments, context: Context) {
  const clinician = await findClinician(context);
  const scopes = emergencyScopesOf(args.scopes);
  const justification = justificationOf(args.justification);
  const endsAt = emergencyEndOf(context.now, args.hours);
  const citizenId = await findAsked(args.personalId, context);
  const emergency = { ...clinician, citizenId, scopes, justification, endsAt };
  return context.loaders.actions.beginEmergency(emergency, context);
}

export async function end(_: unknown, { accessId }: { readonly accessId: string }, context: Context) {
  const clinician = await findClinician(context);
  const citizenId = await findCitizenOf(accessId, context);
  if (citizenId === null) throw unknownAccess();
  const ending = { ...clinician, citizenId, accessId };
  return { accessId, endedAt: await context.loaders.actions.endEmergency(ending, context.now) };
}
