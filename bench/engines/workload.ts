import type { GraphQLSchema } from 'graphql';

/** Addresses of the subgraphs, by name. */
export type UrlOf = (subgraph: string) => string;

/** One query over subgraphs of constant data, for gateways to be compared on. */
export interface Workload {
  readonly title: string;
  readonly query: string;
  /** Asked in turn. */
  readonly variables: readonly Readonly<Record<string, unknown>>[];
  /** What the subgraphs answer with, by name. Made where they run only. */
  readonly createSchemas: () => ReadonlyMap<string, GraphQLSchema>;
  readonly subgraphNames: readonly string[];
  readonly supergraphOf: (urlOf: UrlOf) => string;
}
