import { BREAK, Kind, visit, type ASTNode, type DocumentNode } from 'graphql';
import type { DocumentMaxima, LimitName } from './maxima.ts';

/** A value that is too large, and the argument or variable that it is given to, where it has a name. */
export interface ValueFault {
  readonly limit: LimitName;
  readonly of: string | null;
}

const isNode = (ancestor: ASTNode | readonly ASTNode[]): ancestor is ASTNode => 'kind' in ancestor;

function describeHolder(ancestors: readonly (ASTNode | readonly ASTNode[])[]): string | null {
  for (const node of ancestors.filter(isNode).reverse()) {
    if (node.kind === Kind.ARGUMENT) return `Argument "${node.name.value}"`;
    if (node.kind === Kind.VARIABLE_DEFINITION) return `Variable "$${node.variable.name.value}"`;
  }
  return null;
}

/** The first list of a document that is longer than lists may be. */
export function findLongLiteral(document: DocumentNode, { listItems }: DocumentMaxima): ValueFault | null {
  let fault: ValueFault | null = null;
  visit(document, {
    ListValue: (node, _key, parent, _path, ancestors) => {
      if (node.values.length <= listItems) return undefined;
      fault = { limit: 'listItems', of: describeHolder(parent ? [...ancestors, parent] : ancestors) };
      return BREAK;
    },
  });
  return fault;
}

/** Only what could be a variable's name is repeated. */
const describeVariable = (name: string): string | null =>
  /^[_A-Za-z]\w{0,63}$/.test(name) ? `Variable "$${name}"` : null;

/** One variable's values, counted without recursion: JSON may be nested a hundred thousand deep. */
function findLargeValue(
  variable: unknown,
  { listItems }: Pick<DocumentMaxima, 'listItems'>,
  room: number,
): { readonly limit: LimitName } | { readonly count: number } {
  const open: unknown[] = [variable];
  let count = 0;
  while (open.length > 0) {
    const value = open.pop();
    count += 1;
    if (Array.isArray(value) && value.length > listItems) return { limit: 'listItems' };
    if (count + open.length > room) return { limit: 'values' };
    if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) open.push(item);
  }
  return { count };
}

/** Whether variables hold more values than that, of any form. */
export function countsMoreValues(variables: unknown, count: number): boolean {
  const found = findLargeValue(variables, { listItems: Infinity }, count + 1);
  return 'limit' in found;
}

/** The first variable with a list that is longer than lists may be, or with which all variables hold too many values. */
export function findLargeVariable(variables: unknown, maxima: DocumentMaxima): ValueFault | null {
  if (typeof variables !== 'object' || variables === null) return null;
  let room = maxima.values;
  for (const [name, value] of Object.entries(variables)) {
    const found = findLargeValue(value, maxima, room);
    if ('limit' in found) return { limit: found.limit, of: describeVariable(name) };
    room -= found.count;
  }
  return null;
}
