import {
  getOperationAST,
  Kind,
  parse,
  type DocumentNode,
  type GraphQLError,
  type SelectionSetNode,
} from 'graphql';
import type { AgencyAnswer, Fetch } from './agency-call/index.ts';
import { isIncluded, selectOperation, type SelectedOperation } from './engine/operation.ts';

export type Place = readonly (string | number)[];
type Values = Readonly<Record<string, unknown>>;

/** What a fetch asks of each entity; `null`: it asks root fields. */
export function representationsOf({ variables }: Fetch): readonly Values[] | null {
  const representations = variables?.['representations'];
  return Array.isArray(representations) ? (representations as readonly Values[]) : null;
}

interface Reading {
  readonly selected: SelectedOperation;
  readonly variables: Values;
  /** Fragments on other types are left out; `null`: all are in. */
  readonly typeName: string | null;
}

function readKeys(set: SelectionSetNode, reading: Reading): string[] {
  return set.selections.flatMap((selection) => {
    if (!isIncluded(selection, reading.variables)) return [];
    if (selection.kind === Kind.FIELD)
      return selection.name.value === '__typename' ? [] : [(selection.alias ?? selection.name).value];
    const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
    const fragment = isSpread ? reading.selected.fragments.get(selection.name.value) : selection;
    const condition = fragment?.typeCondition?.name.value;
    const isOther = reading.typeName !== null && condition !== undefined && condition !== reading.typeName;
    return fragment && !isOther ? readKeys(fragment.selectionSet, reading) : [];
  });
}

function entitiesSetOf({ selectionSet }: SelectedOperation['operation']): SelectionSetNode | undefined {
  for (const each of selectionSet.selections)
    if (each.kind === Kind.FIELD && each.name.value === '_entities') return each.selectionSet;
  return undefined;
}

/** Where the answers to a fetch belong: every field of every entity, or every root field. */
export interface Places {
  readonly all: readonly Place[];
  /** The places of one entity; its own when no field of it is known. */
  of(index: number): readonly Place[];
}

/** Reads a fetch as it was planned; `document`, when there is one, is its text, parsed. */
export function readPlaces(fetch: Fetch, document: DocumentNode | undefined): Places {
  const read = document ?? parse(fetch.query, { noLocation: true });
  const selected = selectOperation(read, getOperationAST(read, fetch.operationName)?.name?.value);
  if (!selected) return { all: [], of: () => [] };
  const variables = fetch.variables ?? {};
  const representations = representationsOf(fetch);
  const set = entitiesSetOf(selected.operation);
  if (!representations || !set) {
    const reading = { selected, variables, typeName: null };
    const all = [...new Set(readKeys(selected.operation.selectionSet, reading))].map((key) => [key]);
    return { all, of: () => [] };
  }
  const keys = new Map<string, readonly string[]>();
  const keysOf = (typeName: string): readonly string[] => {
    const known = keys.get(typeName) ?? [...new Set(readKeys(set, { selected, variables, typeName }))];
    keys.set(typeName, known);
    return known;
  };
  const of = (index: number): readonly Place[] => {
    const place = ['_entities', index];
    const below = keysOf(String(representations[index]?.['__typename'])).map((key) => [...place, key]);
    return below.length > 0 ? below : [place];
  };
  return { all: representations.flatMap((_, index) => of(index)), of };
}

/** The failure once per place. */
export const failAt = (places: readonly Place[], { message, extensions }: GraphQLError) =>
  places.map((path) => ({ message, path, extensions }));

/** The answer of a fetch of which nothing can be used: `null` and the failure at every place. */
export function failWhole(
  fetch: Fetch,
  document: DocumentNode | undefined,
  failure: GraphQLError,
): AgencyAnswer {
  const { all } = readPlaces(fetch, document);
  const representations = representationsOf(fetch);
  const data = representations
    ? { _entities: representations.map(() => null) }
    : Object.fromEntries(all.map(([key]) => [key, null]));
  return { data, errors: failAt(all, failure) };
}
