import { describeRefusal, type DecisionRecord } from '#schema';
import { agencyFailure, type AgencyAnswer } from './agency-call/index.ts';
import { carriedTo, keepAttested } from './attested-facts.ts';
import type { CallerTokens } from './caller-token.ts';
import type { GatewayContext } from './context.ts';
import { dropUndecided, readDecisions } from './engine/decisions.ts';
import type { AroundFetch, AskedEntities, FetchChecks, FetchError } from './engine/execute/agency.ts';
import { compileGuards, type Branch } from './engine/fetch-guards.ts';
import type { GuardedGraph } from './engine/guarded-graph.ts';
import { admitSubjects, nameSubject } from './limits.ts';
import type { SubjectBudget } from './subject-budget.ts';

export interface FetchCheckOptions {
  readonly graph: GuardedGraph;
  readonly callerTokens: CallerTokens;
  readonly budget: SubjectBudget;
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** Every guarded field that the fetch asks of its entities is refused, each at its path. */
function refuseEntities({ typeNames }: AskedEntities, branches: readonly Branch[]): AgencyAnswer {
  const guarded = branches.flatMap((root) => root.branches).filter(({ needs }) => needs.length > 0);
  const errors = typeNames.flatMap((type, index) =>
    guarded
      .filter(({ typeName }) => typeName === type)
      .map(({ key, needs }) => ({
        path: ['_entities', index, key],
        ...describeRefusal('SUBJECT_LIMIT', needs[0]?.scope ?? null),
      })),
  );
  const whole = errors.length > 0 ? errors : [describeRefusal('SUBJECT_LIMIT', null)];
  return { data: { _entities: typeNames.map(() => null) }, errors: whole };
}

/** Keeps the decisions for the receipt; who was found by number is not counted a second time by id. */
function noteDecisions(agency: string, context: GatewayContext, decisions: readonly DecisionRecord[]): void {
  const { subjects } = context;
  for (const decision of decisions) {
    const { subject, scope, isAllowed, basis, grantId, reason, paths } = decision;
    context.decisions.push({ subject, scope, isAllowed, basis, grantId, reason, paths, agency });
    if (subject === null || subjects.named.size >= subjects.numbers) continue;
    if (paths.some((path) => !path.startsWith('_entities.'))) nameSubject(subjects, subject);
  }
}

/** Counts the people of a fetch; none of them when the operation would concern too many. */
function refuseOrCharge(
  { subjects, caller }: GatewayContext,
  ids: readonly unknown[],
  budget: SubjectBudget,
): boolean {
  const fresh = admitSubjects(subjects, ids.every(isText) ? ids : ids.filter(isText));
  if (fresh === null) return true;
  if (fresh.length === 0) return false;
  const others = fresh.filter((id) => caller.kind === 'anonymous' || id !== caller.sub);
  if (subjects.payer !== null && others.length > 0) budget.note(subjects.payer, others);
  return false;
}

const none: readonly FetchError[] = [];

/** Tokens, the limit of people and the check of decisions around every fetch of a marked graph. */
export function createFetchChecks({ graph, callerTokens, budget }: FetchCheckOptions): FetchChecks {
  const around = (agency: string, query: string): AroundFetch => {
    const branches = compileGuards(graph, query);
    return {
      refuse: (context, entities) =>
        refuseOrCharge(context, entities.ids, budget) ? refuseEntities(entities, branches) : null,
      sign: ({ caller }) => callerTokens.recent(agency, caller),
      carry: ({ attested }, { ids }) => carriedTo(agency, attested, ids),
      pass: (context, entities, answer) => {
        const decisions = readDecisions(answer.extensions);
        noteDecisions(agency, context, decisions);
        keepAttested(context.attested, agency, answer.extensions);
        const dropped = dropUndecided(answer.data, branches, { decisions, entities });
        return dropped.length === 0
          ? none
          : dropped.map((path) => agencyFailure('SUBGRAPH_BAD_RESPONSE', agency, path));
      },
    };
  };
  return { around };
}
