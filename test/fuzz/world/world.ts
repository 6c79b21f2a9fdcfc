import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { parse, type GraphQLSchema } from 'graphql';
import type { Operation } from '../operations/operation.ts';
import { readFacts, type SubgraphText } from './facts.ts';
import { createSubgraph, type Subgraph } from './subgraph.ts';
import { createTruth, type Truth } from './truth.ts';
import { readWeather } from './weather.ts';

/** Subgraphs that know one another through a composed supergraph, all in this process. */
export interface World {
  readonly name: string;
  /** The composed SDL. */
  readonly supergraph: string;
  /** What a client sees. */
  readonly api: GraphQLSchema;
  truth(operation: Operation): Truth;
  /** @throws Error for a name that is not there */
  subgraph(name: string): Subgraph;
}

const header = (imports: string): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])`;
const all = [
  ...['@key', '@requires', '@provides', '@external', '@shareable', '@override', '@inaccessible'],
  ...['@interfaceObject', '@tag', '@extends'],
];
const imports = all.map((name) => JSON.stringify(name)).join(', ');

/** @throws Error that says why the subgraphs do not compose */
export function composeWorld(name: string, sdls: Readonly<Record<string, string>>): World {
  const texts: SubgraphText[] = Object.entries(sdls).map(([subgraph, sdl]) => ({
    name: subgraph,
    sdl: `${header(imports)}\n${sdl}`,
  }));
  const services = texts.map((each) => ({
    name: each.name,
    url: `http://${each.name}.invalid/graphql`,
    typeDefs: parse(each.sdl),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined)
    throw new Error(
      [`${name} does not compose.`, ...(errors ?? []).map(({ message }) => message)].join('\n'),
    );
  const facts = readFacts(texts);
  const calm = readWeather('fair:0');
  const subgraphs = texts.map((text) => createSubgraph({ text, facts, calm }));
  const api = Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
  return {
    name,
    supergraph: supergraphSdl,
    api,
    truth: createTruth({ api, subgraphs, facts, calm }),
    subgraph: (wanted) => {
      const found = subgraphs.find((each) => each.name === wanted);
      if (!found) throw new Error(`${name} has no subgraph ${wanted}.`);
      return found;
    },
  };
}
