import {
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { DocumentMaxima, LimitName } from './maxima.ts';
import { maxLevels } from './tokens.ts';

/** What a document is refused for; `circle`: a fragment that contains itself. */
export type ShapeFault = LimitName | 'circle';

/** One response path: fields that meet there are merged. */
interface Place {
  readonly below: Map<string, Place>;
  fields: number;
}

/** The counts of one walk through a document. */
interface Walk {
  readonly maxima: DocumentMaxima;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Fragments that were met. */
  readonly met: Set<FragmentDefinitionNode>;
  /** Fragments around the place where the walk is. */
  readonly around: Set<FragmentDefinitionNode>;
  aliases: number;
  introspectionAliases: number;
  rootFields: number;
  selections: number;
  comparisons: number;
}

interface Standing {
  readonly place: Place;
  readonly depth: number;
  /** Fields and fragments above. */
  readonly level: number;
  readonly isIntrospection: boolean;
}

const createPlace = (): Place => ({ below: new Map(), fields: 0 });

const counted = ['aliases', 'introspectionAliases', 'rootFields', 'selections', 'comparisons'] as const;

function findExcess(walk: Walk, { depth, level, isIntrospection }: Standing): LimitName | null {
  const limit = isIntrospection ? 'introspectionDepth' : 'depth';
  if (depth > walk.maxima[limit] || level > maxLevels(walk.maxima)) return limit;
  return counted.find((name) => walk[name] > walk.maxima[name]) ?? null;
}

/** Characters of arguments that cost as much to compare as a field. */
const charactersPerComparison = 20;

/** What it costs to compare a field with another of the same name. */
function weightOf({ arguments: given = [] }: FieldNode): number {
  const [start, end] = [given[0]?.loc?.start ?? 0, given.at(-1)?.loc?.end ?? 0];
  return 1 + Math.floor((end - start) / charactersPerComparison);
}

const introspectionFields: ReadonlySet<string> = new Set(['__schema', '__type']);

/** Puts a field where it stands in the answer and answers where its own fields stand. */
function enterField(walk: Walk, node: FieldNode, standing: Standing): Standing {
  const isRoot = standing.depth === 0;
  const isIntrospection = standing.isIntrospection || (isRoot && introspectionFields.has(node.name.value));
  if (isRoot) walk.rootFields += 1;
  if (node.alias) walk[isIntrospection ? 'introspectionAliases' : 'aliases'] += 1;
  const name = (node.alias ?? node.name).value;
  const place = standing.place.below.get(name) ?? createPlace();
  standing.place.below.set(name, place);
  walk.comparisons += place.fields * weightOf(node);
  place.fields += 1;
  return { place, depth: standing.depth + 1, level: standing.level + 1, isIntrospection };
}

function weighField(walk: Walk, node: FieldNode, standing: Standing): ShapeFault | null {
  const below = enterField(walk, node, standing);
  return findExcess(walk, below) ?? weighSet(walk, node.selectionSet, below);
}

function weighFragment(walk: Walk, fragment: FragmentDefinitionNode, standing: Standing): ShapeFault | null {
  if (walk.around.has(fragment)) return 'circle';
  walk.met.add(fragment);
  walk.around.add(fragment);
  const fault = weighSet(walk, fragment.selectionSet, standing);
  walk.around.delete(fragment);
  return fault;
}

function weighSpread(walk: Walk, { name }: FragmentSpreadNode, standing: Standing): ShapeFault | null {
  const fragment = walk.fragments.get(name.value);
  return fragment ? weighFragment(walk, fragment, standing) : null;
}

function weighSelection(walk: Walk, node: SelectionNode, standing: Standing): ShapeFault | null {
  walk.selections += 1;
  if (node.kind === Kind.FIELD) return weighField(walk, node, standing);
  const below = { ...standing, level: standing.level + 1 };
  const excess = findExcess(walk, below);
  if (excess) return excess;
  if (node.kind === Kind.FRAGMENT_SPREAD) return weighSpread(walk, node, below);
  return weighSet(walk, node.selectionSet, below);
}

function weighSet(walk: Walk, set: SelectionSetNode | undefined, standing: Standing): ShapeFault | null {
  for (const selection of set?.selections ?? []) {
    const fault = weighSelection(walk, selection, standing);
    if (fault) return fault;
  }
  return null;
}

function startWalk({ definitions }: DocumentNode, maxima: DocumentMaxima): Walk {
  const fragments = definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  return {
    maxima,
    fragments: new Map(fragments.map((each) => [each.name.value, each])),
    ...{ met: new Set(), around: new Set() },
    ...{ aliases: 0, introspectionAliases: 0, rootFields: 0, selections: 0, comparisons: 0 },
  };
}

const standingAt = (depth: number): Standing => ({
  place: createPlace(),
  depth,
  level: 0,
  isIntrospection: false,
});

/**
 * The first fault of a document's shape. Fragments are followed wherever they are spread, and the walk ends at the first
 * limit: it costs no more than the largest document that is let through. Fragments that nothing spreads are walked too,
 * as validation reads them.
 */
export function findShapeFault(document: DocumentNode, maxima: DocumentMaxima): ShapeFault | null {
  const walk = startWalk(document, maxima);
  for (const each of document.definitions) {
    const isOperation = each.kind === Kind.OPERATION_DEFINITION;
    const fault = isOperation ? weighSet(walk, each.selectionSet, standingAt(0)) : null;
    if (fault) return fault;
  }
  for (const each of document.definitions) {
    if (each.kind !== Kind.FRAGMENT_DEFINITION || walk.met.has(each)) continue;
    const fault = weighFragment(walk, each, standingAt(1));
    if (fault) return fault;
  }
  return null;
}
