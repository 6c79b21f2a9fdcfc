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
  /** The names of each enum. */
  readonly enums: readonly ReadonlySet<unknown>[];
  /** Fields of the root about the schema. */
  readonly questions: readonly AnswerField[];
}

interface Writing {
  readonly schema: GraphQLSchema;
  /** What a text `v` is within its quotes. */
  readonly textOfV: string;
  readonly functions: string[];
  readonly names: Map<string, string>;
  readonly enums: Map<GraphQLEnumType, ReadonlySet<unknown>>;
  readonly questions: AnswerField[];
}

/** So many parts are written at most; what is larger is written without a compiled function. */
const maxFunctions = 1500;

const tooLarge = new Error('The operation is too large to be compiled.');

/**
 * Expressions over `v` for good values, which end in what to do with others: whether it is one, and what then comes behind
 * `s`. Whatever stands before a value is written together with it: the fewer pieces, the less a text costs to put together.
 */
const leafTests = {
  Int: ['(v | 0) === v || w(v)', false],
  Float: ['typeof v === "number" && v - v === 0', false],
  String: ['typeof v === "string"', true],
  ID: ['typeof v === "string"', true],
} as const;

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
  if (!enums.has(type)) enums.set(type, new Set(type.getValues().map(({ name }) => name)));
  return [...enums.keys()].indexOf(type);
}

/**
 * The text so far, with a constant one added; then nothing is owed. After a text `t` says that its quote is: it is written
 * together with what comes next, as one piece.
 */
const add = (text: string): string =>
  `s = t ? s + ${JSON.stringify(`"${text}`)} : ${text === '' ? 's' : `s + ${JSON.stringify(text)}`}, t = false`;
/** The same, then a value as it is, or `v` in quotes. */
const bare = (before: string, value = 'v'): string => `(${add(before)}, s + ${value})`;
const quoted = (before: string, value: string): string => `(${add(`${before}"`)}, t = true, s + ${value})`;
const constant = (text: string): string => `(${add(text)}, s)`;

/** What to do with a value that is not a good one. */
const orNull = (before: string): string =>
  `(v === null || v === undefined ? ${constant(`${before}null`)} : u())`;

function writeLeaf(writing: Writing, type: GraphQLLeafType, before: string, otherwise: string): string {
  const kind = leafKindOf(type);
  if (kind === 'enum' && isEnumType(type))
    return `(e[${indexOfEnum(writing, type)}].has(v) ? ${quoted(before, 'v')} : ${otherwise})`;
  if (kind === 'enum' || kind === 'custom')
    return `(typeof v === "string" ? ${quoted(before, writing.textOfV)} : v === null || v === undefined ? ${otherwise} : ${bare(before, 'j(v)')})`;
  if (kind === 'Boolean')
    return `(v === true ? ${constant(`${before}true`)} : v === false ? ${constant(`${before}false`)} : ${otherwise})`;
  const [test, isText] = leafTests[kind];
  const rest = kind === 'ID' ? `w(v) ? ${bare(before)} : ${otherwise}` : otherwise;
  return `(${test} ? ${isText ? quoted(before, writing.textOfV) : bare(before)} : ${rest})`;
}

function writeList(writing: Writing, type: GraphQLOutputType, below: AnswerFields | null): string {
  const id = `list ${String(type)} ${below?.id ?? ''}`;
  return define(writing, id, () => {
    const item = writeValue(writing, type, below, '');
    return `(s, a) {
      if (!Array.isArray(a)) u();
      if (a.length === 0) return s + "[]";
      let t = false;
      s += "[";
      for (let i = 0; i < a.length; i++) {
        const v = a[i];
        if (i > 0) ${add(',')};
        s = ${item};
      }
      return t ? s + '"]' : s + "]";
    }`;
  });
}

/** An expression over `s`, the text so far, and `v`: the text with what comes before the value, and the value. */
function writeValue(
  writing: Writing,
  type: GraphQLOutputType,
  below: AnswerFields | null,
  before: string,
): string {
  if (isNonNullType(type)) return writeGiven(writing, type.ofType, below, before, 'u()');
  return writeGiven(writing, type, below, before, orNull(before));
}

function writeGiven(
  writing: Writing,
  type: GraphQLOutputType,
  below: AnswerFields | null,
  before: string,
  otherwise: string,
): string {
  const call = (name: string): string =>
    `(typeof v === "object" && v !== null ? (${add(before)}, ${name}(s, v)) : ${otherwise})`;
  if (isListType(type)) return call(writeList(writing, type.ofType, below));
  if (isObjectType(type) && below) return call(writeObject(writing, type, below));
  if (isAbstractType(type) && below) return call(writeAbstract(writing, type, below));
  return writeLeaf(writing, type as GraphQLLeafType, before, otherwise);
}

/** Every object has these; as a client's response key they must be the object's own. */
const read = (key: string): string => {
  const text = JSON.stringify(key);
  return key in Object.prototype ? `(h(o, ${text}) ? o[${text}] : undefined)` : `o[${text}]`;
};

function writeField(writing: Writing, type: GraphQLObjectType, field: AnswerField, before: string): string {
  const start = `${before}${JSON.stringify(field.key)}:`;
  if (field.name === '__typename') return `${add(start + JSON.stringify(type.name))};`;
  if (field.name === '__schema' || field.name === '__type') {
    writing.questions.push(field);
    return `s = ${bare(start, `k[${writing.questions.length - 1}]`)};`;
  }
  return `v = ${read(field.key)};\ns = ${writeValue(writing, field.type, field.below, start)};`;
}

function writeObject(writing: Writing, type: GraphQLObjectType, below: AnswerFields): string {
  return define(writing, `object ${type.name} ${below.id}`, () => {
    const fields = below.of(type);
    const lines = fields.map((field, index) => writeField(writing, type, field, index === 0 ? '{' : ','));
    return `(s, o) {
      if (Array.isArray(o)) u();
      let t = false;
      let v = o.__typename;
      if (v !== undefined && v !== ${JSON.stringify(type.name)}) u();
      ${lines.join('\n')}
      ${fields.length === 0 ? 'return s + "{}";' : `return t ? s + '"}' : s + "}";`}
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
      .map((each) => `case ${JSON.stringify(each.name)}: return ${writeObject(writing, each, below)}(s, o);`);
    return `(s, o) { switch (o.__typename) { ${cases.join('\n')} default: return u(); } }`;
  });
}

/**
 * Writes a function from merged data to JSON: the body of `(u, q, j, w, h, e, k, data)` with `u` for giving up, `q` for
 * what a text is within its quotes, `j` for a value of a custom scalar, `w` for whether a number is whole, `h` for own keys, `e` for enums and `k`
 * for answers about the schema. Only names of the schema and response keys stand in it, each as a JSON string.
 * `isUnescaped`: no text in the data needs `q`. `null`: too large.
 */
export function writeSource(
  schema: GraphQLSchema,
  root: GraphQLObjectType,
  fields: AnswerFields,
  isUnescaped: boolean,
): WriterSource | null {
  const writing: Writing = {
    ...{ schema, textOfV: isUnescaped ? 'v' : 'q(v)' },
    ...{ functions: [], names: new Map(), enums: new Map(), questions: [] },
  };
  try {
    const name = writeObject(writing, root, fields);
    const text = ['"use strict";', ...writing.functions, `return (data) => ${name}("", data);`].join('\n');
    return { text, enums: [...writing.enums.values()], questions: writing.questions };
  } catch (error) {
    if (error === tooLarge) return null;
    throw error;
  }
}
