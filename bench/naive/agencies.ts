import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { clockOf } from '#kit';
import { typeDefsOf, type AgencyName } from '#schema';
import { readServerConfig } from '../config.ts';
import { parsePorts } from '../engines/workloads.ts';
import type { NaiveAgency, NaiveContext } from './agency.ts';
import { family, identity, population, residence } from './people.ts';
import { openOrm } from './reads.ts';
import { healthInsurance, healthRecords, socialInsurance, traffic } from './records.ts';

const agencies: readonly (readonly [AgencyName, NaiveAgency])[] = [
  ['population', population],
  ['residence', residence],
  ['id-cards', identity],
  ['dependants', family],
  ['vehicles', traffic],
  ['health-insurance', healthInsurance],
  ['social-insurance', socialInsurance],
  ['health-records', healthRecords],
];

async function serve(
  name: AgencyName,
  agency: NaiveAgency,
  at: { readonly url: string; readonly port: number },
): Promise<void> {
  const resolvers = agency.resolvers as GraphQLResolverMap<unknown>;
  const schema = buildSubgraphSchema({ typeDefs: typeDefsOf(name), resolvers });
  const orm = openOrm(at.url);
  const server = new ApolloServer<NaiveContext<unknown>>({ schema });
  const context = async () => ({
    loaders: agency.createLoaders(orm),
    today: clockOf(new Date()).today,
  });
  await startStandaloneServer(server, { listen: { port: at.port, host: '127.0.0.1' }, context });
}

const { variable } = readServerConfig();
const urls = JSON.parse(variable('DATABASE_URLS')) as Record<string, string>;
const ports = parsePorts(variable('SUBGRAPH_PORTS'));
await Promise.all(
  agencies.map(([name, agency]) =>
    serve(name, agency, { url: urls[name] ?? '', port: ports.get(name) ?? 0 }),
  ),
);
process.once('SIGTERM', () => process.exit(0));
