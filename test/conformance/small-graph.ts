import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse, validate, type GraphQLSchema } from 'graphql';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import '../../gateway/config.ts';
import type { AgencyAnswer, AgencyRequest } from '../../gateway/agency-source.ts';
import { startContext } from '../../gateway/context.ts';
import { startGraph } from '../../gateway/graph.ts';

/** A subgraph by hand: `sdl` has its own `@link` unless it is of federation 1. */
export interface SmallSubgraph {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers?: object;
}

/** What was sent to a subgraph. */
export interface Sent {
  readonly to: string;
  readonly query: string;
  readonly representations: readonly object[] | undefined;
}

/** One operation with the answer that it must have. */
export interface Expectation {
  readonly what: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly data: unknown;
  /** Codes and paths; none when left out. */
  readonly errors?: readonly (readonly [code: string, path: readonly (string | number)[] | undefined])[];
  /** Which subgraphs are asked, in the order of their names; not looked at when left out. */
  readonly asked?: readonly string[];
}

const imports = '"@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible"';

/** The `@link` of federation with what most subgraphs import. */
export const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: [${imports}, "@interfaceObject", "@tag", "@extends", "@composeDirective"])\n`;

/** @throws Error that says why they do not compose */
export function composeSmall(subgraphs: readonly SmallSubgraph[]): string {
  const services = subgraphs.map(({ name, sdl }) => ({
    name,
    url: `http://${name}.invalid`,
    typeDefs: parse(sdl),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

const buildSchema = ({ sdl, resolvers = {} }: SmallSubgraph): GraphQLSchema =>
  buildSubgraphSchema({ typeDefs: parse(sdl), resolvers } as Parameters<typeof buildSubgraphSchema>[0]);

async function answer(schema: GraphQLSchema, { query, variables }: AgencyRequest): Promise<AgencyAnswer> {
  const [fault] = validate(schema, parse(query));
  if (fault)
    return { data: null, errors: [{ message: fault.message, extensions: { code: 'FETCH_NOT_VALID' } }] };
  const result = await graphql({ schema, source: query, variableValues: variables ?? {} });
  return JSON.parse(JSON.stringify(result)) as AgencyAnswer;
}

/** Our graph over small subgraphs in this process. */
export async function startSmallGraph(subgraphs: readonly SmallSubgraph[]) {
  const schemas = new Map(subgraphs.map((each) => [each.name, buildSchema(each)]));
  const sent: Sent[] = [];
  const graph = await startGraph({
    supergraph: composeSmall(subgraphs),
    ownScalars: false,
    log: pino({ level: 'silent' }),
    askOf: (to) => (request) => {
      const representations = request.variables?.['representations'] as object[] | undefined;
      sent.push({ to, query: request.query, representations });
      const schema = schemas.get(to);
      if (!schema) throw new Error(`Nobody is called ${to}.`);
      return answer(schema, request);
    },
  });
  const ask = async (query: string, variables: Readonly<Record<string, unknown>> = {}) => {
    sent.length = 0;
    const contextValue = startContext('small', { kind: 'anonymous' });
    const { body } = await graph.apollo.executeOperation(
      { query, variables: { ...variables } },
      { contextValue },
    );
    if (body.kind !== 'single') throw new Error('An answer in parts was not asked for.');
    const { data = null, errors = [] } = body.singleResult;
    const told = errors.map(({ path, extensions }) => [extensions?.['code'], path] as const);
    return { data: JSON.parse(JSON.stringify(data)) as unknown, errors: told, sent: [...sent] };
  };
  return { ask, stop: () => graph.stop() };
}

/** Starts the subgraphs once and asks each operation of the table. Call it inside `describe`. */
export function expectAnswers(subgraphs: readonly SmallSubgraph[], table: readonly Expectation[]): void {
  let graph: Awaited<ReturnType<typeof startSmallGraph>>;
  beforeAll(async () => {
    graph = await startSmallGraph(subgraphs);
  });
  afterAll(() => graph.stop());
  it.each(table)('$what', async ({ query, variables, data, errors = [], asked }) => {
    const answered = await graph.ask(query, variables);
    expect({ data: answered.data, errors: answered.errors }).toEqual({ data, errors });
    if (asked) expect([...new Set(answered.sent.map(({ to }) => to))].sort()).toEqual(asked);
  });
}
