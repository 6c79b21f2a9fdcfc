import { publicErrors } from '#schema';
import type { GatewayContext } from '../context.ts';
import { createClientPlaces } from './client-places.ts';
import { compilePlan, type CompiledNode } from './compile/plan.ts';
import type { FetchSurroundings } from './compile/fetch.ts';
import { runNode } from './execute/execute.ts';
import type { AnswerError, Run } from './execute/run.ts';
import type { SelectedOperation, VariableValues } from './operation.ts';
import type { OperationPlan } from './plan/operation-plan.ts';

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
}

/** Runs one operation, any number of times. Never rejects. */
export interface RunOperation {
  (inputs: RunInputs): Promise<Merged>;
  /** Plans the operation now; else it is planned before its first run. */
  readonly plan: () => void;
}

export interface RunnerSurroundings extends FetchSurroundings {
  readonly plan: (selected: SelectedOperation) => OperationPlan;
  /** Told why an operation could not be planned. */
  readonly onUnplannable: (error: unknown) => void;
}

interface Ready extends Omit<OperationPlan, 'plan'> {
  readonly node: CompiledNode | null;
  readonly toClientPlaces: (errors: readonly AnswerError[]) => readonly AnswerError[];
}

function unplannable(): Merged {
  const code = 'INTERNAL_SERVER_ERROR';
  return { data: null, errors: [{ message: publicErrors[code].message, extensions: { code } }] };
}

function prepare(selected: SelectedOperation, surroundings: RunnerSurroundings): Ready | null {
  try {
    const { plan, ...rest } = surroundings.plan(selected);
    return { ...rest, node: compilePlan(plan, surroundings), toClientPlaces: createClientPlaces(selected) };
  } catch (error) {
    surroundings.onUnplannable(error);
    return null;
  }
}

async function run(ready: Ready, inputs: RunInputs): Promise<Merged> {
  const { node, lost, putBack, publicPath, toClientPlaces } = ready;
  if (lost.some(({ isSelected }) => isSelected(inputs.variables))) return unplannable();
  const state: Run = { ...inputs, data: {}, errors: [] };
  if (node) await runNode(node, state);
  putBack?.(state.data);
  const { data, errors } = state;
  if (errors.length === 0) return { data, errors };
  const place = (error: AnswerError): AnswerError =>
    error.path ? { ...error, path: publicPath(error.path) } : error;
  return { data, errors: toClientPlaces(errors.map(place)) };
}

/** A failed attempt to plan is remembered like a plan: it would cost the same again. */
export function createRunner(selected: SelectedOperation, surroundings: RunnerSurroundings): RunOperation {
  let ready: Ready | null | undefined;
  const plan = (): Ready | null => (ready === undefined ? (ready = prepare(selected, surroundings)) : ready);
  const answer = async (inputs: RunInputs): Promise<Merged> => {
    const found = plan();
    return found ? run(found, inputs) : unplannable();
  };
  return Object.assign(answer, { plan: () => void plan() });
}
