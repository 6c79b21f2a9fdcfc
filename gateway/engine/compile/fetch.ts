import type { FetchDataRewrite, FetchNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { Agency, AroundFetch } from '../execute/agency.ts';
import type { Step } from '../execute/targets.ts';
import { compileEntities, type CompiledEntities } from './entities.ts';
import { readFetchText, type FetchText } from './fetch-text.ts';
import { splitPath } from './path.ts';
import { readSharable, type SharableText } from './shared-text.ts';

/** One fetch of a plan, with everything reckoned that does not depend on the request. */
export interface CompiledFetch {
  readonly kind: 'fetch';
  /** Tells it from every other one. */
  readonly id: number;
  readonly agency: Agency;
  /** Where the objects stand that are asked about or written to. */
  readonly path: readonly Step[];
  /** As it was planned. */
  readonly text: FetchText;
  /** To be sent. */
  readonly query: string;
  /** The body up to the values of the variables. */
  readonly bodyHead: string;
  /** Of the client, as far as the fetch uses them. */
  readonly variableNames: readonly string[];
  /** `null`: root fields are asked for. */
  readonly entities: CompiledEntities | null;
  /** From the root of the answer, or from each entity. */
  readonly outputRewrites: readonly FetchDataRewrite[];
  /** Of the supergraph. */
  readonly schema: GraphQLSchema;
  readonly around: AroundFetch | undefined;
  /** For asking beside other fetches of the same run; `null`: by itself only. */
  readonly sharable: SharableText | null;
}

export interface FetchSurroundings {
  /** Of the supergraph. */
  readonly schema: GraphQLSchema;
  /** @throws for a name that is not in the supergraph */
  readonly agencyOf: (name: string) => Agency;
}

let lastId = 0;

/** `path`: from the root, as plans write it. */
export function compileFetch(
  node: FetchNode,
  path: readonly (string | number)[],
  surroundings: FetchSurroundings,
): CompiledFetch {
  const { schema, agencyOf } = surroundings;
  const agency = agencyOf(node.serviceName);
  const text = readFetchText(node.operation);
  const entities = node.requires ? compileEntities(node, text, { schema, agency }) : null;
  const query = entities?.query ?? node.operation;
  const around = agency.checks?.around(agency.name, node.operation);
  lastId += 1;
  return {
    kind: 'fetch',
    id: lastId,
    agency,
    path: splitPath(path),
    text,
    query,
    bodyHead: `{"query":${JSON.stringify(query)},"variables":{`,
    variableNames: node.variableUsages ?? [],
    entities,
    outputRewrites: node.outputRewrites ?? [],
    schema,
    around,
    // Decisions of an agency of ours name the paths of one fetch.
    sharable: entities && !around && agency.ask.mayShare ? readSharable(query) : null,
  };
}
