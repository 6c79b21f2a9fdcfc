import {
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLCompositeType,
  type GraphQLEnumType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { AnswerField, AnswerFields } from './collect.ts';
import { leafKindOf } from './leaf.ts';

/** The source of a function that writes answers, and what it refers to by index. */
export interface WriterSource {
  readonly text: string;
  /** Each name of an enum to its JSON. */
  readonly enums: readonly ReadonlyMap<unknown, string>[];
  /** Fields of the root about the schema. */
  readonly questions: readonly AnswerField[];
}

interface Writing {
  readonly schema: GraphQLSchema;
  readonly functions: string[];
  readonly names: Map<string, string>;
  readonly enums: Map<GraphQLEnumType, ReadonlyMap<unknown, string>>;
  readonly questions: AnswerField[];
}

/** So many parts are written at most; what is larger is written without a compiled function. */
const maxFunctions = 1500;

const tooLarge = new Error('The operation is too large to be compiled.');

/** Expressions over `v`, which is not null, for good values; they end in what to do with others. */
const leafTests = {
  Int: ['w(v)', '"" + v'],
  Float: ['typeof v === "number" && v - v === 0', '"" + v'],
  String: ['typeof v === "string"', 'q(v)'],
  Boolean: ['typeof v === "boolean"', '(v ? "true" : "false")'],
  ID: ['typeof v === "string"', 'q(v)'],
} as const;

const nullable = (otherwise: string): string => `(v === null || v === undefined ? "null" : ${otherwise})`;

/** A function is named before it is written, so that its own body may be written later. */
function define(writing: Writing, id: string, bodyOf: () => string): string {
  const known = writing.names.get(id);
  if (known !== undefined) return known;
  const name = `f${writing.names.size}`;
  if (writing.names.size >= maxFunctions) throw tooLarge;
  writing.names.set(id, name);
  writing.functions.push(`function ${name}${bodyOf()}`);
  return name;
}

function indexOfEnum({ enums }: Writing, type: GraphQLEnumType): number {
  if (!enums.has(type))
    enums.set(type, new Map(type.getValues().map(({ name }) => [name, JSON.stringify(name)])));
  return [...enums.keys()].indexOf(type);
}

function writeLeaf(writing: Writing, type: GraphQLLeafType, otherwise: string): string {
  const kind = leafKindOf(type);
  if (kind === 'enum' && isEnumType(type)) return `(e[${indexOfEnum(writing, type)}].get(v) ?? ${otherwise})`;
  if (kind === 'enum' || kind === 'custom')
    return `(typeof v === "string" ? q(v) : v === null || v === undefined ? ${otherwise} : j(v))`;
  const [test, text] = leafTests[kind];
  const rest = kind === 'ID' ? `w(v) ? "" + v : ${otherwise}` : otherwise;
  return `(${test} ? ${text} : ${rest})`;
}

function writeList(writing: Writing, type: GraphQLOutputType, below: AnswerFields | null): string {
  const id = `list ${String(type)} ${below?.id ?? ''}`;
  return define(writing, id, () => {
    const item = writeValue(writing, type, below);
    return `(a) {
      if (!Array.isArray(a)) u();
      let s = "[";
      for (let i = 0; i < a.length; i++) { const v = a[i]; s += (i === 0 ? "" : ",") + ${item}; }
      return s + "]";
    }`;
  });
}

/** An expression over `v`. */
function writeValue(writing: Writing, type: GraphQLOutputType, below: AnswerFields | null): string {
  if (isNonNullType(type)) return writeGiven(writing, type.ofType, below, 'u()');
  return writeGiven(writing, type, below, nullable('u()'));
}

function writeGiven(
  writing: Writing,
  type: GraphQLOutputType,
  below: AnswerFields | null,
  otherwise: string,
): string {
  const isNullable = otherwise !== 'u()';
  const call = (name: string): string => (isNullable ? nullable(`${name}(v)`) : `${name}(v)`);
  if (isListType(type)) return call(writeList(writing, type.ofType, below));
  if (isObjectType(type) && below) return call(writeObject(writing, type, below));
  if (isAbstractType(type) && below) return call(writeAbstract(writing, type, below));
  return writeLeaf(writing, type as GraphQLLeafType, otherwise);
}

/** Every object has these; as a client's response key they must be the object's own. */
const read = (key: string): string => {
  const text = JSON.stringify(key);
  return key in Object.prototype ? `(h(o, ${text}) ? o[${text}] : undefined)` : `o[${text}]`;
};

function writeField(writing: Writing, type: GraphQLObjectType, field: AnswerField, before: string): string {
  const start = `s += ${JSON.stringify(`${before}${JSON.stringify(field.key)}:`)}`;
  if (field.name === '__typename') return `${start} + ${JSON.stringify(JSON.stringify(type.name))};`;
  if (field.name === '__schema' || field.name === '__type') {
    writing.questions.push(field);
    return `${start} + k[${writing.questions.length - 1}];`;
  }
  return `v = ${read(field.key)};\n${start} + ${writeValue(writing, field.type, field.below)};`;
}

function writeObject(writing: Writing, type: GraphQLObjectType, below: AnswerFields): string {
  return define(writing, `object ${type.name} ${below.id}`, () => {
    const fields = below.of(type);
    const lines = fields.map((field, index) => writeField(writing, type, field, index === 0 ? '{' : ','));
    return `(o) {
      if (typeof o !== "object" || o === null || Array.isArray(o)) u();
      let v = o.__typename;
      if (v !== undefined && v !== ${JSON.stringify(type.name)}) u();
      let s = "";
      ${lines.join('\n')}
      return s + ${fields.length === 0 ? '"{}"' : '"}"'};
    }`;
  });
}

function writeAbstract(
  writing: Writing,
  type: Exclude<GraphQLCompositeType, GraphQLObjectType>,
  below: AnswerFields,
): string {
  return define(writing, `abstract ${type.name} ${below.id}`, () => {
    const cases = writing.schema
      .getPossibleTypes(type)
      .map((each) => `case ${JSON.stringify(each.name)}: return ${writeObject(writing, each, below)}(o);`);
    return `(o) { switch (o.__typename) { ${cases.join('\n')} default: return u(); } }`;
  });
}

/**
 * Writes a function from merged data to JSON: the body of `(u, q, j, w, h, e, k, data)` with `u` for giving up, `q` for
 * a text, `j` for a value of a custom scalar, `w` for whether a number is whole, `h` for own keys, `e` for enums and `k`
 * for answers about the schema. Only names of the schema and response keys stand in it, each as a JSON string.
 * `null`: too large.
 */
export function writeSource(
  schema: GraphQLSchema,
  root: GraphQLObjectType,
  fields: AnswerFields,
): WriterSource | null {
  const writing: Writing = { schema, functions: [], names: new Map(), enums: new Map(), questions: [] };
  try {
    const name = writeObject(writing, root, fields);
    const text = ['"use strict";', ...writing.functions, `return ${name};`].join('\n');
    return { text, enums: [...writing.enums.values()], questions: writing.questions };
  } catch (error) {
    if (error === tooLarge) return null;
    throw error;
  }
}
