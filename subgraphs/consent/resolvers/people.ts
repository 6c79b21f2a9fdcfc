import { representativesOf, type Standing } from '../consenters.ts';
import { callerOf, type Context } from './context.ts';

/** Whether the caller represents the person now, by fresh facts; a stale register gives no right. */
export async function mayRepresent(subject: string, { access }: Context): Promise<boolean> {
  const decision = await access.decide(subject, { scope: 'ANY', minLevel: 1 });
  return decision.isAllowed && decision.basis === 'GUARDIAN';
}

/** The caller and everybody they represent now: whose dealings with the register are theirs to see. */
export async function listOwnPeople(context: Context): Promise<readonly string[]> {
  const { sub } = callerOf(context);
  const represented = await context.loaders.represented.load(sub);
  const ids = represented.map(({ representedId }) => representedId);
  const isAllowed = await Promise.all(ids.map((id) => mayRepresent(id, context)));
  return [sub, ...ids.filter((_, index) => isAllowed[index])];
}

/** `null`: the register does not know the person. */
export async function findStanding(citizenId: string, { loaders }: Context): Promise<Standing | null> {
  const [birth, links] = await Promise.all([loaders.birth.load(citizenId), loaders.links.load(citizenId)]);
  return birth && { citizenId, bornOn: birth.bornOn, links };
}

/** Who represents the person today. */
export async function findRepresentatives(citizenId: string, context: Context): Promise<readonly string[]> {
  const standing = await findStanding(citizenId, context);
  return standing ? representativesOf(standing, context.today) : [];
}
