import type { DirectiveNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { publicErrors, type PublicErrorCode } from '#schema';
import type { GatewayContext } from '../context.ts';
import { createClientPlaces } from './client-places.ts';
import { compilePlan, type CompiledNode } from './compile/plan.ts';
import type { FetchSurroundings } from './compile/fetch.ts';
import { runNode } from './execute/execute.ts';
import type { AnswerError, Run } from './execute/run.ts';
import type { SelectedOperation, VariableValues } from './operation.ts';
import type { OperationPlan } from './plan/operation-plan.ts';
import { isTooLarge } from './plan/planner.ts';
import { settleConditions } from './plan/settle-conditions.ts';
import { readConditions } from './shape/conditions.ts';

/** Values for one run of an operation. */
export interface RunInputs {
  /** Coerced, with defaults. */
  readonly variables: VariableValues;
  /** As the client sent them. */
  readonly given: VariableValues;
  readonly context: GatewayContext;
}

/**
 * What the agencies answered, merged by response key and not yet shaped; `null`: the operation could not be run.
 */
export interface Merged {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly AnswerError[];
  /** Whether no text in the data has anything that JSON escapes; `false`: not known. */
  readonly isUnescaped: boolean;
}

/** Runs one operation, any number of times. Never rejects. */
export interface RunOperation {
  (inputs: RunInputs): Promise<Merged>;
  /** Plans the operation now, as it is with defaults alone; else each variant is planned before its first run. */
  readonly plan: () => void;
}

export interface RunnerSurroundings extends FetchSurroundings {
  readonly plan: (selected: SelectedOperation) => OperationPlan;
  /** Told why an operation could not be planned. */
  readonly onUnplannable: (error: unknown) => void;
}

interface Ready extends Omit<OperationPlan, 'plan'> {
  readonly node: CompiledNode | null;
  readonly toClientPlaces: ReturnType<typeof createClientPlaces>;
}

function unplannable(code: PublicErrorCode = 'INTERNAL_SERVER_ERROR'): Merged {
  const errors = [{ message: publicErrors[code].message, extensions: { code } }];
  return { data: null, errors, isUnescaped: true };
}

function prepare(selected: SelectedOperation, surroundings: RunnerSurroundings): Ready | PublicErrorCode {
  try {
    const { plan, ...rest } = surroundings.plan(selected);
    return {
      ...rest,
      node: compilePlan(plan, surroundings),
      toClientPlaces: createClientPlaces(selected, surroundings.schema),
    };
  } catch (error) {
    if (isTooLarge(error)) return 'OPERATION_TOO_LARGE';
    surroundings.onUnplannable(error);
    return 'INTERNAL_SERVER_ERROR';
  }
}

async function run(ready: Ready, inputs: RunInputs): Promise<Merged> {
  const { node, renameVariables, putBack, publicPath, toClientPlaces } = ready;
  const state: Run = {
    context: inputs.context,
    variables: renameVariables(inputs.variables),
    given: renameVariables(inputs.given),
    data: {},
    errors: [],
    isUnescaped: true,
    waiting: new Map(),
  };
  if (node) await runNode(node, state);
  putBack?.(state.data);
  const { data, errors, isUnescaped } = state;
  if (errors.length === 0) return { data, errors, isUnescaped };
  const place = (error: AnswerError): AnswerError =>
    error.path ? { ...error, path: publicPath(error.path) } : error;
  return { data, errors: toClientPlaces(errors.map(place), data), isUnescaped };
}

/** So many combinations of `@skip` and `@include` are remembered per operation. */
const maxPlans = 16;

/** The plans of an operation, each made once. A failed attempt is remembered like a plan: it would cost the same again. */
function createPlans(selected: SelectedOperation, surroundings: RunnerSurroundings) {
  const conditions = readConditions(selected.operation, selected.fragments);
  const plans = new LRUCache<string, Ready | PublicErrorCode>({ max: maxPlans });
  return (variables: VariableValues): Ready | PublicErrorCode => {
    const combination = conditions.combinationOf(variables);
    const known = plans.get(combination);
    if (known !== undefined) return known;
    const isIncluded = (directives: readonly DirectiveNode[]): boolean =>
      conditions.isIncluded(directives, combination);
    const made = prepare(settleConditions(selected, isIncluded), surroundings);
    plans.set(combination, made);
    return made;
  };
}

export function createRunner(selected: SelectedOperation, surroundings: RunnerSurroundings): RunOperation {
  const planOf = createPlans(selected, surroundings);
  const answer = async (inputs: RunInputs): Promise<Merged> => {
    const found = planOf(inputs.variables);
    return typeof found === 'string' ? unplannable(found) : run(found, inputs);
  };
  return Object.assign(answer, { plan: () => void planOf({}) });
}
