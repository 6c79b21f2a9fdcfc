import type { GraphQLDataSource } from '@apollo/gateway';
import { GraphQLError, print, type DocumentNode } from 'graphql';
import { agencyFailure, type AgencyAnswer, type AskAgency, type Fetch } from './agency-call/index.ts';
import type { GatewayContext } from './context.ts';
import { settleAnswer } from './entity-answers.ts';
import { createIdentityQuestions } from './entity-identity.ts';
import type { KeysOf } from './entity-keys.ts';
import { failWhole, representationsOf } from './fetch-places.ts';

export { askOverHttp } from './agency-call/index.ts';
export type { AgencyAnswer, AgencyRequest, AskAgency, Fetch, HttpOptions } from './agency-call/index.ts';
export type { GatewayContext } from './context.ts';

/** What is done around every fetch to protect people. */
export interface FetchChecks {
  /** The answer to a fetch that must not be sent; `null` when it may. */
  readonly refuse: (context: GatewayContext, fetch: Fetch) => AgencyAnswer | null;
  /** The caller token for the agency. */
  readonly sign: (agency: string, context: GatewayContext) => string;
  /** The answer without what came undecided. */
  readonly pass: (
    agency: string,
    context: GatewayContext,
    fetch: Fetch,
    answer: AgencyAnswer,
  ) => AgencyAnswer;
}

type ProcessOptions = Parameters<GraphQLDataSource['process']>[0];

const documentOf = (options: ProcessOptions): DocumentNode | undefined =>
  'document' in options ? options.document : undefined;

function readFetch(options: ProcessOptions): Fetch {
  const { query, variables, operationName } = options.request;
  const document = documentOf(options);
  return {
    query: query ?? (document ? print(document) : ''),
    ...(variables && { variables: variables as Record<string, unknown> }),
    ...(operationName && { operationName }),
  };
}

export interface DataSourceOptions {
  readonly agency: string;
  readonly ask: AskAgency;
  /** `undefined` for a foreign graph without marks. */
  readonly checks?: FetchChecks | undefined;
  /** The keys that are asked back of the agency's entities; none when not given. */
  readonly keysOf?: KeysOf;
}

/** What is told of a call without an answer: a coded failure as it is, anything else as a fault of our own. */
const failureOf = (error: unknown, agency: string): GraphQLError =>
  error instanceof GraphQLError && error.extensions['agency'] === agency
    ? error
    : agencyFailure('INTERNAL_SERVER_ERROR', agency);

/**
 * The gateway's view of an agency: counts the fetch, says who asks, asks entities who they are, and lets only decided data
 * of those who were meant pass. A call without an answer is `null` with a coded error at every place of the fetch.
 */
export function createDataSource(source: DataSourceOptions): GraphQLDataSource {
  const { agency, ask, checks, keysOf = () => [] } = source;
  const questionFor = createIdentityQuestions(keysOf);
  const callFor = async (options: ProcessOptions, fetch: Fetch): Promise<AgencyAnswer> => {
    const context = options.context as GatewayContext;
    const { requestId = '', signal } = context as Partial<GatewayContext>;
    const representations = representationsOf(fetch);
    const identity = representations ? questionFor(fetch.query, representations) : undefined;
    const callerToken = checks?.sign(agency, context);
    const sent = { ...fetch, query: identity?.query ?? fetch.query };
    const answer = await ask({ ...sent, requestId, callerToken, signal });
    const settled = settleAnswer({ agency, fetch, document: documentOf(options), answer, identity });
    return checks ? checks.pass(agency, context, fetch, settled) : settled;
  };
  const answerTo = async (options: ProcessOptions): Promise<AgencyAnswer> => {
    const context = options.context as GatewayContext;
    const fetch = readFetch(options);
    const refused = checks?.refuse(context, fetch);
    if (refused) return refused;
    const { fetches } = context as Partial<GatewayContext>;
    fetches?.set(agency, (fetches.get(agency) ?? 0) + 1);
    return callFor(options, fetch).catch((error: unknown) =>
      failWhole(fetch, documentOf(options), failureOf(error, agency)),
    );
  };
  return {
    process: async (options) =>
      (await answerTo(options)) as Awaited<ReturnType<GraphQLDataSource['process']>>,
  };
}
