import { getArgumentValues, Kind, visit, type FieldNode, type GraphQLField } from 'graphql';
import type { ReadArguments } from './plan.ts';

type Field = GraphQLField<unknown, unknown>;

function usesVariables(node: FieldNode): boolean {
  let isFound = false;
  for (const argument of node.arguments ?? []) visit(argument, { Variable: () => void (isFound = true) });
  return isFound;
}

const isPlain = (values: Record<string, unknown>): boolean =>
  Object.values(values).every((value) => typeof value !== 'object' || value === null);

function readFixed(definition: Field, node: FieldNode): Record<string, unknown> | null {
  try {
    const fixed = getArgumentValues(definition, node);
    return isPlain(fixed) ? fixed : null;
  } catch {
    return null;
  }
}

/** Arguments and the variables they are; `null` when one is something else, or has a default. */
function pairsOf(definition: Field, node: FieldNode): readonly (readonly [string, string])[] | null {
  const given = new Map((node.arguments ?? []).map(({ name, value }) => [name.value, value]));
  const pairs: (readonly [string, string])[] = [];
  for (const { name, defaultValue } of definition.args) {
    const value = given.get(name);
    if (value?.kind === Kind.VARIABLE) pairs.push([name, value.name.value]);
    else if (value || defaultValue !== undefined) return null;
  }
  return pairs;
}

/** The values of the variables, when each has one; they were read as of their types. */
function readPairs(
  pairs: readonly (readonly [string, string])[],
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> | null {
  const read: Record<string, unknown> = {};
  for (const [name, variable] of pairs) {
    const value = variables[variable];
    if (value == null) return null;
    read[name] = value;
  }
  return read;
}

/** How the arguments of a field are read: once and for all when nothing in them can change, else once a run. */
export function argumentsReaderOf(definition: Field, node: FieldNode): ReadArguments {
  if (definition.args.length === 0) return () => ({});
  const fixed = usesVariables(node) ? null : readFixed(definition, node);
  if (fixed) return () => ({ ...fixed });
  const pairs = pairsOf(definition, node);
  return (run) => {
    const plain = pairs && readPairs(pairs, run.variables);
    if (plain) return plain;
    const known = run.args.get(node);
    if (known) return { ...known };
    const read = getArgumentValues(definition, node, run.variables);
    run.args.set(node, read);
    return { ...read };
  };
}
