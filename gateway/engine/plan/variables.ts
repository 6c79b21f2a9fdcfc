import { Kind, visit, type DocumentNode } from 'graphql';
import type { VariableValues } from '../operation.ts';

/** Under this name fetches send whom they ask about. */
const taken = 'representations';

interface Freed {
  readonly document: DocumentNode;
  /** Values by the names that the document has now. */
  readonly rename: (values: VariableValues) => VariableValues;
}

const asItIs = (values: VariableValues): VariableValues => values;

/** The document with another name for a variable of the client that is called as one of every plan. */
export function freeVariable(document: DocumentNode): Freed {
  const names = new Set<string>();
  visit(document, { Variable: ({ name }) => void names.add(name.value) });
  if (!names.has(taken)) return { document, rename: asItIs };
  let free = `${taken}_`;
  while (names.has(free)) free += '_';
  const freed = visit(document, {
    Variable: (node) =>
      node.name.value === taken ? { ...node, name: { kind: Kind.NAME, value: free } } : undefined,
  });
  const rename = ({ [taken]: value, ...others }: VariableValues): VariableValues =>
    value === undefined ? others : { ...others, [free]: value };
  return { document: freed, rename };
}
