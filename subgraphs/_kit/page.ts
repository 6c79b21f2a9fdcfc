import { isDay } from '#schema';
import { badArgument } from './errors.ts';

/** The most items a page may hold. */
export const maxPageSize = 100;

/** Arguments of a connection field as the client sends them. */
export interface PageArguments {
  readonly first: number;
  readonly after?: string | null;
  readonly from?: string | null;
  readonly to?: string | null;
}

/** Where a page begins: behind the record of that sort value and id. */
export interface Position {
  /** Text that sorts as the column does: a day, month or instant. */
  readonly sort: string;
  readonly id: string;
}

/** One page of one citizen's records, newest first. */
export interface PageKey {
  readonly citizenId: string;
  readonly first: number;
  readonly after: Position | null;
  readonly from: string | null;
  readonly to: string | null;
}

export interface Connection<Node> {
  readonly nodes: readonly Node[];
  /** Cursors are made for those who ask. */
  readonly edges: () => readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: () => string | null;
    readonly endCursor: () => string | null;
  };
}

/** Opaque to clients; names no person, only a place in a list. */
export function encodeCursor(position: Position): string {
  return Buffer.from(JSON.stringify([position.sort, position.id])).toString('base64url');
}

const isPosition = (value: unknown): value is [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');

const recordIdPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function parseCursor(cursor: string): Position | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!isPosition(value)) return null;
    const [sort, id] = value;
    return isDay(sort.slice(0, 10).padEnd(10, '-01')) && recordIdPattern.test(id) ? { sort, id } : null;
  } catch {
    return null;
  }
}

function decodeCursor(cursor: string): Position {
  const position = parseCursor(cursor);
  if (position && encodeCursor(position) === cursor) return position;
  throw badArgument('after', 'the endCursor of an earlier page, unchanged');
}

/** Checks a connection's arguments; refuses with the argument's name. */
export function pageKeyOf(citizenId: string, page: PageArguments): PageKey {
  const { first, after, from = null, to = null } = page;
  if (first < 1 || first > maxPageSize) throw badArgument('first', `a number from 1 to ${maxPageSize}`);
  if (from !== null && to !== null && from > to) throw badArgument('from', 'a date that is not after "to"');
  return { citizenId, first, after: after == null ? null : decodeCursor(after), from, to };
}

/** `rows` holds up to one more than `first`, which tells that more follow. */
export function connectionOf<Node>(
  rows: readonly Node[],
  key: PageKey,
  positionOf: (row: Node) => Position,
): Connection<Node> {
  const nodes = rows.slice(0, key.first);
  const cursorOf = (node: Node): string => encodeCursor(positionOf(node));
  const edges = () => nodes.map((node) => ({ cursor: cursorOf(node), node }));
  const [first, last] = [nodes[0], nodes.at(-1)];
  const pageInfo = {
    hasNextPage: rows.length > key.first,
    hasPreviousPage: key.after !== null,
    startCursor: () => (first === undefined ? null : cursorOf(first)),
    endCursor: () => (last === undefined ? null : cursorOf(last)),
  };
  return { nodes, edges, pageInfo };
}
