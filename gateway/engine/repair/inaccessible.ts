import {
  Kind,
  parse,
  type ConstDirectiveNode,
  type ConstValueNode,
  type DefinitionNode,
  type DirectiveDefinitionNode,
  type DocumentNode,
  type SchemaDefinitionNode,
} from 'graphql';
import { argumentOf } from './join-model.ts';

const identity = 'https://specs.apollo.dev/inaccessible/';
const definitionText =
  'on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION';

/** A supergraph in which `directive` hides a field from clients. */
export interface Hiding {
  readonly supergraph: DocumentNode;
  readonly directive: string;
}

/** The name in the schema of one element of an `import` list (link spec v1.0), when it is `@inaccessible`. */
function importedName(value: ConstValueNode): string | undefined {
  if (value.kind === Kind.STRING) return value.value === '@inaccessible' ? 'inaccessible' : undefined;
  if (value.kind !== Kind.OBJECT) return undefined;
  const textOf = (name: string): string | undefined => {
    const field = value.fields.find((each) => each.name.value === name)?.value;
    return field?.kind === Kind.STRING ? field.value : undefined;
  };
  if (textOf('name') !== '@inaccessible') return undefined;
  return (textOf('as') ?? '@inaccessible').slice(1);
}

/** The name under which a supergraph has linked `@inaccessible`, imported, renamed or neither. */
function linkedName(link: ConstDirectiveNode): string {
  const imports = link.arguments?.find(({ name }) => name.value === 'import')?.value;
  const values = imports?.kind === Kind.LIST ? imports.values : [];
  const [imported] = values.flatMap((each) => importedName(each) ?? []);
  return imported ?? String(argumentOf(link, 'as') ?? 'inaccessible');
}

const linkTo = (schema: SchemaDefinitionNode, url: string): ConstDirectiveNode | undefined =>
  schema.directives?.find((each) => String(argumentOf(each, 'url')).startsWith(url));

function takenNames({ definitions }: DocumentNode, schema: SchemaDefinitionNode): ReadonlySet<string> {
  const own = definitions.flatMap((each) =>
    each.kind === Kind.DIRECTIVE_DEFINITION ? [each.name.value.split('__')[0]] : [],
  );
  const linked = (schema.directives ?? []).map((each) => argumentOf(each, 'as'));
  return new Set([...own, ...linked].map(String));
}

function freeName(taken: ReadonlySet<string>): string {
  let count = 1;
  const name = (): string => (count === 1 ? 'inaccessible' : `inaccessible${count}`);
  while (taken.has(name())) count += 1;
  return name();
}

function parseLink(linkName: string, name: string): ConstDirectiveNode | undefined {
  const renamed = name === 'inaccessible' ? '' : `, as: "${name}"`;
  const text = `schema @${linkName}(url: "${identity}v0.2"${renamed}, for: SECURITY) { query: Query }`;
  const [schema] = parse(text, { noLocation: true }).definitions;
  return schema?.kind === Kind.SCHEMA_DEFINITION ? schema.directives?.[0] : undefined;
}

const parseDefinition = (name: string): DirectiveDefinitionNode | undefined =>
  parse(`directive @${name} ${definitionText}`, { noLocation: true }).definitions.find(
    (each) => each.kind === Kind.DIRECTIVE_DEFINITION,
  );

function linkInaccessible(supergraph: DocumentNode, schema: SchemaDefinitionNode): Hiding | undefined {
  const linkName = linkTo(schema, 'https://specs.apollo.dev/join/')?.name.value ?? 'link';
  const directive = freeName(takenNames(supergraph, schema));
  const link = parseLink(linkName, directive);
  const definition = parseDefinition(directive);
  if (!link || !definition) return undefined;
  const linked = { ...schema, directives: [...(schema.directives ?? []), link] };
  const definitions: DefinitionNode[] = supergraph.definitions.map((each) =>
    each === schema ? linked : each,
  );
  return { supergraph: { ...supergraph, definitions: [...definitions, definition] }, directive };
}

/** The supergraph's own `@inaccessible`, by whatever name it goes there; linked here when it has none. */
export function findHiding(supergraph: DocumentNode): Hiding | undefined {
  const schema = supergraph.definitions.find((each) => each.kind === Kind.SCHEMA_DEFINITION);
  if (!schema) return undefined;
  const link = linkTo(schema, identity);
  return link ? { supergraph, directive: linkedName(link) } : linkInaccessible(supergraph, schema);
}
