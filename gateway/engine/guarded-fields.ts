import {
  refuseWithoutSubject,
  type Caller,
  type KnownClient,
  type MarkScope,
  type Need,
  type Reason,
} from '#schema';
import { concreteTypesOf, type GuardedGraph } from './guarded-graph.ts';
import { visitTyped, type SelectedOperation } from './operation.ts';

/** What the guarded fields of an operation ask, by coordinate of the object type: `Citizen.residence`. */
export type GuardedFields = ReadonlyMap<string, readonly Need[]>;

/** The guarded fields that an operation may reach, whatever its variables say. */
export function listGuardedFields(graph: GuardedGraph, selected: SelectedOperation): GuardedFields {
  const found = new Map<string, readonly Need[]>();
  visitTyped(selected, graph.schema, (types) => ({
    Field: ({ name }) => {
      for (const type of concreteTypesOf(graph.schema, types.getParentType())) {
        const needs = graph.needsOf(type, name.value);
        if (needs.length > 0) found.set(`${type.name}.${name.value}`, needs);
      }
    },
  }));
  return found;
}

/** Why a field is refused before anybody is asked. */
export interface EarlyRefusal {
  readonly reason: Reason;
  readonly scope: MarkScope;
}

/** By coordinate of the object type. */
export type EarlyRefusals = ReadonlyMap<string, EarlyRefusal>;

const none: EarlyRefusals = new Map();

/** The fields that are refused for who asks, for what purpose and how well proofed. */
export function refuseEarly(guarded: GuardedFields, caller: Caller, client: KnownClient): EarlyRefusals {
  let refusals: Map<string, EarlyRefusal> | undefined;
  for (const [coordinate, needs] of guarded)
    for (const need of needs) {
      const reason = refuseWithoutSubject(caller, need, client);
      if (!reason || refusals?.has(coordinate)) continue;
      (refusals ??= new Map()).set(coordinate, { reason, scope: need.scope });
    }
  return refusals ?? none;
}
