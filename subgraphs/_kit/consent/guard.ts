import type { GraphQLError, GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import type { Decision, Need } from '#schema';
import type { Agency } from '../agency.ts';
import type { RequestContext } from '../context.ts';
import { pathTextOf, refusalError } from './refusal.ts';
import { findNumbered, subjectFinderOf, type Subject } from './subject.ts';

type Resolve = GraphQLFieldResolver<unknown, RequestContext>;
type Arguments = Readonly<Record<string, unknown>>;
type Path = GraphQLResolveInfo['path'];

/** `true`: the resolver may run. */
export type Verdict = true | GraphQLError;

/** What stands before a guarded field: whether its resolver may run, and what it then gets to see. */
export interface Guard {
  /** `true`, or the error that the field answers instead; at once when the decision is made. */
  readonly admit: (
    parent: unknown,
    args: Arguments,
    context: RequestContext,
    info: GraphQLResolveInfo,
  ) => Verdict | Promise<Verdict>;
  /** The resolver as it runs once admitted. */
  readonly wrap: (resolve: Resolve) => Resolve;
}

interface Judged {
  readonly subject: Subject;
  readonly decision: Decision;
}

async function judge(subject: Subject, need: Need, { access }: RequestContext): Promise<Judged> {
  return { subject, decision: await access.decide(subject.id, need) };
}

/** A field about one subject. */
function guardOne(agency: Agency, typeName: string, need: Need, argumentNames: readonly string[]): Guard {
  const find = subjectFinderOf(agency, typeName, need, argumentNames);
  const conclude = ({ id, isKnown }: Subject, decision: Decision, { access }: RequestContext, path: Path) => {
    access.note(pathTextOf(path), isKnown ? id : null, need.scope, decision);
    return decision.isAllowed || refusalError(decision.reason, need.scope);
  };
  const decideLater = async (
    found: Subject | Promise<Subject>,
    context: RequestContext,
    path: Path,
  ): Promise<Verdict> => {
    const subject = await found;
    return conclude(subject, await context.access.decide(subject.id, need), context, path);
  };
  return {
    admit: (parent, args, context, { path }) => {
      const found = find(parent, args, context);
      if (found instanceof Promise) return decideLater(found, context, path);
      const decision = context.access.decide(found.id, need);
      if (decision instanceof Promise) return decideLater(found, context, path);
      return conclude(found, decision, context, path);
    },
    wrap: (resolve) => resolve,
  };
}

/** The one reason when everybody in the list is refused for the same. */
function sharedReason(judged: readonly Judged[]) {
  const reasons = new Set(judged.map(({ decision }) => (decision.isAllowed ? null : decision.reason)));
  const [reason] = reasons;
  return reasons.size === 1 && reason ? reason : null;
}

/** A root field with a list of numbers: each stands for itself, and the resolver never sees a refused one. */
function guardMany(agency: Agency, need: Need): Guard {
  const judgeAll = (args: Arguments, context: RequestContext): Promise<Judged[]> => {
    const numbers = args['personalIds'] as readonly string[];
    return Promise.all(
      numbers.map(async (number) => judge(await findNumbered(agency, number, context), need, context)),
    );
  };
  const noteAll = (judged: readonly Judged[], { access }: RequestContext, path: string): void =>
    judged.forEach(({ subject, decision }, index) =>
      access.note(`${path}.${index}`, subject.isKnown ? subject.id : null, need.scope, decision),
    );
  return {
    admit: async (_, args, context, info) => {
      const judged = await judgeAll(args, context);
      const reason = context.caller.kind === 'anonymous' ? 'NOT_SIGNED_IN' : sharedReason(judged);
      if (reason === null) return true;
      noteAll(judged, context, pathTextOf(info.path));
      return refusalError(reason, need.scope);
    },
    wrap: (resolve) => async (parent, args: Arguments, context, info) => {
      const judged = await judgeAll(args, context);
      const numbers = args['personalIds'] as readonly string[];
      const personalIds = numbers.filter((_, index) => judged[index]?.decision.isAllowed);
      const found = (await resolve(parent, { ...args, personalIds }, context, info)) as readonly unknown[];
      noteAll(judged, context, pathTextOf(info.path));
      let next = 0;
      return judged.map(({ decision }) =>
        decision.isAllowed ? found[next++] : refusalError(decision.reason, need.scope),
      );
    },
  };
}

/**
 * The guard of one marked coordinate.
 * @throws Error when it is about the holder of a personal number, and the agency cannot tell who that is
 */
export function createGuard(
  agency: Agency,
  typeName: string,
  need: Need,
  argumentNames: readonly string[],
): Guard {
  const isNumbered = argumentNames.some((name) => name === 'personalId' || name === 'personalIds');
  if (isNumbered && !agency.findSubject)
    throw new Error(`${agency.name} takes personal numbers and has no findSubject.`);
  return argumentNames.includes('personalIds')
    ? guardMany(agency, need)
    : guardOne(agency, typeName, need, argumentNames);
}
