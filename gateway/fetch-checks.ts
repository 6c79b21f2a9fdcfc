import { describeRefusal, type DecisionRecord } from '#schema';
import type { AgencyAnswer, Fetch, FetchChecks } from './agency-source.ts';
import type { CallerTokens } from './caller-token.ts';
import type { GatewayContext } from './context.ts';
import { dropUndecided, readDecisions } from './engine/decisions.ts';
import { createFetchCompiler, type Branch } from './engine/fetch-guards.ts';
import type { GuardedGraph } from './engine/guarded-graph.ts';
import { agencyFailure } from './errors.ts';
import { admitSubjects, nameSubject } from './limits.ts';
import type { SubjectBudget } from './subject-budget.ts';

export interface FetchCheckOptions {
  readonly graph: GuardedGraph;
  readonly callerTokens: CallerTokens;
  readonly budget: SubjectBudget;
}

type Representation = Readonly<Record<string, unknown>>;

function representationsOf({ variables }: Fetch): readonly Representation[] {
  const representations = variables?.['representations'];
  return Array.isArray(representations) ? (representations as Representation[]) : [];
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** Every guarded field that the fetch asks of its entities is refused, each at its path. */
function refuseEntities(
  representations: readonly Representation[],
  branches: readonly Branch[],
): AgencyAnswer {
  const guarded = branches.flatMap((root) => root.branches).filter(({ needs }) => needs.length > 0);
  const errors = representations.flatMap(({ __typename: type }, index) =>
    guarded
      .filter(({ typeName }) => typeName === type)
      .map(({ key, needs }) => ({
        path: ['_entities', index, key],
        ...describeRefusal('SUBJECT_LIMIT', needs[0]?.scope ?? null),
      })),
  );
  const whole = errors.length > 0 ? errors : [describeRefusal('SUBJECT_LIMIT', null)];
  return { data: { _entities: representations.map(() => null) }, errors: whole };
}

/** Keeps the decisions for the receipt; who was found by number is not counted a second time by id. */
function noteDecisions(agency: string, context: GatewayContext, decisions: readonly DecisionRecord[]): void {
  for (const decision of decisions) {
    context.decisions.push({ ...decision, agency });
    const isOfRoot = decision.paths.some((path) => !path.startsWith('_entities.'));
    if (isOfRoot && decision.subject !== null) nameSubject(context.subjects, decision.subject);
  }
}

/** Tokens, the limit of people and the check of decisions around every fetch of a marked graph. */
export function createFetchChecks({ graph, callerTokens, budget }: FetchCheckOptions): FetchChecks {
  const compile = createFetchCompiler(graph);
  return {
    refuse: ({ subjects, caller }, fetch) => {
      const representations = representationsOf(fetch);
      const fresh = admitSubjects(subjects, representations.map(({ id }) => id).filter(isText));
      if (fresh === null) return refuseEntities(representations, compile(fetch.query));
      const others = fresh.filter((id) => caller.kind === 'anonymous' || id !== caller.sub);
      if (subjects.payer !== null && others.length > 0) budget.note(subjects.payer, others);
      return null;
    },
    sign: (agency, { caller }) => callerTokens.recent(agency, caller),
    pass: (agency, context, fetch, answer) => {
      const decisions = readDecisions(answer.extensions);
      noteDecisions(agency, context, decisions);
      const check = { decisions, representations: representationsOf(fetch) };
      const dropped = dropUndecided(answer.data, compile(fetch.query), check);
      if (dropped.length === 0) return answer;
      const errors = dropped.map((path) => agencyFailure('SUBGRAPH_BAD_RESPONSE', agency, path));
      return { ...answer, errors: [...(answer.errors ?? []), ...errors] };
    },
  };
}
