import type { GraphQLResolveInfo } from 'graphql';
import { fail, isGone, release, type Execution, type Holder, type Place } from './execution.ts';
import type { Complete, FieldPlan, FieldSite, ObjectPlan } from './plan.ts';

export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  (typeof value === 'object' || typeof value === 'function') &&
  value !== null &&
  typeof (value as PromiseLike<unknown>).then === 'function';

const placeOf = (plan: FieldSite, holder: Holder, prev: Place | undefined): Place => ({
  prev,
  key: plan.key,
  typename: plan.parentType.name,
  holder,
  isNullable: plan.isNullable,
  isNulled: false,
});

/** What the resolver of a field is told besides its object, arguments and context. */
export function infoOf(run: Execution, plan: FieldSite, path: Place): GraphQLResolveInfo {
  return {
    fieldName: plan.name,
    fieldNodes: plan.nodes,
    returnType: plan.definition.type,
    parentType: plan.parentType,
    path,
    schema: run.schema,
    fragments: run.fragments,
    rootValue: undefined,
    operation: run.operation,
    variableValues: run.variables,
  };
}

/** Fills a place when its value arrives; until then its key keeps its turn among the others. */
function fillLater(
  run: Execution,
  value: PromiseLike<unknown>,
  { nodes }: FieldSite,
  complete: Complete,
  place: Place,
): void {
  run.pending += 1;
  place.holder[place.key] = undefined;
  value.then(
    (arrived) => {
      try {
        if (!isGone(run, place)) complete(run, arrived, place);
      } catch (error) {
        fail(run, error, nodes, place);
      }
      release(run);
    },
    (error: unknown) => {
      fail(run, error, nodes, place);
      release(run);
    },
  );
}

/**
 * Puts a value, or what it will be, in its place. `false`: the place could not be `null` and was, so that what holds it
 * is gone.
 */
export function fill(
  run: Execution,
  value: unknown,
  plan: FieldSite,
  complete: Complete,
  place: Place,
): boolean {
  try {
    if (!isPromise(value)) return complete(run, value, place);
    fillLater(run, value, plan, complete, place);
    return true;
  } catch (error) {
    return fail(run, error, plan.nodes, place);
  }
}

function runResolver(
  run: Execution,
  plan: FieldPlan,
  resolve: NonNullable<FieldPlan['definition']['resolve']>,
  source: unknown,
  place: Place,
): boolean {
  let value: unknown;
  try {
    value = resolve(source, plan.readArguments(run), run.context, infoOf(run, plan, place));
  } catch (error) {
    return fail(run, error, plan.nodes, place);
  }
  return fill(run, value, plan, plan.complete, place);
}

/** A field without a resolver is the property of its name, or what the method of that name answers. */
function readProperty(source: unknown, name: string): unknown {
  return (typeof source === 'object' || typeof source === 'function') && source !== null
    ? (source as Record<string, unknown>)[name]
    : undefined;
}

function runProperty(
  run: Execution,
  plan: FieldPlan,
  source: unknown,
  holder: Holder,
  around: Place | undefined,
): boolean {
  let value: unknown;
  try {
    value = readProperty(source, plan.name);
  } catch (error) {
    return fail(run, error, plan.nodes, placeOf(plan, holder, around));
  }
  const leaf = plan.leafOf?.(value);
  if (leaf !== undefined) {
    holder[plan.key] = leaf;
    return true;
  }
  const place = placeOf(plan, holder, around);
  if (typeof value !== 'function') return fill(run, value, plan, plan.complete, place);
  const method = value;
  return runResolver(run, plan, (_, ...rest) => method.call(source, ...rest) as unknown, source, place);
}

function runField(
  run: Execution,
  plan: FieldPlan,
  source: unknown,
  holder: Holder,
  around: Place | undefined,
): boolean {
  const { resolve } = plan.definition;
  return resolve
    ? runResolver(run, plan, resolve, source, placeOf(plan, holder, around))
    : runProperty(run, plan, source, holder, around);
}

/** Runs every field of an object. `false`: one could not be `null` and was, so the object is gone. */
export function runFields(
  run: Execution,
  { fields }: ObjectPlan,
  source: unknown,
  holder: Holder,
  around: Place | undefined,
): boolean {
  for (const field of fields) if (!runField(run, field, source, holder, around)) return false;
  return true;
}

/** Fills an object in its place with what is asked of its type. */
export const completeObject =
  (plan: ObjectPlan): Complete =>
  (run, value, place) => {
    const object: Holder = { ...plan.blank };
    place.holder[place.key] = object;
    return runFields(run, plan, value, object, place) || place.isNullable;
  };

/** Runs the fields of a mutation: each when everything of the one before is there. */
export function runInTurn(run: Execution, plan: ObjectPlan, holder: Holder, from = 0): void {
  for (let turn = from; turn < plan.fields.length; turn += 1) {
    const field = plan.fields[turn];
    if (run.data === null || !field || !runField(run, field, undefined, holder, undefined)) return;
    if (run.pending === 0) continue;
    const { onIdle } = run;
    run.onIdle = () => {
      run.onIdle = onIdle;
      runInTurn(run, plan, holder, turn + 1);
      if (run.pending === 0) onIdle();
    };
    return;
  }
}
