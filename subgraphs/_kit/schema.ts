import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import type { GraphQLSchema } from 'graphql';
import { lintMarks, scalars, typeDefsOf } from '#schema';
import type { Agency } from './agency.ts';

/**
 * The agency's executable subgraph: its SDL, its resolvers, the shared scalars. Throws when they do not fit, and when
 * a mark is missing or could be gone around.
 */
export function buildAgencySchema(agency: Agency): GraphQLSchema {
  const typeDefs = typeDefsOf(agency.name);
  const faults = lintMarks([{ name: agency.name, document: typeDefs }]);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const resolvers = { ...agency.resolvers, ...scalars } as GraphQLResolverMap<unknown>;
  return buildSubgraphSchema({ typeDefs, resolvers });
}
