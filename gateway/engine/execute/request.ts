import { GraphQLError } from 'graphql';
import { agencyFailure, type AgencyAnswer, type AgencyRequest } from '../../agency-call/index.ts';
import type { CompiledFetch } from '../compile/fetch.ts';
import { ownOf, setOwn } from '../compile/generated-code.ts';
import type { SharedText } from '../compile/shared-text.ts';
import { noEntities, type AskedEntities } from './agency.ts';
import type { Batch } from './batch.ts';
import type { AskedFetch, Run } from './run.ts';
import { createSideBySide } from './side-by-side.ts';

type Values = Record<string, unknown>;

function variablesOf(names: Iterable<string>, { given }: Run): Values {
  const used: Values = {};
  for (const name of names) {
    const value = ownOf(given, name);
    if (value !== undefined) setOwn(used, name, value);
  }
  return used;
}

const representationsIn = (texts: readonly string[]): string => `[${texts.join(',')}]`;

/** `null`: of root fields. */
type Texts = readonly string[] | null;

function writeBody(fetch: CompiledFetch, run: Run, texts: Texts): string {
  const used =
    fetch.variableNames.length > 0 ? JSON.stringify(variablesOf(fetch.variableNames, run)).slice(1, -1) : '';
  if (!texts) return `${fetch.bodyHead}${used}}}`;
  const others = used === '' ? '' : `,${used}`;
  return `${fetch.bodyHead}"representations":${representationsIn(texts)}${others}}}`;
}

function readVariables(fetch: CompiledFetch, run: Run, texts: Texts): Values {
  const used = fetch.variableNames.length > 0 ? variablesOf(fetch.variableNames, run) : {};
  if (texts) used['representations'] = JSON.parse(representationsIn(texts));
  return used;
}

/** What is asked, as whom it asks wants it: who calls in the process takes the variables, who calls over HTTP the body. */
type Question = Pick<AgencyRequest, 'query' | 'variables' | 'body'>;

function questionOf(fetch: CompiledFetch, run: Run, texts: Texts): Question {
  const { query, agency } = fetch;
  return agency.ask.takesBody
    ? { query, body: writeBody(fetch, run, texts) }
    : { query, variables: readVariables(fetch, run, texts) };
}

/** Several fetches of entities in one request to the agency of them all. */
function sharedQuestion(asked: readonly AskedFetch[], { query, keys }: SharedText, run: Run): Question {
  const names = new Set(asked.flatMap(({ fetch }) => fetch.variableNames));
  const used = names.size > 0 ? `,${JSON.stringify(variablesOf(names, run)).slice(1, -1)}` : '';
  const given = asked.map(
    ({ batch }, nth) => `"${keys[nth] ?? ''}":${representationsIn(batch.representations)}`,
  );
  const variables = `{${given.join()}${used === ',' ? '' : used}}`;
  return asked[0]?.fetch.agency.ask.takesBody
    ? { query, body: `{"query":${JSON.stringify(query)},"variables":${variables}}` }
    : { query, variables: JSON.parse(variables) as Values };
}

/** What is told of a call without an answer: a coded failure as it is, anything else as a fault of our own. */
const failureOf = (error: unknown, agency: string): GraphQLError =>
  error instanceof GraphQLError && error.extensions['agency'] === agency
    ? error
    : agencyFailure('INTERNAL_SERVER_ERROR', agency);

type Answer = AgencyAnswer | GraphQLError;

async function send(
  { agency, around }: CompiledFetch,
  run: Run,
  question: Question,
  entities: AskedEntities,
): Promise<Answer> {
  const { requestId = '', signal } = run.context as Partial<Run['context']>;
  const { query, variables, body } = question;
  const callerToken = around?.sign(run.context);
  try {
    return await agency.ask(
      body === undefined
        ? { query, variables: variables ?? {}, requestId, callerToken, signal }
        : { query, body, facts: around?.carry(run.context, entities), requestId, callerToken, signal },
    );
  } catch (error) {
    return failureOf(error, agency.name);
  }
}

function countFetch({ agency: { name } }: CompiledFetch, run: Run): void {
  const { fetches } = run.context as Partial<Run['context']>;
  fetches?.set(name, (fetches.get(name) ?? 0) + 1);
}

const entitiesOf = (asked: readonly AskedFetch[]): AskedEntities => ({
  typeNames: asked.flatMap(({ batch }) => batch.typeNames),
  ids: asked.flatMap(({ batch }) => batch.ids),
});

const sendSideBySide = createSideBySide({
  sendAlone: (fetch, run, batch) => send(fetch, run, questionOf(fetch, run, batch.representations), batch),
  sendShared: (asked, shared, run) =>
    send((asked[0] as AskedFetch).fetch, run, sharedQuestion(asked, shared, run), entitiesOf(asked)),
});

/** Asks the agency for root fields. Never rejects: a call without an answer is a failure of the fetch as a whole. */
export function askForRoot(fetch: CompiledFetch, run: Run): Promise<Answer> {
  countFetch(fetch, run);
  return send(fetch, run, questionOf(fetch, run, null), noEntities);
}

/** The same for entities. */
export function askForEntities(fetch: CompiledFetch, run: Run, batch: Batch): Promise<Answer> {
  countFetch(fetch, run);
  return sendSideBySide(fetch, run, batch);
}
