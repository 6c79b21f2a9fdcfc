import { createHash } from 'node:crypto';
import type { ApolloServerPlugin } from '@apollo/server';
import { getOperationAST, parse, specifiedRules, validate, type DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GatewayContext } from '../context.ts';
import { noTypeNameAlias } from '../engine/type-name-alias.ts';
import type { Engine, OperationText, PreparedOperation } from '../engine/engine.ts';

/** An operation that was found valid under the schema of its engine. */
export interface KnownOperation {
  readonly engine: Engine;
  readonly prepared: PreparedOperation;
}

/** What Apollo Server validates by, too. */
const validationRules = [...specifiedRules, noTypeNameAlias];

/** Operations by their texts. */
export interface KnownOperations {
  /** `null`: not seen yet, or not under the schema that is served now. */
  readonly find: (source: string, operationName: string | undefined) => KnownOperation | null;
  /** Parses and validates a text that was not seen, and remembers its operation; `null` when there is none. */
  readonly learn: (source: string, operationName: string | undefined) => KnownOperation | null;
  /** Remembers an operation of a document that is valid under the engine's schema. */
  readonly note: (engine: Engine, text: OperationText) => void;
}

/** Remembered at once, by the length of their texts and what else each takes. */
const maxSize = 8_000_000;
const sizeBeside = 2000;

/** By operation name; without one, `null` is the name. */
type Named = Map<string | null, KnownOperation>;

function readValid({ apiSchema }: Engine, source: string): DocumentNode | null {
  try {
    const document = parse(source);
    return validate(apiSchema, document, validationRules, { maxErrors: 1 }).length === 0 ? document : null;
  } catch {
    return null;
  }
}

/** `engineOf`: the engine that answers at the moment. In bounded memory. */
export function createKnownOperations(engineOf: () => Engine): KnownOperations {
  const texts = new LRUCache<string, Named>({ maxSize });
  const find: KnownOperations['find'] = (source, operationName) => {
    const known = texts.get(source)?.get(operationName ?? null);
    return known?.engine === engineOf() ? known : null;
  };
  const note: KnownOperations['note'] = (engine, text) => {
    const prepared = engine === engineOf() ? engine.prepare(text) : null;
    if (!prepared) return;
    const named: Named = texts.get(text.source) ?? new Map();
    named.set(text.operationName ?? null, { engine, prepared });
    texts.set(text.source, named, { size: (sizeBeside + text.source.length) * named.size });
  };
  const learn: KnownOperations['learn'] = (source, operationName) => {
    const engine = engineOf();
    const document = readValid(engine, source);
    if (!document || !getOperationAST(document, operationName)) return null;
    const queryHash = createHash('sha256').update(source).digest('hex');
    note(engine, { document, operationName, queryHash, source });
    return find(source, operationName);
  };
  return { find, learn, note };
}

/** Remembers what Apollo Server has parsed and found valid. */
export function noteKnown(
  known: KnownOperations,
  engineOf: () => Engine,
): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ operation, request, document, source, queryHash, schema }) => {
        const engine = engineOf();
        if (!operation || schema !== engine.apiSchema) return;
        const { operationName } = request;
        if (!known.find(source, operationName))
          known.note(engine, { document, operationName, queryHash, source });
      },
    }),
  };
}
