import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { generate, readOwn } from './generated-code.ts';
import { takeRequired } from './requires.ts';
import { applyRewrites } from './rewrites.ts';
import { isOfType } from './subtypes.ts';

type Values = Record<string, unknown>;
type Selections = readonly QueryPlanSelectionNode[];

/** The JSON text of what an object is sent as; `null`: it lacks something and is not sent. */
export type WriteRepresentation = (source: Values) => string | null;

export interface RequiredInputs {
  /** Of the supergraph. */
  readonly schema: GraphQLSchema;
  readonly requires: Selections;
  readonly rewrites: readonly FetchDataRewrite[];
}

/** One field of a representation. */
export interface SentField {
  /** In the merged data. */
  readonly from: string;
  /** As the agency calls it. */
  readonly to: string;
  readonly selections: Selections | undefined;
}

/** What objects of one type are sent as. */
export interface SentForm {
  /** As the agency knows the type. */
  readonly typeName: string;
  readonly fields: readonly SentField[];
  /** Whether an object that has all the fields is sent as just these. */
  readonly isPlain: boolean;
  /** Whether an object that lacks one of the fields is not sent. */
  readonly needsAll: boolean;
}

/** What an object of the type answers of these selections: fields that stand or fall together, set by set. */
function setsFor(schema: GraphQLSchema, typeName: string, selections: Selections): readonly Selections[] {
  const bare = selections.filter((each) => each.kind === 'Field');
  const within = selections.flatMap((each) =>
    each.kind === 'InlineFragment' &&
    each.typeCondition !== undefined &&
    isOfType(schema, typeName, each.typeCondition)
      ? setsFor(schema, typeName, each.selections)
      : [],
  );
  return bare.length > 0 ? [bare, ...within] : within;
}

const isPlainField = (each: QueryPlanSelectionNode): boolean =>
  each.kind === 'Field' && (each.selections?.every(isPlainField) ?? true);

const toField = (each: QueryPlanSelectionNode): readonly SentField[] =>
  each.kind === 'Field'
    ? [{ from: each.alias ?? each.name, to: each.alias ?? each.name, selections: each.selections }]
    : [];

const onType = '... on ';

/** The form after one rewrite of a field of the object itself; `null`: the rewrite is deeper than that. */
function rewriteForm(schema: GraphQLSchema, form: SentForm, rewrite: FetchDataRewrite): SentForm | null {
  const last = rewrite.path.at(-1) ?? '';
  const conditions = rewrite.path.slice(0, -1);
  if (!conditions.every((each) => each.startsWith(onType))) return null;
  if (!conditions.every((each) => isOfType(schema, form.typeName, each.slice(onType.length)))) return form;
  if (rewrite.kind === 'ValueSetter')
    return last === '__typename' ? { ...form, typeName: String(rewrite.setValueTo) } : null;
  const rename = (field: SentField) => (field.to === last ? { ...field, to: rewrite.renameKeyTo } : field);
  return { ...form, fields: form.fields.map(rename) };
}

/** What objects of this type are sent as; `null`: they are not asked about. */
export function formFor({ schema, requires, rewrites }: RequiredInputs, typeName: string): SentForm | null {
  const sets = setsFor(schema, typeName, requires);
  const all = new Map<string, SentField>();
  for (const field of sets.flat().flatMap(toField)) if (!all.has(field.to)) all.set(field.to, field);
  if (!all.delete('__typename')) return null;
  const needsAll = sets.length === 1;
  const isPlain = sets.flat().every((each) => isPlainField(each) && (needsAll || !each.selections));
  let form: SentForm = { typeName, fields: [...all.values()], isPlain, needsAll };
  for (const rewrite of rewrites) form = rewriteForm(schema, form, rewrite) ?? { ...form, isPlain: false };
  return form;
}

const plainText = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

function writeValue(value: unknown): string {
  if (typeof value === 'string' && value.length < 64 && plainText.test(value)) return `"${value}"`;
  return JSON.stringify(value);
}

const quoted = (text: string): string => JSON.stringify(JSON.stringify(text));

/** Generates functions that write objects of one shape after another, each below its own name. */
function createShapeWriter() {
  const functions: string[] = [];
  const nameOf = (selections: Selections): string => {
    const fields = selections.flatMap(toField);
    const parts = fields.map((field, nth) => ({ field, value: `v${nth}` }));
    const reads = parts.map(
      ({ field, value }) =>
        `const ${value}=${readOwn('o', field.from)};if(${value}===undefined)return 'null';`,
    );
    const texts = parts.map(({ field, value }) => `${quoted(field.to)}+':'+${textOf(field, value)}`);
    const name = `w${functions.length}`;
    functions.push(
      `function ${name}(o){if(Array.isArray(o))return '['+o.map(${name}).join()+']';` +
        `if(typeof o!=='object'||o===null)return 'null';${reads.join('')}return '{'+${texts.join(`+','+`) || `''`}+'}';}`,
    );
    return name;
  };
  const textOf = ({ selections }: SentField, value: string): string =>
    selections ? `${nameOf(selections)}(${value})` : `writeValue(${value})`;
  return { functions, textOf };
}

function generatePlain(form: SentForm, otherwise: WriteRepresentation): WriteRepresentation {
  const { functions, textOf } = createShapeWriter();
  const parts = form.fields.map((field, nth) => ({ field, value: `v${nth}` }));
  const reads = parts.map(
    ({ field, value }) =>
      `const ${value}=${readOwn('o', field.from)};if(${value}===undefined)return otherwise(o);`,
  );
  const texts = parts.map(({ field, value }) => `+${quoted(field.to)}+':'+${textOf(field, value)}`);
  const head = JSON.stringify(`{"__typename":${JSON.stringify(form.typeName)}`);
  const body = `${reads.join('')}return ${head}${texts.map((text) => `+','${text}`).join('')}+'}'`;
  return generate({ writeValue, otherwise }, `(()=>{${functions.join('')}return (o)=>{${body}}})()`);
}

/** How objects of this type are written; they carry their type, or it is this one. */
export function createWriter(inputs: RequiredInputs, form: SentForm): WriteRepresentation {
  const { schema, requires, rewrites } = inputs;
  const writeAny: WriteRepresentation = (source) => {
    const taken = takeRequired(schema, source, requires);
    if (typeof taken?.['__typename'] !== 'string') return null;
    applyRewrites(schema, rewrites, taken);
    return JSON.stringify(taken);
  };
  if (!form.isPlain) return writeAny;
  return generatePlain(form, form.needsAll ? () => null : writeAny);
}
