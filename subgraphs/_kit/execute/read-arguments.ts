import { getArgumentValues, visit, type FieldNode, type GraphQLField } from 'graphql';
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

/** How the arguments of a field are read: once and for all when nothing in them can change, else once a run. */
export function argumentsReaderOf(definition: Field, node: FieldNode): ReadArguments {
  if (definition.args.length === 0) return () => ({});
  const fixed = usesVariables(node) ? null : readFixed(definition, node);
  if (fixed) return () => ({ ...fixed });
  return (run) => {
    const known = run.args.get(node);
    if (known) return { ...known };
    const read = getArgumentValues(definition, node, run.variables);
    run.args.set(node, read);
    return { ...read };
  };
}
