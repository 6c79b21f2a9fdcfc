import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { ExecutionResult, GraphQLSchema } from 'graphql';
import { connectDatabase, type Database } from '#db';
import type { AgencyName } from '#schema';
import type { Agency } from './agency.ts';
import { clockOf, type RequestContext } from './context.ts';
import { formatAgencyError } from './public-error.ts';
import { buildAgencySchema } from './schema.ts';

/** One GraphQL request to an agency, from wherever it comes. */
export interface AgencyRequest {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly requestId: string;
}

export interface ServiceOptions {
  /** The agency's own database. */
  readonly databaseUrl: string;
  readonly now: () => Date;
  readonly poolSize?: number;
  readonly queryTimeoutMs?: number;
  /** Told the text of every SQL statement, never its parameters. */
  readonly onQuery?: (statement: string) => void;
}

/** A running agency: the same whether it is asked over HTTP or in the gateway's process. */
export interface AgencyService {
  readonly name: AgencyName;
  readonly schema: GraphQLSchema;
  readonly server: ApolloServer<RequestContext>;
  readonly contextOf: (requestId: string) => RequestContext;
  /** Answers; never rejects. Failures are coded errors of the answer. */
  handle(request: AgencyRequest): Promise<ExecutionResult>;
  /** Resolves when the agency's database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

function createServer(schema: GraphQLSchema): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    formatError: formatAgencyError,
    plugins: [ApolloServerPluginLandingPageDisabled(), ApolloServerPluginInlineTraceDisabled()],
  });
}

function createContextOf(agency: Agency, database: Database, now: () => Date) {
  const loadersOf = agency.createLoaders(database);
  return (requestId: string): RequestContext => {
    const clock = clockOf(now());
    return { ...clock, loaders: loadersOf(clock), requestId };
  };
}

/** Builds the schema, prepares the statements and starts the server. The database is reached on first use. */
export async function startAgencyService(agency: Agency, options: ServiceOptions): Promise<AgencyService> {
  const { databaseUrl: url, now, ...limits } = options;
  const database = connectDatabase({ url, applicationName: agency.name, ...limits });
  const schema = buildAgencySchema(agency);
  const server = createServer(schema);
  await server.start();
  const contextOf = createContextOf(agency, database, now);
  const handle = async ({ requestId, ...request }: AgencyRequest): Promise<ExecutionResult> => {
    const contextValue = contextOf(requestId);
    const { body } = await server.executeOperation(request, { contextValue });
    if (body.kind === 'single') return body.singleResult as ExecutionResult;
    throw new Error('An agency answers in one piece.');
  };
  const close = async (): Promise<void> => {
    await server.stop();
    await database.close();
  };
  return { name: agency.name, schema, server, contextOf, handle, ping: database.ping, close };
}
