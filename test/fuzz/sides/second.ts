import { createRequire } from 'node:module';
import type { Operation } from '../operations/operation.ts';
import { readWeather } from '../world/weather.ts';
import type { World } from '../world/world.ts';
import { startRun } from './side.ts';

/** Somebody else's answer in fair weather: `data`, as it is sent; `undefined` when there is none. */
export type SecondOpinion = (operation: Operation) => Promise<string | undefined>;

interface Subschema {
  readonly name: string;
  executor: (request: {
    readonly document: unknown;
    readonly variables?: Record<string, unknown>;
    readonly operationName?: string;
  }) => Promise<unknown>;
}
interface Peers {
  readonly getStitchedSchemaFromSupergraphSdl: (options: {
    supergraphSdl: string;
    onSubschemaConfig: (config: Subschema) => void;
  }) => unknown;
}
interface OtherGraphql {
  readonly parse: (text: string) => unknown;
  readonly print: (document: unknown) => string;
  readonly execute: (options: object) => Promise<{ data?: unknown }>;
}

/** How to install `@graphql-tools/federation`, which the product does not need. */
export const howToInstall = 'npm install --prefix test/fuzz/peers';

function loadPeers(): { federation: Peers; graphql: OtherGraphql } | null {
  const load = createRequire(new URL('../peers/package.json', import.meta.url));
  try {
    return {
      federation: load('@graphql-tools/federation') as Peers,
      graphql: load('graphql') as OtherGraphql,
    };
  } catch {
    return null;
  }
}

/** Some of its promises are never settled. */
const patienceMs = 1000;

async function answerOf(answered: Promise<{ data?: unknown }>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  const answer = await Promise.race([answered, tooLate]).finally(() => clearTimeout(timer));
  return answer?.data;
}

/** `@graphql-tools/federation` over a world, with a graphql of its own; `null` when it is not installed. */
export function startSecond(world: World): SecondOpinion | null {
  const peers = loadPeers();
  if (!peers) return null;
  const { federation, graphql } = peers;
  const run = startRun(readWeather('fair:0'), false);
  const schema = federation.getStitchedSchemaFromSupergraphSdl({
    supergraphSdl: world.supergraph,
    onSubschemaConfig: (config) => {
      const { ask } = world.subgraph(config.name.toLowerCase());
      config.executor = ({ document, variables, operationName }) =>
        ask({ query: graphql.print(document), variables, operationName }, run);
    },
  });
  return async ({ text, variables, operationName }) => {
    const document = graphql.parse(text);
    const variableValues = { ...variables };
    const answered = graphql.execute({ schema, document, variableValues, operationName });
    const data = await answerOf(answered);
    return data === undefined ? undefined : JSON.stringify(data);
  };
}
