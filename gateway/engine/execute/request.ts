import { GraphQLError } from 'graphql';
import { agencyFailure, type AgencyAnswer, type AgencyRequest } from '../../agency-call/index.ts';
import type { CompiledFetch } from '../compile/fetch.ts';
import { ownOf, setOwn } from '../compile/generated-code.ts';
import type { Run } from './run.ts';

type Values = Record<string, unknown>;

function variablesOf({ variableNames }: CompiledFetch, { given }: Run): Values {
  const used: Values = {};
  for (const name of variableNames) {
    const value = ownOf(given, name);
    if (value !== undefined) setOwn(used, name, value);
  }
  return used;
}

const representationsIn = (texts: readonly string[]): string => `[${texts.join(',')}]`;

/** `null`: of root fields. */
type Texts = readonly string[] | null;

function writeBody(fetch: CompiledFetch, run: Run, texts: Texts): string {
  const used = fetch.variableNames.length > 0 ? JSON.stringify(variablesOf(fetch, run)).slice(1, -1) : '';
  if (!texts) return `${fetch.bodyHead}${used}}}`;
  const others = used === '' ? '' : `,${used}`;
  return `${fetch.bodyHead}"representations":${representationsIn(texts)}${others}}}`;
}

function readVariables(fetch: CompiledFetch, run: Run, texts: Texts): Values {
  const used = fetch.variableNames.length > 0 ? variablesOf(fetch, run) : {};
  if (texts) used['representations'] = JSON.parse(representationsIn(texts));
  return used;
}

/** Who calls in the process takes the variables, who calls over HTTP the body. */
function requestOf(fetch: CompiledFetch, run: Run, texts: Texts): AgencyRequest {
  const { requestId = '', signal } = run.context as Partial<Run['context']>;
  const { query, around, agency } = fetch;
  const callerToken = around?.sign(run.context);
  if (!agency.ask.takesBody)
    return { query, variables: readVariables(fetch, run, texts), requestId, callerToken, signal };
  const facts = around?.carry(run.context);
  return { query, body: writeBody(fetch, run, texts), requestId, callerToken, facts, signal };
}

/** What is told of a call without an answer: a coded failure as it is, anything else as a fault of our own. */
const failureOf = (error: unknown, agency: string): GraphQLError =>
  error instanceof GraphQLError && error.extensions['agency'] === agency
    ? error
    : agencyFailure('INTERNAL_SERVER_ERROR', agency);

/** Asks the agency. Never rejects: a call without an answer is a failure of the fetch as a whole. */
export async function askAgency(
  fetch: CompiledFetch,
  run: Run,
  texts: Texts,
): Promise<AgencyAnswer | GraphQLError> {
  const { agency } = fetch;
  const { fetches } = run.context as Partial<Run['context']>;
  fetches?.set(agency.name, (fetches.get(agency.name) ?? 0) + 1);
  try {
    return await agency.ask(requestOf(fetch, run, texts));
  } catch (error) {
    return failureOf(error, agency.name);
  }
}
