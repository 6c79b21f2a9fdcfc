import {
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Execution, OperationFacts } from './execution.ts';
import type { ObjectPlan } from './plan.ts';
import { planOperation } from './plan-operation.ts';
import { runFields, runInTurn } from './run.ts';
import { variablesReaderOf } from './read-variables.ts';
import { conditionsOf, isUnusual, judgesObjects } from './unusual.ts';

type Variables = Record<string, unknown>;

/** What one request brings to an operation. */
export interface RunOptions {
  readonly variables: Readonly<Variables> | undefined;
  readonly context: unknown;
}

/**
 * Runs the operation and answers as graphql-js' `execute` would. `null` when the variables are not what the operation
 * takes: nothing has begun then, and graphql-js has the words for it. Never rejects.
 */
export type RunOperation = (options: RunOptions) => Promise<ExecutionResult> | null;

/** Outcomes of `@skip` and `@include` whose plans are kept, for each operation. */
const maxOutcomes = 16;

function begin(facts: OperationFacts, plan: ObjectPlan, variables: Variables, context: unknown) {
  return new Promise<ExecutionResult>((resolve) => {
    const data = { ...plan.blank };
    const { schema, operation, fragments } = facts;
    const run: Execution = {
      schema,
      operation,
      fragments,
      context,
      variables,
      args: new Map(),
      errors: [],
      data,
      hasNulled: false,
      pending: 0,
      onIdle() {
        const { errors } = run;
        resolve(errors.length === 0 ? { data: run.data } : { errors, data: run.data });
      },
    };
    if (operation.operation === OperationTypeNode.MUTATION) runInTurn(run, plan, data);
    else runFields(run, plan, undefined, data, undefined);
    if (run.pending === 0) run.onIdle();
  });
}

/** The outcome of the conditions as a text; `null` when one is not a plain yes or no. */
function outcomeOf(conditions: readonly string[], variables: Variables): string | null {
  let outcome = '';
  for (const name of conditions) {
    const value = variables[name];
    if (typeof value !== 'boolean') return null;
    outcome += value ? '1' : '0';
  }
  return outcome;
}

function findOperation(
  document: DocumentNode,
  name: string | undefined,
): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (name === undefined) return operations.length === 1 ? operations[0] : undefined;
  return operations.find((each) => each.name?.value === name);
}

const fragmentsOf = (document: DocumentNode): Record<string, FragmentDefinitionNode> => {
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments[each.name.value] = each;
  return fragments;
};

/**
 * Prepares a valid operation of a schema whose resolvers are final. `null` for what is better left to graphql-js: an
 * operation that is not there, questions about the schema, events, a response key `__proto__`.
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName?: string,
): RunOperation | null {
  const operation = findOperation(document, operationName);
  if (!operation || judgesObjects(schema) || isUnusual(document, operation)) return null;
  const readVariables = variablesReaderOf(schema, operation);
  const facts = { schema, operation, fragments: fragmentsOf(document) };
  const conditions = conditionsOf(document);
  const plans = new LRUCache<string, ObjectPlan>({ max: maxOutcomes });
  const planFor = (outcome: string, variables: Variables): ObjectPlan | null => {
    const known = plans.get(outcome);
    if (known) return known;
    const plan = planOperation(facts, Object.fromEntries(conditions.map((name) => [name, variables[name]])));
    if (plan) plans.set(outcome, plan);
    return plan;
  };
  return ({ variables: given = {}, context }) => {
    const coerced = readVariables(given);
    const outcome = coerced ? outcomeOf(conditions, coerced) : null;
    const plan = coerced && outcome !== null ? planFor(outcome, coerced) : null;
    return coerced && plan ? begin(facts, plan, coerced, context) : null;
  };
}
