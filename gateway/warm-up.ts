import { createHash } from 'node:crypto';
import { parse, specifiedRules, validate, type DocumentNode } from 'graphql';
import type { Engine } from './engine/engine.ts';
import { noTypeNameAlias } from './engine/type-name-alias.ts';
import type { HotOperation } from './hot-operations.ts';
import type { KnownOperations } from './short-way/known-operations.ts';

function parseValid(source: string, { apiSchema }: Engine): DocumentNode | null {
  try {
    const document = parse(source);
    return validate(apiSchema, document, [...specifiedRules, noTypeNameAlias]).length === 0 ? document : null;
  } catch {
    return null;
  }
}

/** As Apollo Server names a text. */
const hashOf = (source: string): string => createHash('sha256').update(source).digest('hex');

/**
 * Makes an engine ready for an operation that it has not been asked yet: parsed, found valid, planned and known. Synchronous:
 * planning a large operation takes some 10 ms. `false`: it is not valid in this engine.
 */
export function createWarm(engine: Engine, known: KnownOperations): (operation: HotOperation) => boolean {
  return ({ source, operationName }) => {
    const document = parseValid(source, engine);
    if (!document) return false;
    const text = { document, operationName, queryHash: hashOf(source), source };
    const prepared = engine.prepare(text);
    prepared?.plan();
    known.note(engine, text);
    return prepared !== null;
  };
}
