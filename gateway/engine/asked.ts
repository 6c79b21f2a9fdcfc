import type { DocumentNode, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { listGuardedFields, type EarlyRefusals, type GuardedFields } from './guarded-fields.ts';
import type { GuardedGraph } from './guarded-graph.ts';
import { createRunner, type RunnerSurroundings, type RunOperation } from './operation-runner.ts';
import { selectOperation, type SelectedOperation } from './operation.ts';
import { findNumberSites, type NumberSite } from './personal-numbers.ts';
import { prune, type Pruned } from './prune.ts';
import { createShaper, type Shaper } from './shape/index.ts';
import type { AnswerSchemaQuestion } from './shape/introspection.ts';

/** An operation of a valid document. */
export interface OperationText {
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  /** The same for the same text only. */
  readonly queryHash: string;
  readonly source: string;
}

/** An operation that can be run. */
interface Runnable {
  readonly selected: SelectedOperation;
  readonly numberSites: readonly NumberSite[];
  readonly run: RunOperation;
  readonly shaper: Shaper;
}

/** What an operation asks for, as far as its text tells. */
export interface Asked extends Runnable {
  readonly guarded: GuardedFields;
}

/** What is left of an operation without its refused fields. */
export interface Left extends Runnable, Pruned {}

export interface ReaderOptions {
  readonly graph: GuardedGraph;
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  readonly surroundings: RunnerSurroundings;
  readonly introspect: AnswerSchemaQuestion;
}

/** Operations remembered at once, by the length of their texts and what else each takes; about 100 MB. */
const maxSize = 8_000_000;
const sizeOf = ({ source }: OperationText): number => 2000 + source.length;

function makeRunnable(selected: SelectedOperation, options: ReaderOptions): Runnable {
  const { graph, apiSchema, surroundings, introspect } = options;
  const { operation, fragments } = selected;
  return {
    selected,
    numberSites: findNumberSites(graph.schema, selected),
    run: createRunner(selected, surroundings),
    shaper: createShaper(apiSchema, operation, fragments, introspect),
  };
}

function createReader(options: ReaderOptions) {
  const cache = new LRUCache<string, Asked>({ maxSize });
  return (text: OperationText): Asked | null => {
    const key = `${text.queryHash}/${text.operationName ?? ''}`;
    const known = cache.get(key);
    if (known) return known;
    const selected = selectOperation(text.document, text.operationName);
    if (!selected) return null;
    const guarded = listGuardedFields(options.graph, selected);
    const asked = { ...makeRunnable(selected, options), guarded };
    cache.set(key, asked, { size: sizeOf(text) });
    return asked;
  };
}

function createPruner(options: ReaderOptions) {
  const cache = new LRUCache<string, Left>({ maxSize });
  return (text: OperationText, asked: Asked, refusals: EarlyRefusals): Left => {
    const refused = [...refusals.keys()].sort();
    const key = `${text.queryHash}/${text.operationName ?? ''}/${refused.join()}`;
    const known = cache.get(key);
    if (known) return known;
    const pruned = prune(options.graph.schema, asked.selected, new Set(refused));
    const selected = selectOperation(pruned.document, text.operationName) ?? asked.selected;
    const left = { ...makeRunnable(selected, options), ...pruned };
    cache.set(key, left, { size: sizeOf(text) });
    return left;
  };
}

/** Reads operations and prunes them, each text and set of refused fields once; in bounded memory. */
export function createAskedReader(options: ReaderOptions) {
  return { read: createReader(options), prune: createPruner(options) };
}
