import type { ApolloServer } from '@apollo/server';
import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import { describeRefusal, type Attestation, type CallerClaims, type CarriedFacts } from '#schema';
import type { AskedFields } from './asked-fields.ts';
import type { FactsReader } from './consent/facts-reader.ts';
import type { VisitingReader } from './consent/visiting-reader.ts';
import type { RequestContext } from './context.ts';
import type { FindOperation } from './operations.ts';
import { formatAgencyError } from './public-error.ts';

/** One GraphQL request to an agency, from wherever it comes. */
export interface AgencyRequest {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  /** The gateway's word for who asks (`gateway/caller-token.ts`). */
  readonly callerToken?: string | undefined;
  /** The gateway's id of the client's operation. */
  readonly requestId?: string | undefined;
  /** What the register attested for this agency a moment ago, as the gateway hands it on. */
  readonly carried?: readonly CarriedFacts[] | undefined;
}

/** Answers; never rejects. Failures are coded errors of the answer. */
export type Handle = (request: AgencyRequest) => Promise<ExecutionResult>;

/** What is known of a request before its operation is looked at. */
export interface Admission {
  readonly verify: (callerToken: string | undefined) => CallerClaims | null;
  readonly contextOf: (
    claims: CallerClaims,
    operationId: string | undefined,
    reader: FactsReader,
    asked: AskedFields | undefined,
  ) => RequestContext;
  readonly visit: (carried: readonly CarriedFacts[] | undefined) => VisitingReader;
}

/** The answer to whom the gateway does not vouch for. */
export const refusedCaller = (): ExecutionResult => {
  const { message, extensions } = describeRefusal('CALLER_TOKEN_INVALID', null);
  return { errors: [{ message, extensions }] } as unknown as ExecutionResult;
};

/** An error of a resolver as Apollo Server hands it to `formatError`. */
function formatError(error: GraphQLError): GraphQLFormattedError {
  const { code = 'INTERNAL_SERVER_ERROR', ...extensions } = error.extensions;
  return formatAgencyError({ ...error.toJSON(), extensions: { ...extensions, code } }, error);
}

function answerOf(
  { data, errors }: ExecutionResult,
  { access }: RequestContext,
  attested: readonly Attestation[],
): ExecutionResult {
  const decisions = access.records();
  const answer: { -readonly [Key in keyof ExecutionResult]: ExecutionResult[Key] } = { data: data ?? null };
  if (errors) answer.errors = errors.map(formatError) as unknown as readonly GraphQLError[];
  if (decisions.length > 0)
    answer.extensions = attested.length > 0 ? { decisions, facts: attested } : { decisions };
  return answer;
}

/** Apollo Server answers what does not run the short way: everything wrong with a request, and questions about the schema. */
async function askServer(
  server: ApolloServer<RequestContext>,
  { query, operationName, variables }: AgencyRequest,
  contextValue: RequestContext,
): Promise<ExecutionResult> {
  const request = {
    query,
    ...(operationName !== undefined && { operationName }),
    ...(variables && { variables }),
  };
  const { body } = await server.executeOperation(request, { contextValue });
  if (body.kind === 'single') return body.singleResult as ExecutionResult;
  throw new Error('An agency answers in one piece.');
}

const none: readonly string[] = [];

/** The ids of the entities when several are asked for; what is wrong with them is found out when the operation runs. */
function entityIdsOf(variables: AgencyRequest['variables']): readonly string[] {
  const representations = variables?.['representations'];
  if (!Array.isArray(representations) || representations.length < 2) return none;
  const ids: string[] = [];
  for (const each of representations as ({ readonly id?: unknown } | null)[])
    if (typeof each?.id === 'string') ids.push(each.id);
  return ids;
}

/** How an agency answers: nothing before the caller's token is right, then the operation as it was compiled. */
export function createHandle(
  server: ApolloServer<RequestContext>,
  findOperation: FindOperation,
  { verify, contextOf, visit }: Admission,
): Handle {
  return async (request) => {
    const claims = verify(request.callerToken);
    if (!claims) return refusedCaller();
    const { reader, attested } = visit(request.carried);
    const { query, operationName, variables } = request;
    const operation = findOperation(query, operationName);
    const context = contextOf(claims, request.requestId, reader, operation?.asked);
    context.access.expect(entityIdsOf(variables));
    const result = operation?.run({ variables, context });
    return result ? answerOf(await result, context, attested()) : askServer(server, request, context);
  };
}
