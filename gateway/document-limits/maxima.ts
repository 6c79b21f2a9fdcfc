/** The most that one operation may hold. Places and fields are counted with every fragment put where it is spread. */
export interface DocumentMaxima {
  /** Words and signs of the document's text, comments aside. */
  readonly tokens: number;
  /** Fields on the way from the root to a leaf. */
  readonly depth: number;
  /** The same below `__schema` and `__type`: tools ask for types of types of types. */
  readonly introspectionDepth: number;
  readonly aliases: number;
  /** Aliases of and below `__schema` and `__type`: each has the whole schema written out once more. */
  readonly introspectionAliases: number;
  /** Fields of the root, over all operations of the document. */
  readonly rootFields: number;
  /** Fields and fragments. */
  readonly selections: number;
  /** Pairs of fields under one response path, each of which validation compares; long arguments weigh more. */
  readonly comparisons: number;
  /** Items of each list, in the document and in variables. */
  readonly listItems: number;
  /** Values inside all variables. */
  readonly values: number;
}

export type LimitName = keyof DocumentMaxima;

/** What a profile of every agency uses a tenth of, and validation and planning answer within milliseconds. */
export const defaultMaxima: DocumentMaxima = {
  tokens: 2000,
  depth: 15,
  introspectionDepth: 25,
  aliases: 100,
  introspectionAliases: 2,
  rootFields: 100,
  selections: 2000,
  comparisons: 5000,
  listItems: 100,
  values: 5000,
};

/** What is said of a limit; none repeats what was sent. */
export const limitSentences: Readonly<Record<LimitName, (maximum: number) => string>> = {
  tokens: (maximum) => `The document has more than ${maximum} words and signs.`,
  depth: (maximum) => `The operation is nested deeper than ${maximum} fields.`,
  introspectionDepth: (maximum) => `The question about the schema is nested deeper than ${maximum} fields.`,
  aliases: (maximum) => `The operation has more than ${maximum} aliases.`,
  introspectionAliases: (maximum) => `The question about the schema has more than ${maximum} aliases.`,
  rootFields: (maximum) => `The document has more than ${maximum} root fields.`,
  selections: (maximum) =>
    `The operation has more than ${maximum} fields, its fragments counted where they are spread.`,
  comparisons: () => 'The operation asks for the same fields at the same place too often.',
  listItems: (maximum) => `takes at most ${maximum} items.`,
  values: (maximum) => `The variables hold more than ${maximum} values.`,
};
