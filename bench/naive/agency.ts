import type { Orm } from './reads.ts';

/** What a resolver of a naive agency gets: loaders of this request, and the day. */
export interface NaiveContext<Loaders> {
  readonly loaders: Loaders;
  readonly today: string;
}

/** A citizen of another agency. */
export interface Reference {
  readonly id: string;
}

type Resolver = (parent: never, args: never, context: never) => unknown;

/** A resolver: from its parent, what it is told of the request, and its arguments. */
export type Field<Loaders> = <Parent, Arguments = unknown>(
  read: (parent: Parent, context: NaiveContext<Loaders>, args: Arguments) => unknown,
) => (parent: Parent, args: Arguments, context: NaiveContext<Loaders>) => unknown;

/** What somebody writes first who has tables and a schema to fill: the fields of the profile query, no more. */
export interface NaiveAgency {
  readonly createLoaders: (orm: Orm) => unknown;
  readonly resolvers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Definition<Loaders> {
  readonly createLoaders: (orm: Orm) => Loaders;
  readonly createResolvers: (
    field: Field<Loaders>,
  ) => Readonly<Record<string, Readonly<Record<string, Resolver>>>>;
}

export function defineNaive<Loaders>({ createLoaders, createResolvers }: Definition<Loaders>): NaiveAgency {
  const own = createResolvers((read) => (parent, args, context) => read(parent, context, args));
  const Citizen = { __resolveReference: ({ id }: Reference) => ({ id }), ...own['Citizen'] };
  return { createLoaders, resolvers: { ...own, Citizen } };
}
