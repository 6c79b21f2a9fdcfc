import {
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
  type ArgumentNode,
  type DocumentNode,
} from 'graphql';

/** What an agency is asked where a plan has a synthetic field. */
export interface SyntheticField {
  /** The agency's own field. */
  readonly fieldName: string;
  /** With the arguments `@requires` gave it. */
  readonly arguments: readonly ArgumentNode[];
}

/** An interface that an agency has as a type (`@interfaceObject`): it adds fields to things whose types it does not know. */
export interface StandIn {
  /** Names of the fields of its keys there. */
  readonly keys: ReadonlySet<string>;
  /** Names of the inputs that the agency needs for a field (`@requires`). */
  readonly inputsOf: (fieldName: string) => ReadonlySet<string>;
}

/** By agency and type. */
export type StandIns = ReadonlyMap<string, StandIn>;

export const standInName = (agency: string, typeName: string): string => `${agency} ${typeName}`;

/** What became of `@requires` inputs with arguments, and how a plan made over them is read. */
export interface RequestRewrites {
  /** By name. A name belongs to one field with one set of arguments, in every type that has it. */
  readonly synthetics: ReadonlyMap<string, SyntheticField>;
  /** Names of the synthetic fields that an agency needs, at any depth, to answer a field of that type. */
  readonly neededFor: (agency: string, typeName: string, fieldName: string) => ReadonlySet<string>;
  /** Object types a value of the type may have; the type itself for an object type. */
  readonly objectTypesOf: (typeName: string) => readonly string[];
  /** Whether an agency has the type as an entity, and none of its keys there can be resolved. */
  readonly isUnresolvable: (agency: string, typeName: string) => boolean;
  readonly standIns: StandIns;
  /** Every field name that a representation is read by: those of keys, `@requires` and `@provides`, and the synthetic ones. */
  readonly inputNames: ReadonlySet<string>;
}

/** Whether an operation text may have a synthetic field in it. */
const mentions = (text: string, { synthetics }: RequestRewrites): boolean =>
  [...synthetics.keys()].some((name) => text.includes(name));

/** The document with each synthetic field as an alias of the agency's own: `synthetic: field(args)`. */
export function rewriteFetchDocument(document: DocumentNode, { synthetics }: RequestRewrites): DocumentNode {
  return visit(document, {
    Field: (node) => {
      const synthetic = synthetics.get(node.name.value);
      if (!synthetic) return undefined;
      return {
        ...node,
        alias: node.alias ?? node.name,
        name: { kind: Kind.NAME, value: synthetic.fieldName },
        arguments: [...(node.arguments ?? []), ...synthetic.arguments],
      };
    },
  });
}

/** The text of a planned fetch as the agency understands it. Response keys stay those of the plan. */
export function rewriteFetchText(text: string, rewrites: RequestRewrites): string {
  if (!mentions(text, rewrites)) return text;
  const document = rewriteFetchDocument(parse(text, { noLocation: true }), rewrites);
  return stripIgnoredCharacters(print(document));
}

/** An error path for people: synthetic response keys become the names of the fields they stand for. */
export function publicPath<T extends string | number>(
  path: readonly T[],
  { synthetics }: RequestRewrites,
): (T | string)[] {
  return path.map((key) => (typeof key === 'string' ? (synthetics.get(key)?.fieldName ?? key) : key));
}
