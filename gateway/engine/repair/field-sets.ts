import { print, visit, type ConstDirectiveNode, type FieldDefinitionNode } from 'graphql';
import { argumentOf, directivesOf, fieldTypeIn, parseFieldSet, type FieldsType } from './join-model.ts';
import { createNaming, replaceRequired, type Naming, type ReadField } from './required-fields.ts';
import type { JoinModel } from './join-model.ts';

/** A `@requires` of one field in one graph, with the text that takes its place. */
export interface ReplacedRequires {
  readonly graph: string;
  readonly typeName: string;
  readonly fieldName: string;
  readonly directive: ConstDirectiveNode;
  readonly text: string;
  readonly read: readonly ReadField[];
}

/** A field set that stays as it is: of a key, of `@provides`, or of a `@requires` that cannot be read. */
export interface KeptFieldSet {
  readonly graph: string;
  readonly typeName: string;
  readonly text: string;
}

export interface FieldSets {
  readonly replaced: readonly ReplacedRequires[];
  readonly kept: readonly KeptFieldSet[];
}

const bareText = (text: string): string =>
  text
    .replace(/^\s*\{|\}\s*$/g, '')
    .replace(/\s+/g, ' ')
    .trim();

function keysOf(type: FieldsType): KeptFieldSet[] {
  return directivesOf(type, 'join__type').flatMap((each) => {
    const key = argumentOf(each, 'key');
    return typeof key === 'string'
      ? [{ graph: String(argumentOf(each, 'graph')), typeName: type.name.value, text: key }]
      : [];
  });
}

function readField(
  type: FieldsType,
  field: FieldDefinitionNode,
  model: JoinModel,
  naming: Naming,
): FieldSets {
  const replaced: ReplacedRequires[] = [];
  const kept: KeptFieldSet[] = [];
  const typeName = type.name.value;
  for (const directive of directivesOf(field, 'join__field')) {
    const graph = String(argumentOf(directive, 'graph'));
    const requires = argumentOf(directive, 'requires');
    const provides = argumentOf(directive, 'provides');
    if (typeof provides === 'string')
      kept.push({ graph, typeName: fieldTypeIn(field, graph), text: provides });
    if (typeof requires !== 'string') continue;
    const found = replaceRequired(parseFieldSet(requires), { typeName, graph }, model, naming);
    if (!found) kept.push({ graph, typeName, text: requires });
    else {
      const text = bareText(print(found.selectionSet));
      replaced.push({ graph, typeName, fieldName: field.name.value, directive, text, read: found.read });
    }
  }
  return { replaced, kept };
}

/** Every field set of a supergraph. */
export function readFieldSets(model: JoinModel, naming: Naming): FieldSets {
  const types = [...model.types.values()];
  const fields = types.flatMap((type) =>
    (type.fields ?? []).map((field) => readField(type, field, model, naming)),
  );
  return {
    replaced: fields.flatMap(({ replaced }) => replaced),
    kept: [...types.flatMap(keysOf), ...fields.flatMap(({ kept }) => kept)],
  };
}

/** The fields that a kept field set reads. */
export function readKept({ graph, typeName, text }: KeptFieldSet, model: JoinModel): readonly ReadField[] {
  const place = { typeName, graph };
  return replaceRequired(parseFieldSet(text), place, model, createNaming(new Set()))?.read ?? [];
}

/** Every field name in field sets, at any depth. */
export function namesIn(texts: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const text of new Set(texts))
    visit(parseFieldSet(text), { Field: ({ name }) => void names.add(name.value) });
  return names;
}
