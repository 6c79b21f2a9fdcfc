import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { Agency } from '../execute/agency.ts';
import { generateMerge, type MergeEntity } from './entity-merge.ts';
import { keyOf, listSelected, type FetchText } from './fetch-text.ts';
import { ownOf } from './generated-code.ts';
import {
  askForIdentity,
  createIdentityCheck,
  questionFor,
  type IdentityQuestion,
  type IsMeant,
} from './identity.ts';
import {
  createWriter,
  formFor,
  type RequiredInputs,
  type SentForm,
  type WriteRepresentation,
} from './representation.ts';
import { renameKeys } from './rewrites.ts';
import { objectTypesOf, typeNamesOf } from './subtypes.ts';

type Values = Readonly<Record<string, unknown>>;

/** How objects of one type are asked about. */
export interface EntityType {
  /** As the agency knows it. */
  readonly typeName: string;
  readonly write: WriteRepresentation;
  /** The only field of what is sent, which then tells objects apart as well as the whole text; `null`: there are more. */
  readonly tellField: string | null;
  /** What is sent as the field `id`. */
  readonly idOf: (source: Values) => unknown;
  readonly isMeant: IsMeant;
}

/** How a fetch asks about entities. */
export interface CompiledEntities {
  /** The text to send, in which entities are asked who they are. */
  readonly query: string;
  /** Of the response keys under which they do so. */
  readonly identityPrefix: string;
  /** By the type name that objects of the answer carry; others are not asked about. */
  readonly types: ReadonlyMap<string, EntityType>;
  readonly merge: MergeEntity;
}

export interface EntitySurroundings {
  readonly schema: GraphQLSchema;
  readonly agency: Agency;
}

interface Form {
  readonly form: SentForm;
  readonly question: IdentityQuestion;
}

/** Beginnings of response keys that are nowhere in the text. */
function freePrefix(text: string): string {
  let prefix = '__meant';
  while (text.includes(prefix)) prefix += '_';
  return prefix;
}

function formsOf(inputs: RequiredInputs, prefix: string, agency: Agency): ReadonlyMap<string, Form> {
  const names = inputs.requires.flatMap((each) =>
    each.kind === 'InlineFragment' ? typeNamesOf(inputs.schema, each.typeCondition ?? '') : [],
  );
  const forms = new Map<string, Form>();
  const prefixes = new Map<string, string>();
  for (const name of new Set(names)) {
    const form = formFor(inputs, name);
    if (!form) continue;
    // Keys of different types may be of different kinds, which one response key cannot hold.
    const own = prefixes.get(form.typeName) ?? (prefixes.size === 0 ? prefix : `${prefix}t${prefixes.size}_`);
    prefixes.set(form.typeName, own);
    const question = questionFor(form, agency.keysOf, own);
    // Plans send whatever carries an input of the fetch; without a key nobody could answer.
    if (question) forms.set(name, { form, question });
  }
  return forms;
}

function compileType(inputs: RequiredInputs, { form, question }: Form): EntityType {
  const id = form.fields.find(({ to }) => to === 'id');
  const [first, second] = form.fields;
  const isOne = form.isPlain && form.needsAll && first && !second && !(first.from in Object.prototype);
  return {
    typeName: form.typeName,
    write: createWriter(inputs, form),
    tellField: isOne ? first.from : null,
    idOf: id ? (source) => ownOf(source, id.from) : () => undefined,
    isMeant: createIdentityCheck(question),
  };
}

/** Each type is asked once, however many types of the answer are sent as it. */
function distinct(forms: Iterable<Form>): readonly IdentityQuestion[] {
  const questions = new Map<string, IdentityQuestion>();
  for (const { question } of forms)
    questions.set(JSON.stringify([question.typeName, question.keys]), question);
  return [...questions.values()];
}

/** `node`: a fetch with representations. */
export function compileEntities(
  node: FetchNode,
  text: FetchText,
  { schema, agency }: EntitySurroundings,
): CompiledEntities {
  const inputs = { schema, requires: node.requires ?? [], rewrites: node.inputRewrites ?? [] };
  const identityPrefix = freePrefix(node.operation);
  const forms = formsOf(inputs, identityPrefix, agency);
  const keys = listSelected(text, text.selectionSet).map(({ field }) => keyOf(field));
  const renamed = new Set(keys.flatMap((key) => renameKeys(key, node.outputRewrites ?? [])));
  return {
    identityPrefix,
    query: askForIdentity(node.operation, distinct(forms.values())),
    types: new Map([...forms].map(([name, form]) => [name, compileType(inputs, form)])),
    merge: generateMerge([...renamed], objectTypesOf(schema)),
  };
}
