import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import type { GraphQLSchema } from 'graphql';
import { agencyNames, typeDefsOf, type AgencyName } from '#schema';
import { profileQuery } from '../../gateway/explorer/profile-query.ts';
import { readBareSupergraph } from '../bare/supergraph.ts';
import { citizenParts, dependantsOf } from './profile-data.ts';
import type { Workload } from './workload.ts';

/** Those that a profile touches. */
const asked = agencyNames.filter((name) => name !== 'consent');

const firstNumber = 79_085_000_000;
const personalIds = Array.from({ length: 400 }, (_, at) => String(firstNumber + at * 10).padStart(12, '0'));

const idOf = (personalId: string): string => `01900000-0000-7000-8000-${personalId}`;
const childIdsOf = (id: string): string[] => [1, 2].map((at) => `${id.slice(0, -1)}${at}`);

const citizenOf = ({ id }: { readonly id: string }) => ({
  __typename: 'Citizen',
  id,
  ...citizenParts,
  dependants: dependantsOf(childIdsOf(id)),
});

function createSchema(name: AgencyName): GraphQLSchema {
  const Citizen = { __resolveReference: citizenOf };
  const citizen = (_: unknown, { personalId }: { personalId: string }) => citizenOf({ id: idOf(personalId) });
  const resolvers = { Citizen, ...(name === 'population' && { Query: { citizen } }) };
  return buildSubgraphSchema({
    typeDefs: typeDefsOf(name),
    resolvers: resolvers as GraphQLResolverMap<unknown>,
  });
}

/** W2: the profile of citizens in turn, from eight agencies; the supergraph is ours without marks. */
export const createProfile = (): Workload => ({
  title: 'W2, the profile over eight agencies',
  query: profileQuery,
  variables: personalIds.map((personalId) => ({ personalId })),
  subgraphNames: asked,
  supergraphOf: (urlOf) => readBareSupergraph(urlOf),
  createSchemas: () => new Map(asked.map((name) => [name, createSchema(name)])),
});
