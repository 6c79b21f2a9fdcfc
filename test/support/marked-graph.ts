import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import { pino } from 'pino';
import { parseMacKey, type Caller, type ClientFacts, type DecisionRecord, type MarkScope } from '#schema';
import type { AgencyRequest, AskAgency } from '../../gateway/agency-source.ts';
import { createCallerTokens } from '../../gateway/caller-token.ts';
import { startContext } from '../../gateway/context.ts';
import { startGraph, type GraphAccess } from '../../gateway/graph.ts';
import type { GraphAnswer } from './graph-under-test.ts';

const directives = readFileSync(new URL('../../schema/directives.graphql', import.meta.url), 'utf8');

interface Notes {
  readonly decisions: DecisionRecord[];
}
type Resolve = (parent: never, args: never, notes: Notes, info: GraphQLResolveInfo) => unknown;

const pathOf = (path: GraphQLResolveInfo['path']): string =>
  path.prev ? `${pathOf(path.prev)}.${path.key}` : String(path.key);

/** A small graph's people: number 0990…07 is `c7`; numbers from 500 on are nobody's. */
export const numberOf = (index: number): string => `0990${String(index).padStart(8, '0')}`;
const idOf = (number: string): string | null =>
  Number(number.slice(4)) < 500 ? `c${Number(number.slice(4))}` : null;
const citizen = (id: string | null) => (id === null ? null : { __typename: 'Citizen', id });

const allowance = { isAllowed: true, basis: 'SELF', grantId: null, reason: null } as const;

function note(notes: Notes, path: string, subject: string | null, scope: MarkScope): void {
  notes.decisions.push({ ...allowance, subject, scope, paths: [path] });
}

/** Answers what it is asked about a citizen and says that it may. */
const ofCitizen =
  (scope: MarkScope, resolve: (id: string) => unknown): Resolve =>
  ({ id }: { id: string }, _, notes, info) => {
    note(notes, pathOf(info.path), id, scope);
    return resolve(id);
  };

const findOne: Resolve = (_, { personalId }: { personalId: string }, notes, info) => {
  const id = idOf(personalId);
  note(notes, pathOf(info.path), id, 'ANY');
  return citizen(id);
};

const findMany: Resolve = (_, { personalIds }: { personalIds: readonly string[] }, notes, info) =>
  personalIds.map((number, index) => {
    const id = idOf(number);
    note(notes, `${pathOf(info.path)}.${index}`, id, 'ANY');
    return citizen(id);
  });

const findMe: Resolve = (_, __, notes, info) => {
  note(notes, pathOf(info.path), 'c0', 'ANY');
  return citizen('c0');
};

const search: Resolve = (_, { filter }: { filter: { personalIds: readonly string[] } }, notes, info) => {
  note(notes, pathOf(info.path), null, 'ANY');
  return filter.personalIds.map((number) => citizen(idOf(number)));
};

/** `c7` has the dependants `c70` to `c79`, `c0` has 120. */
function dependantsOf(id: string): readonly object[] {
  const start = Number(id.slice(1));
  const count = start === 0 ? 120 : 10;
  return Array.from({ length: count }, (_, index) => ({
    relation: 'CHILD',
    citizen: citizen(`c${start * 10 + index + (start === 0 ? 1000 : 0)}`),
  }));
}

const agencies = {
  population: {
    sdl: `
      type Query {
        hello: String @open(why: "Anybody may greet.")
        me: Citizen @level(min: 1, scope: "ANY")
        citizen(personalId: PersonalId!): Citizen @level(min: 1, scope: "ANY")
        citizens(personalIds: [PersonalId!]!): [Citizen] @level(min: 1, scope: "ANY")
        search(filter: Filter!): [Citizen] @level(min: 1, scope: "ANY")
      }
      input Filter { personalIds: [PersonalId!] and: Filter }
      type Mutation {
        touch(personalId: PersonalId!): Citizen @level(min: 1, scope: "ANY")
        wave: String @open(why: "Anybody may wave.")
      }
      type Citizen @key(fields: "id") {
        id: ID!
        fullName: String @level(min: 1, scope: "PERSONAL_INFORMATION")
        ethnicity: String @consent(scope: "PERSONAL_SENSITIVE")
      }`,
    resolvers: {
      Query: { hello: () => 'hello', me: findMe, citizen: findOne, citizens: findMany, search },
      Mutation: { touch: findOne, wave: () => 'waved' },
      Citizen: {
        fullName: ofCitizen('PERSONAL_INFORMATION', (id) => `name of ${id}`),
        ethnicity: ofCitizen('PERSONAL_SENSITIVE', (id) => `people of ${id}`),
      },
    },
  },
  residence: {
    sdl: `
      type Citizen @key(fields: "id") { id: ID! residence: Residence @consent(scope: "RESIDENCE") }
      type Residence { line: String }`,
    resolvers: {
      Citizen: { residence: ofCitizen('RESIDENCE', (id) => ({ line: `street of ${id}` })) },
    },
  },
  dependants: {
    sdl: `
      type Citizen @key(fields: "id") { id: ID! dependants: [Dependant!] @consent(scope: "DEPENDANTS") }
      type Dependant { relation: String! citizen: Citizen }`,
    resolvers: { Citizen: { dependants: ofCitizen('DEPENDANTS', dependantsOf) } },
  },
} as const;

type Name = keyof typeof agencies;
const names = Object.keys(agencies) as Name[];

let composed: string | undefined;

/** The supergraph of the small graph, composed once. */
export function composeMarked(): string {
  composed ??= compose();
  return composed;
}

function compose(): string {
  const services = names.map((name) => ({
    name,
    url: `http://127.0.0.1:1/${name}`,
    typeDefs: parse(`${directives}\n${agencies[name].sdl}`),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl) return supergraphSdl;
  throw new Error(errors?.map(({ message }) => message).join('\n'));
}

const schemas = new Map<Name, GraphQLSchema>();

function schemaOf(name: Name): GraphQLSchema {
  const { sdl, resolvers } = agencies[name];
  const typeDefs = parse(`${directives}\n${sdl}`);
  const options = { typeDefs, resolvers } as unknown as Parameters<typeof buildSubgraphSchema>[0];
  const schema = schemas.get(name) ?? buildSubgraphSchema(options);
  schemas.set(name, schema);
  return schema;
}

function startAgency(name: Name): AskAgency {
  const schema = schemaOf(name);
  return async ({ query, variables }) => {
    const notes: Notes = { decisions: [] };
    const answer = await graphql({
      schema,
      source: query,
      variableValues: variables ?? {},
      contextValue: notes,
    });
    const data: unknown = JSON.parse(JSON.stringify(answer.data ?? null));
    return {
      data,
      ...(answer.errors && { errors: answer.errors }),
      extensions: { decisions: notes.decisions },
    };
  };
}

export const callerKeys = Object.fromEntries(
  names.map((name) => [name, parseMacKey(Buffer.alloc(32, name).toString('base64url'), name)]),
);

/** First-party, with every level of trust. */
const firstParty = (clientId: string): ClientFacts => ({ clientId, isFirstParty: true, purpose: null });

export interface MarkedGraphOptions {
  readonly access?: Partial<GraphAccess>;
  /** Puts something between the gateway and one agency. */
  readonly wrap?: (name: string, ask: AskAgency) => AskAgency;
}

/** One way to ask the graph: the document, who asks, over which HTTP method. */
export interface Asking {
  readonly variables?: Record<string, unknown>;
  readonly caller?: Caller;
  readonly operationName?: string;
  readonly method?: 'GET' | 'POST';
}

/** A small marked graph whose agencies are functions that allow whatever they are asked; no database. */
export async function startMarkedGraph({ access, wrap = (_, ask) => ask }: MarkedGraphOptions = {}) {
  const lines: string[] = [];
  const asked: (AgencyRequest & { readonly agency: string })[] = [];
  const askOf = (agency: string): AskAgency => {
    const ask = wrap(agency, startAgency(agency as Name));
    return (request) => {
      asked.push({ ...request, agency });
      return ask(request);
    };
  };
  const graph = await startGraph({
    supergraph: composeMarked(),
    askOf,
    ownScalars: true,
    log: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
    access: {
      callerTokens: createCallerTokens({
        keyOf: (agency) => callerKeys[agency] ?? Buffer.alloc(0),
        nowSeconds: () => 1_800_000_000,
      }),
      readClient: async (clientId) => firstParty(clientId),
      budgetPerMinute: 600,
      ...access,
    },
  });
  const ask = async (query: string, asking: Asking = {}) => {
    const { variables = {}, caller = { kind: 'anonymous' }, operationName, method = 'POST' } = asking;
    const contextValue = startContext('operation-1', caller);
    const http = { method, headers: new Map(), search: '', body: {} } as never;
    const response = await graph.apollo.executeOperation(
      { query, variables, ...(operationName && { operationName }), http },
      { contextValue },
    );
    if (response.body.kind !== 'single') throw new Error('The graph answers in one piece.');
    const { data, errors } = JSON.parse(JSON.stringify(response.body.singleResult)) as GraphAnswer;
    return { data, errors: errors ?? [], http: response.http, context: contextValue };
  };
  /** The agencies asked since the last call. */
  const takeAsked = (): readonly string[] => asked.splice(0).map(({ agency }) => agency);
  return { ask, asked, takeAsked, lines, close: () => graph.stop() };
}
