import { Kind, type ConstDirectiveNode, type ConstValueNode, type DocumentNode } from 'graphql';

const federationUrl = 'https://specs.apollo.dev/federation/';

const valueOf = (directive: ConstDirectiveNode, name: string): ConstValueNode | undefined =>
  directive.arguments?.find((argument) => argument.name.value === name)?.value;

/** A string argument of a directive as it is written. */
export function textOf(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = valueOf(directive, name);
  return value?.kind === Kind.STRING ? value.value : undefined;
}

/** The directives on the schema itself, such as `@link`. */
export function listSchemaDirectives(document: DocumentNode): readonly ConstDirectiveNode[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? [])
      : [],
  );
}

/** One import of `@link`: its name here and its name in the specification, without the `@`. */
function readImport(value: ConstValueNode): readonly [here: string, there: string][] {
  if (value.kind !== Kind.OBJECT) return [];
  const part = (name: string): string => {
    const given = value.fields.find((field) => field.name.value === name)?.value;
    return given?.kind === Kind.STRING ? given.value.replace(/^@/, '') : '';
  };
  return [[part('as'), part('name')]];
}

/**
 * The name of a directive in the federation specification, however the document calls it: imported under another name
 * (`@link(import: [{ name: "@shareable", as: "@shared" }])`), or not imported (`@federation__shareable`).
 */
export function readFederationNames(document: DocumentNode): (directive: ConstDirectiveNode) => string {
  const links = listSchemaDirectives(document).filter(
    (directive) => directive.name.value === 'link' && textOf(directive, 'url')?.startsWith(federationUrl),
  );
  const prefixes = links.map((link) => `${textOf(link, 'as') ?? 'federation'}__`);
  const renamed = new Map(
    links.flatMap((link) => {
      const given = valueOf(link, 'import');
      return given?.kind === Kind.LIST ? given.values.flatMap(readImport) : [];
    }),
  );
  return ({ name: { value: name } }) => {
    const prefix = prefixes.find((start) => name.startsWith(start));
    return renamed.get(name) ?? (prefix === undefined ? name : name.slice(prefix.length));
  };
}
