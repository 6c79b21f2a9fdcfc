import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import type { AnswerField, AnswerFields } from './collect.ts';
import { isWholeNumber } from './leaf.ts';
import { withinQuotes } from './quote.ts';
import { writeSource } from './write-source.ts';

/** JSON of the answer's data; `null` when something in the merged data is unusual. */
export type Writer = (data: object, introspect: (field: AnswerField) => string) => string | null;

/** Thrown by compiled writers, never seen outside. */
const unusual = Symbol('unusual data');

const giveUp = (): never => {
  throw unusual;
};

/** A custom scalar's value, which may be anything. */
const writeAny = (value: unknown): string => JSON.stringify(value) ?? giveUp();

type WriteRoot = (data: object) => string;

function attempt(write: WriteRoot, data: object): string | null {
  try {
    return write(data);
  } catch {
    return null;
  }
}

/**
 * Compiles the writer of an operation whose selections are settled. Ordinary data become JSON in one pass; whatever does
 * not fit the schema, or is null where it may not be, is left to the careful way. `isUnescaped`: for data without any text
 * that JSON would escape, which are not looked through for it. `null`: too large to be compiled.
 */
export function compileWriter(
  schema: GraphQLSchema,
  root: GraphQLObjectType,
  fields: AnswerFields,
  isUnescaped: boolean,
): Writer | null {
  const source = writeSource(schema, root, fields, isUnescaped);
  if (!source) return null;
  const { text, enums, questions } = source;
  const make = new Function('u', 'q', 'j', 'w', 'h', 'e', 'k', text) as (...given: unknown[]) => WriteRoot;
  const link = (answers: readonly string[]): WriteRoot =>
    make(giveUp, withinQuotes, writeAny, isWholeNumber, Object.hasOwn, enums, answers);
  const write = link([]);
  if (questions.length === 0) return (data) => attempt(write, data);
  return (data, introspect) => attempt(link(questions.map(introspect)), data);
}
