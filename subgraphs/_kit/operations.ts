import { parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { askedFieldsOf, type AskedFields } from './asked-fields.ts';
import { compileOperation, type RunOperation } from './execute/compile.ts';

/** Operations kept for one agency: at most so many, and so many characters of their texts together. */
const maxOperations = 1000;
const maxCharacters = 4_000_000;

/** An operation that can run. */
export interface Operation {
  readonly run: RunOperation;
  readonly asked: AskedFields;
}

/** What a text asks for, found out once. */
interface Known {
  /** `null`: not a document of this schema. */
  readonly document: DocumentNode | null;
  readonly byName: Map<string | undefined, Operation>;
}

function readDocument(schema: GraphQLSchema, text: string): DocumentNode | null {
  try {
    const document = parse(text);
    return validate(schema, document, undefined, { maxErrors: 1 }).length === 0 ? document : null;
  } catch {
    return null;
  }
}

/**
 * Finds how an operation runs; each text is parsed, validated and compiled once. `null` for everything that cannot run,
 * or not this way.
 */
export type FindOperation = (text: string, operationName?: string) => Operation | null;

/** Operations of a schema whose resolvers are final: guards that came later would not be seen. */
export function createOperations(schema: GraphQLSchema): FindOperation {
  const known = new LRUCache<string, Known>({
    max: maxOperations,
    maxSize: maxCharacters,
    sizeCalculation: (_, text) => text.length + 1,
  });
  const read = (text: string): Known => {
    const found = { document: readDocument(schema, text), byName: new Map() };
    known.set(text, found);
    return found;
  };
  return (text, operationName) => {
    const { document, byName } = known.get(text) ?? read(text);
    const before = byName.get(operationName);
    if (before || document === null) return before ?? null;
    const run = compileOperation(schema, document, operationName);
    if (!run) return null;
    const operation = { run, asked: askedFieldsOf(schema, document) };
    byName.set(operationName, operation);
    return operation;
  };
}
