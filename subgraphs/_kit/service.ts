import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { connectDatabase, type Database } from '#db';
import {
  type AgencyName,
  type CallerClaims,
  type FactsSource,
  type FeedName,
  type MacKey,
  type ReadNotices,
} from '#schema';
import type { Agency } from './agency.ts';
import type { AskedFields } from './asked-fields.ts';
import { createCallerVerifier } from './caller.ts';
import { clockOf } from './clock.ts';
import { createAccess } from './consent/access.ts';
import { createFactsReader, type FactsReader } from './consent/facts-reader.ts';
import { guardSchema } from './consent/shield.ts';
import { visitReader } from './consent/visiting-reader.ts';
import type { RequestContext } from './context.ts';
import { createHandle, type Handle } from './handle.ts';
import { createOperations } from './operations.ts';
import { formatAgencyError } from './public-error.ts';
import { buildAgencySchema } from './schema.ts';

export { refusedCaller } from './handle.ts';
export type { AgencyRequest } from './handle.ts';

export interface ServiceOptions {
  /** The agency's own database. */
  readonly databaseUrl: string;
  readonly now: () => Date;
  /** Milliseconds of the monotonic clock. */
  readonly clockMs: () => number;
  /** Verifies the gateway's caller tokens. */
  readonly callerKey: MacKey;
  /** What this process knows of the register; the register itself asks its own tables. */
  readonly reader?: FactsReader;
  /** Of the register alone: where it hears of changes. */
  readonly feeds?: Readonly<Record<FeedName, ReadNotices>>;
  readonly poolSize?: number;
  readonly queryTimeoutMs?: number;
  /** Told the text of every SQL statement, never its parameters. */
  readonly onQuery?: (statement: string) => void;
}

/** A running agency: the same whether it is asked over HTTP or in the gateway's process. */
export interface AgencyService {
  readonly name: AgencyName;
  readonly schema: GraphQLSchema;
  /** Coordinates with a rule before their resolver. */
  readonly guarded: readonly string[];
  readonly server: ApolloServer<RequestContext>;
  /** Who asks, when the token is right; else `null`, and nothing may run. */
  readonly verify: (callerToken: string | undefined) => CallerClaims | null;
  /** `operationId`: of the client's operation; without one the token stands for it. */
  readonly contextOf: (
    claims: CallerClaims,
    operationId: string | undefined,
    reader?: FactsReader,
    asked?: AskedFields,
  ) => RequestContext;
  /** Of the register alone. */
  readonly register: FactsSource | undefined;
  /** Of agencies whose changes the register follows. */
  readonly notices: ReadNotices | undefined;
  readonly reader: FactsReader;
  /** Answers; never rejects. Failures are coded errors of the answer. */
  readonly handle: Handle;
  /** Resolves when the agency's database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** What the agency decided goes back with the data: a guarded value without its decision is dropped by the gateway. */
const reportDecisions: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response, contextValue }) => {
      const decisions = contextValue.access.records();
      if (response.body.kind !== 'single' || decisions.length === 0) return;
      response.body.singleResult.extensions = { ...response.body.singleResult.extensions, decisions };
    },
  }),
};

function createServer(schema: GraphQLSchema): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    formatError: formatAgencyError,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      reportDecisions,
    ],
  });
}

/** What stands between a caller and the resolvers. There is one, {@link byConsent}; the benchmark compares it with none. */
export interface Protection {
  /** Puts guards before the fields of a schema; answers their coordinates. */
  readonly guard: (schema: GraphQLSchema, agency: Agency) => readonly string[];
  readonly createVerifier: typeof createCallerVerifier;
  readonly accessOf: typeof createAccess;
}

const byConsent: Protection = {
  guard: guardSchema,
  createVerifier: createCallerVerifier,
  accessOf: createAccess,
};

const isOperationId = /^[\w-]{8,64}$/;

interface ContextSource {
  readonly reader: FactsReader;
  readonly now: () => Date;
  readonly accessOf: Protection['accessOf'];
}

function createContextOf(agency: Agency, database: Database, { reader: own, now, accessOf }: ContextSource) {
  const loadersOf = agency.createLoaders(database);
  return (
    { caller, jti }: CallerClaims,
    operationId: string | undefined,
    reader = own,
    asked?: AskedFields,
  ): RequestContext => {
    const clock = clockOf(now());
    const requestId = operationId !== undefined && isOperationId.test(operationId) ? operationId : jti;
    const access = accessOf({ caller, operationId: requestId, clock, reader });
    const { today } = clock;
    return { now: clock.now, today, loaders: loadersOf(clock, asked), requestId, caller, access };
  };
}

/** What the register is asked by its own graph, or by way of the process's reader. */
function openRegister(agency: Agency, database: Database, options: ServiceOptions) {
  const { now, clockMs, feeds } = options;
  const register = feeds && agency.createRegister?.(database, { now, clockMs, feeds });
  const reader = options.reader ?? (register && createFactsReader(register, { clockMs }));
  if (!reader) throw new Error(`The agency ${agency.name} cannot decide without the register.`);
  return { register, reader };
}

function openDatabase(agency: Agency, options: ServiceOptions): Database {
  const { databaseUrl: url, poolSize, queryTimeoutMs, onQuery } = options;
  return connectDatabase({
    url,
    applicationName: agency.name,
    planOnce: true,
    ...(poolSize !== undefined && { poolSize }),
    ...(queryTimeoutMs !== undefined && { queryTimeoutMs }),
    ...(onQuery && { onQuery }),
  });
}

/** As {@link startAgencyService}, behind a protection of the caller's choice. Not part of the kit's public face. */
export async function startService(
  agency: Agency,
  options: ServiceOptions,
  protection: Protection,
): Promise<AgencyService> {
  const { now, callerKey } = options;
  const schema = buildAgencySchema(agency);
  const guarded = protection.guard(schema, agency);
  const database = openDatabase(agency, options);
  const { register, reader } = openRegister(agency, database, options);
  const server = createServer(schema);
  await server.start();
  const contextOf = createContextOf(agency, database, { reader, now, accessOf: protection.accessOf });
  const verifyAt = protection.createVerifier({ audience: agency.name, key: callerKey });
  const verify = (token: string | undefined) => verifyAt(token, now());
  const handle = createHandle(server, createOperations(schema), {
    verify,
    contextOf,
    visit: (carried) => visitReader(reader, carried),
  });
  const notices = agency.createNotices?.(database);
  const close = async (): Promise<void> => {
    await server.stop();
    await database.close();
  };
  const { name } = agency;
  const { ping } = database;
  return { name, schema, guarded, server, verify, contextOf, register, notices, reader, handle, ping, close };
}

/**
 * Builds the schema, puts its guards before it, prepares the statements and starts the server. The database is reached
 * on first use. Throws when a mark of the schema is missing or would not be enforced.
 */
export function startAgencyService(agency: Agency, options: ServiceOptions): Promise<AgencyService> {
  return startService(agency, options, byConsent);
}
