import { readFileSync } from 'node:fs';
import {
  Kind,
  parse,
  print,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type NameNode,
  type StringValueNode,
} from 'graphql';

/** A thing of an SDL that clients can read about. */
export interface Described {
  /** `Vehicle`, `Vehicle.plates`, `Vehicle.plates(first:)`, `PlateColour.WHITE`. */
  readonly name: string;
  readonly description: string;
  readonly kind: Kind;
}

interface Node {
  readonly kind: Kind;
  readonly name: NameNode;
  readonly description?: StringValueNode | undefined;
}

const describe = (node: Node, name: string): Described => ({
  name,
  description: node.description?.value.trim() ?? '',
  kind: node.kind,
});

function listField(field: FieldDefinitionNode, type: string): Described[] {
  const name = `${type}.${field.name.value}`;
  const given = (field.arguments ?? []).map((node) => describe(node, `${name}(${node.name.value}:)`));
  return [describe(field, name), ...given];
}

function listParts(definition: DefinitionNode): Described[] {
  if (!('name' in definition) || !definition.name) return [];
  const type = definition.name.value;
  if ('fields' in definition && definition.fields)
    return definition.fields.flatMap((field) =>
      field.kind === Kind.FIELD_DEFINITION
        ? listField(field, type)
        : [describe(field as Node, `${type}.${field.name.value}`)],
    );
  if ('values' in definition && definition.values)
    return definition.values.map((value) => describe(value, `${type}.${value.name.value}`));
  return [];
}

const isExtension = (definition: DefinitionNode): boolean => definition.kind.endsWith('Extension');
const isType = (definition: DefinitionNode): boolean => definition.kind.endsWith('TypeDefinition');

/** Every type, field, argument and enum value of the document that can carry a description. */
export function listDescribed(document: DocumentNode): Described[] {
  return document.definitions.flatMap((definition) => {
    if (!isType(definition) && !isExtension(definition)) return [];
    const parts = listParts(definition);
    return isType(definition)
      ? [describe(definition as Node, (definition as Node).name.value), ...parts]
      : parts;
  });
}

/** Every field of every object type with its type's text, such as `Vehicle.plates` → `[Plate!]!`. */
export function listObjectFields(
  document: DocumentNode,
): { readonly field: string; readonly type: string }[] {
  return document.definitions.flatMap((definition) => {
    const isObject =
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION;
    if (!isObject) return [];
    return (definition.fields ?? []).map((field) => ({
      field: `${definition.name.value}.${field.name.value}`,
      type: print(field.type),
    }));
  });
}

/** Names of the types that `schema/directives.graphql` gives to every agency. */
export function readSharedTypes(): ReadonlySet<string> {
  const text = readFileSync(new URL('../../schema/directives.graphql', import.meta.url), 'utf8');
  return new Set(
    parse(text).definitions.flatMap((node) => (isType(node) ? [(node as Node).name.value] : [])),
  );
}
