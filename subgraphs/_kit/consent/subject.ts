import { createHmac, randomBytes } from 'node:crypto';
import type { Need } from '#schema';
import type { Agency } from '../agency.ts';
import type { RequestContext } from '../context.ts';

/** Whom a question is about. `isKnown`: somebody has the number or id; otherwise a stand-in is asked about. */
export interface Subject {
  readonly id: string | null;
  readonly isKnown: boolean;
}

type Arguments = Readonly<Record<string, unknown>>;
type FindSubject = (parent: unknown, args: Arguments, context: RequestContext) => Subject | Promise<Subject>;

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const processKey = randomBytes(32);
const nobody: Subject = { id: null, isKnown: false };

/**
 * An id that no citizen has, the same for the same number: about somebody unknown the register is asked the same
 * question as about everybody else, so that neither answer nor time tells them apart.
 */
function standInOf(number: string): string {
  const hex = createHmac('sha256', processKey).update(number).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The citizen a personal number leads to; a stand-in when nobody has it. */
export async function findNumbered(
  agency: Agency,
  number: unknown,
  { loaders }: RequestContext,
): Promise<Subject> {
  if (typeof number !== 'string' || !agency.findSubject) return nobody;
  const id = await agency.findSubject(number, loaders);
  return id === null ? { id: standInOf(number), isKnown: false } : { id, isKnown: true };
}

/** The last one that was asked about: the guarded fields of a record come one after the other. */
let last = nobody;

/** The citizen whose record is being read: every `Citizen` in an agency carries the key. */
const ofParent: FindSubject = (parent) => {
  const { id } = parent as { readonly id?: unknown };
  if (typeof id !== 'string') return nobody;
  if (id !== last.id) last = uuidPattern.test(id) ? { id, isKnown: true } : nobody;
  return last;
};

/** The one who signed in: their own dealings. */
const ofCaller: FindSubject = (_, __, { caller }) =>
  caller.kind === 'signed-in' && uuidPattern.test(caller.sub) ? { id: caller.sub, isKnown: true } : nobody;

/** How the subject of a guarded coordinate is found. */
export function subjectFinderOf(
  agency: Agency,
  typeName: string,
  need: Need,
  argumentNames: readonly string[],
) {
  if (typeName === 'Citizen') return ofParent;
  if (need.scope === 'REGISTER_AUDIT') return () => nobody;
  if (!argumentNames.includes('personalId')) return ofCaller;
  const ofNumber: FindSubject = (_, { personalId }, context) => findNumbered(agency, personalId, context);
  return ofNumber;
}
