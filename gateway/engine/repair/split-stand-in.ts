import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { Kind, type FieldNode, type SelectionSetNode } from 'graphql';
import { standInName, type RequestRewrites, type StandIn } from './request-rewrites.ts';
import { narrowFetch, readEntities } from './split-fetch.ts';

/** Fields that need the same inputs. */
interface Group {
  readonly nodes: Set<FieldNode>;
  readonly inputs: ReadonlySet<string>;
}

interface Asked {
  readonly groups: readonly Group[];
  readonly keys: ReadonlySet<string>;
}

function readAsked(set: SelectionSetNode, standInOf: (typeName: string) => StandIn | undefined): Asked {
  const groups = new Map<string, Group>();
  const keys = new Set<string>();
  const walk = ({ selections }: SelectionSetNode, around: StandIn | undefined): void => {
    for (const node of selections) {
      if (node.kind === Kind.INLINE_FRAGMENT) {
        const standIn = node.typeCondition ? standInOf(node.typeCondition.name.value) : around;
        for (const key of standIn?.keys ?? []) keys.add(key);
        walk(node.selectionSet, standIn);
      } else if (node.kind === Kind.FIELD && node.name.value !== '__typename') {
        const inputs = around?.inputsOf(node.name.value) ?? new Set();
        const name = [...inputs].sort().join();
        const group = groups.get(name) ?? { nodes: new Set(), inputs };
        groups.set(name, group);
        group.nodes.add(node);
      }
    }
  };
  walk(set, undefined);
  return { groups: [...groups.values()], keys };
}

/** What an object is sent as for one group: its key and the inputs of the group, all of them, and those of no other. */
function inputsFor(
  requires: readonly QueryPlanSelectionNode[],
  { inputs }: Group,
  { groups, keys }: Asked,
): QueryPlanSelectionNode[] {
  const nameOf = (each: QueryPlanSelectionNode): string => (each.kind === 'Field' ? each.name : '');
  const isOfOthers = (name: string): boolean =>
    !inputs.has(name) && !keys.has(name) && groups.some((each) => each.inputs.has(name));
  const nodes = new Map(
    requires.flatMap(({ selections = [] }) => selections).map((each) => [nameOf(each), each]),
  );
  return requires.flatMap((each) => {
    const own = (each.selections ?? []).filter((node) => !isOfOthers(nameOf(node)));
    if (each.kind === 'Field' || !own.some((node) => keys.has(nameOf(node)))) return [];
    const known = new Set(own.map(nameOf));
    const more = [...inputs].flatMap((name) => (known.has(name) ? [] : (nodes.get(name) ?? [])));
    return [{ ...each, selections: [...own, ...more] }];
  });
}

/**
 * A fetch from an agency that stands in for the types of an interface, as several: where `@requires` inputs are known of
 * things of some types alone, things of the others are asked about without the fields that need them. Apollo's planner
 * sends all with one and the same text, and those that lack an input would get none of their fields.
 */
export function splitStandIn(fetch: FetchNode, { standIns }: RequestRewrites): readonly FetchNode[] {
  const { requires, serviceName } = fetch;
  if (!requires || standIns.size === 0) return [fetch];
  const entities = readEntities(fetch);
  if (!entities) return [fetch];
  const asked = readAsked(entities.set, (typeName) => standIns.get(standInName(serviceName, typeName)));
  if (asked.groups.length < 2) return [fetch];
  return asked.groups.map((group) => ({
    ...narrowFetch(fetch, entities, group.nodes),
    requires: inputsFor(requires, group, asked),
  }));
}
