import { createHash } from 'node:crypto';
import type { ApolloGateway } from '@apollo/gateway';
import { LRUCache } from 'lru-cache';
import { listGuardedFields, type EarlyRefusals, type GuardedFields } from './guarded-fields.ts';
import type { GuardedGraph } from './guarded-graph.ts';
import { selectOperation, type SelectedOperation } from './operation.ts';
import { findNumberSites, type NumberSite } from './personal-numbers.ts';
import { prune, type Pruned } from './prune.ts';

export type Executor = ApolloGateway['executor'];
export type EngineRequest = Parameters<Executor>[0];

/** What an operation asks for, as far as its text tells. */
export interface Asked {
  readonly selected: SelectedOperation;
  readonly guarded: GuardedFields;
  readonly numberSites: readonly NumberSite[];
}

/** What is left of an operation, ready to be planned. */
export interface Left extends Pruned {
  /** Of the pruned operation alone: plans are remembered under it. */
  readonly queryHash: string;
  readonly selected: SelectedOperation;
  readonly numberSites: readonly NumberSite[];
}

/** Operations remembered at once, by the length of their texts. */
const maxSize = 4_000_000;

const sizeOf = ({ source }: EngineRequest): number => source.length + 1;
const keyOf = ({ queryHash, request }: EngineRequest): string =>
  `${queryHash}/${request.operationName ?? ''}`;

function createReader(graph: GuardedGraph) {
  const cache = new LRUCache<string, Asked>({ maxSize });
  return (request: EngineRequest): Asked | null => {
    const key = keyOf(request);
    const known = cache.get(key);
    if (known) return known;
    const selected = selectOperation(request.document, request.request.operationName);
    if (!selected) return null;
    const guarded = listGuardedFields(graph, selected);
    const asked = { selected, guarded, numberSites: findNumberSites(graph.schema, selected) };
    cache.set(key, asked, { size: sizeOf(request) });
    return asked;
  };
}

function createPruner({ schema }: GuardedGraph) {
  const cache = new LRUCache<string, Left>({ maxSize });
  return (request: EngineRequest, asked: Asked, refusals: EarlyRefusals): Left => {
    const refused = [...refusals.keys()].sort();
    const key = `${keyOf(request)}/${refused.join()}`;
    const known = cache.get(key);
    if (known) return known;
    const pruned = prune(schema, asked.selected, new Set(refused));
    const selected = selectOperation(pruned.document, request.request.operationName) ?? asked.selected;
    // Another document: under the old hash the planner would take it for the old one, for every caller.
    const queryHash = createHash('sha256').update(key).digest('hex');
    const left = { ...pruned, queryHash, selected, numberSites: findNumberSites(schema, selected) };
    cache.set(key, left, { size: sizeOf(request) });
    return left;
  };
}

/** Reads operations and prunes them, each text and set of refused fields once; in bounded memory. */
export function createAskedReader(graph: GuardedGraph) {
  return { read: createReader(graph), prune: createPruner(graph) };
}
