import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { collide, restrict, syntheticsIn } from './collisions.ts';
import type { RequestRewrites } from './request-rewrites.ts';

/** A field that is asked of entities, with the synthetic inputs its answer needs. */
interface AskedField {
  readonly node: FieldNode;
  readonly needs: ReadonlySet<string>;
}

/** Fields whose inputs fit into one representation. */
interface Group {
  readonly nodes: Set<FieldNode>;
  readonly needs: Set<string>;
}

/** The one operation of a fetch, with its named fragments written out. */
function readOperation(text: string): OperationDefinitionNode {
  const { definitions } = parse(text, { noLocation: true });
  const fragments = new Map(
    definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const operation = definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('A planned fetch has no operation.');
  const spell = (node: SelectionNode): SelectionNode => {
    if (node.kind !== Kind.FRAGMENT_SPREAD)
      return node.selectionSet ? { ...node, selectionSet: spellSet(node.selectionSet) } : node;
    const fragment = fragments.get(node.name.value);
    if (!fragment) throw new Error('A planned fetch has a fragment that is not there.');
    const { typeCondition, selectionSet } = fragment;
    const directives = node.directives ?? [];
    return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives, selectionSet: spellSet(selectionSet) };
  };
  const spellSet = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: set.selections.map(spell),
  });
  return { ...operation, selectionSet: spellSet(operation.selectionSet) };
}

/** Type conditions around a field, and what they may stand for. */
const typesOf = (conditions: readonly string[], rewrites: RequestRewrites): readonly string[] => [
  ...conditions,
  ...rewrites.objectTypesOf(conditions.at(-1) ?? ''),
];

function readAskedFields(set: SelectionSetNode, agency: string, rewrites: RequestRewrites): AskedField[] {
  const walk = (node: SelectionNode, conditions: readonly string[]): AskedField[] => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return [];
    if (node.kind === Kind.INLINE_FRAGMENT) {
      const inner = node.typeCondition ? [...conditions, node.typeCondition.name.value] : conditions;
      return node.selectionSet.selections.flatMap((each) => walk(each, inner));
    }
    const needs = typesOf(conditions, rewrites).flatMap((type) => [
      ...rewrites.neededFor(agency, type, node.name.value),
    ]);
    return [{ node, needs: new Set(needs) }];
  };
  return set.selections.flatMap((each) => walk(each, []));
}

function group(
  asked: readonly AskedField[],
  requires: readonly QueryPlanSelectionNode[],
  rewrites: RequestRewrites,
): readonly Group[] {
  const known = new Set(asked.flatMap(({ needs }) => [...needs]));
  const unknown = [...syntheticsIn(requires, rewrites)].filter((name) => !known.has(name));
  const groups: Group[] = [{ nodes: new Set(), needs: new Set(unknown) }];
  const fits = ({ needs }: Group, more: ReadonlySet<string>): boolean =>
    !collide(
      restrict(requires, rewrites, (name) => needs.has(name) || more.has(name)),
      rewrites,
    );
  for (const { node, needs } of asked) {
    let home = groups.find((each) => needs.size === 0 || fits(each, needs));
    if (!home) groups.push((home = { nodes: new Set(), needs: new Set() }));
    home.nodes.add(node);
    for (const name of needs) home.needs.add(name);
  }
  return groups.filter(({ nodes }) => nodes.size > 0);
}

/** Only these fields of entities; `__typename` goes with them. */
function narrow(set: SelectionSetNode, nodes: ReadonlySet<FieldNode>): SelectionSetNode {
  const keep = (node: SelectionNode): SelectionNode[] => {
    if (node.kind === Kind.FIELD) return nodes.has(node) || node.name.value === '__typename' ? [node] : [];
    if (node.kind === Kind.FRAGMENT_SPREAD) return [];
    const selectionSet = narrow(node.selectionSet, nodes);
    return selectionSet.selections.length > 0 ? [{ ...node, selectionSet }] : [];
  };
  return { ...set, selections: set.selections.flatMap(keep) };
}

function variablesIn(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void names.add(name.value),
  });
  return names;
}

function documentOf(operation: OperationDefinitionNode, entities: FieldNode): DocumentNode {
  const selectionSet = { kind: Kind.SELECTION_SET as const, selections: [entities] };
  const whole: DocumentNode = { kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet }] };
  const used = variablesIn(whole);
  const variableDefinitions = (operation.variableDefinitions ?? []).filter(({ variable }) =>
    used.has(variable.name.value),
  );
  return { ...whole, definitions: [{ ...operation, selectionSet, variableDefinitions }] };
}

/** What a fetch of entities asks of them, its named fragments written out. */
export interface AskedEntities {
  readonly operation: OperationDefinitionNode;
  readonly field: FieldNode;
  readonly set: SelectionSetNode;
}

export function readEntities(fetch: FetchNode): AskedEntities | undefined {
  const operation = readOperation(fetch.operation);
  const [field] = operation.selectionSet.selections;
  if (field?.kind !== Kind.FIELD || !field.selectionSet) return undefined;
  return { operation, field, set: field.selectionSet };
}

/** The fetch with only these of its fields of entities. */
export function narrowFetch(
  fetch: FetchNode,
  { operation, field, set }: AskedEntities,
  nodes: ReadonlySet<FieldNode>,
): FetchNode {
  const document = documentOf(operation, { ...field, selectionSet: narrow(set, nodes) });
  const used = variablesIn(document);
  return {
    ...fetch,
    operation: stripIgnoredCharacters(print(document)),
    ...(fetch.operationDocumentNode && { operationDocumentNode: document }),
    ...(fetch.variableUsages && { variableUsages: fetch.variableUsages.filter((name) => used.has(name)) }),
  };
}

/**
 * A fetch as several, so that no representation needs two values under one name: an agency that asks for
 * `price(currency: "USD")` for one field and `price(currency: "EUR")` for another is asked for each field by itself.
 */
export function splitFetch(fetch: FetchNode, rewrites: RequestRewrites): readonly FetchNode[] {
  const { requires, serviceName } = fetch;
  if (!requires || !collide(requires, rewrites)) return [fetch];
  const entities = readEntities(fetch);
  if (!entities) return [fetch];
  const asked = readAskedFields(entities.set, serviceName, rewrites);
  return group(asked, requires, rewrites).map(({ nodes, needs }) => ({
    ...narrowFetch(fetch, entities, nodes),
    requires: restrict(requires, rewrites, (name) => needs.has(name)),
  }));
}
