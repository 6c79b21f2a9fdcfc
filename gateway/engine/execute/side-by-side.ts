import { GraphQLError } from 'graphql';
import { agencyFailure, type AgencyAnswer } from '../../agency-call/index.ts';
import type { CompiledFetch } from '../compile/fetch.ts';
import { ownOf } from '../compile/generated-code.ts';
import { shareText, type SharedText } from '../compile/shared-text.ts';
import type { Agency } from './agency.ts';
import type { Batch } from './batch.ts';
import type { AskedFetch, Run } from './run.ts';

type Answer = AgencyAnswer | GraphQLError;

/** How fetches are sent; neither rejects. */
export interface Senders {
  readonly sendAlone: (fetch: CompiledFetch, run: Run, batch: Batch) => Promise<Answer>;
  readonly sendShared: (asked: readonly AskedFetch[], shared: SharedText, run: Run) => Promise<Answer>;
}

/** More in one request might be too many for the agency's own limits. */
const maxFetches = 8;
/** Combinations that are remembered of one fetch with others. */
const maxRemembered = 64;

const remembered = new WeakMap<CompiledFetch, Map<string, SharedText | null>>();
/** Agencies that had no use for a request with several fetches. */
const unwilling = new WeakSet<Agency>();

function sharedOf(asked: readonly AskedFetch[]): SharedText | null {
  const [first, ...others] = asked;
  if (!first) return null;
  const known = remembered.get(first.fetch) ?? new Map<string, SharedText | null>();
  remembered.set(first.fetch, known);
  const id = others.map(({ fetch }) => fetch.id).join();
  const before = known.get(id);
  if (before !== undefined) return before;
  const shared = shareText(asked.flatMap(({ fetch }) => fetch.sharable ?? []));
  if (known.size < maxRemembered) known.set(id, shared);
  return shared;
}

type Errors = NonNullable<AgencyAnswer['errors']>;

const pathOf = (error: unknown): readonly unknown[] | undefined => {
  const path = typeof error === 'object' && error !== null ? (error as { path?: unknown }).path : undefined;
  return Array.isArray(path) ? path : undefined;
};

/** The errors below a key, as if it had been asked for alone. */
const errorsBelow = (errors: Errors, key: string): Errors =>
  errors.flatMap((error) => {
    const path = pathOf(error);
    return path?.[0] === key ? [{ ...(error as object), path: ['_entities', ...path.slice(1)] }] : [];
  });

/** The answer to each fetch; `null` when it is not certain which of them some of it is about. */
function splitAnswer(
  { data, errors = [], isUnescaped = false }: AgencyAnswer,
  { keys }: SharedText,
): AgencyAnswer[] | null {
  if (typeof data !== 'object' || data === null) return null;
  if (!keys.every((key) => Array.isArray(ownOf(data, key)))) return null;
  if (!errors.every((error) => keys.includes(pathOf(error)?.[0] as string))) return null;
  return keys.map((key) => {
    const below = errors.length > 0 ? errorsBelow(errors, key) : errors;
    const answered = { data: { _entities: ownOf(data, key) }, isUnescaped };
    return below.length > 0 ? { ...answered, errors: below } : answered;
  });
}

const isUnusable = (answer: Answer): boolean =>
  answer instanceof GraphQLError && answer.extensions['code'] === 'SUBGRAPH_BAD_RESPONSE';

/** Ends all of them when the time of one call is over, however often they were sent. Answers how to stop it. */
function limitTime(asked: readonly AskedFetch[], { ask, name }: Agency): () => void {
  if (ask.timeoutMs === undefined) return () => {};
  const giveUp = (): void => asked.forEach(({ resolve }) => resolve(agencyFailure('SUBGRAPH_TIMEOUT', name)));
  const timer = setTimeout(giveUp, ask.timeoutMs);
  return () => clearTimeout(timer);
}

const sendEachAlone = (asked: readonly AskedFetch[], run: Run, senders: Senders): Promise<unknown> =>
  Promise.all(asked.map(({ fetch, batch, resolve }) => senders.sendAlone(fetch, run, batch).then(resolve)));

async function sendShared(
  asked: readonly AskedFetch[],
  shared: SharedText,
  agency: Agency,
  run: Run,
  senders: Senders,
): Promise<void> {
  const answer = await senders.sendShared(asked, shared, run);
  if (isUnusable(answer)) unwilling.add(agency);
  else if (answer instanceof GraphQLError) return asked.forEach(({ resolve }) => resolve(answer));
  const parts = answer instanceof GraphQLError ? null : splitAnswer(answer, shared);
  // What failed for all of them may have been the fault of one.
  if (!parts) return void (await sendEachAlone(asked, run, senders));
  asked.forEach(({ resolve }, nth) => resolve(parts[nth] as AgencyAnswer));
}

async function sendAll(
  asked: readonly AskedFetch[],
  agency: Agency,
  run: Run,
  senders: Senders,
): Promise<void> {
  const shared = asked.length > 1 ? sharedOf(asked) : null;
  if (!shared) return void (await sendEachAlone(asked, run, senders));
  const stop = limitTime(asked, agency);
  await sendShared(asked, shared, agency, run, senders).finally(stop);
}

/**
 * Sends fetches of entities: those of one run to one agency that are ready in the same turn of the event loop go in one
 * request, each under a response key of its own. Whenever what comes back is not plainly what each would have been
 * answered alone, each is sent alone: they are queries, and one never takes another down.
 */
export function createSideBySide(senders: Senders) {
  const depart = (agency: Agency, run: Run): void => {
    const asked = run.waiting.get(agency) ?? [];
    run.waiting.delete(agency);
    for (let from = 0; from < asked.length; from += maxFetches)
      void sendAll(asked.slice(from, from + maxFetches), agency, run, senders);
  };
  return (fetch: CompiledFetch, run: Run, batch: Batch): Promise<Answer> => {
    const { agency } = fetch;
    if (!fetch.sharable || unwilling.has(agency)) return senders.sendAlone(fetch, run, batch);
    return new Promise((resolve) => {
      const waiting = run.waiting.get(agency);
      if (waiting) return void waiting.push({ fetch, batch, resolve });
      run.waiting.set(agency, [{ fetch, batch, resolve }]);
      setImmediate(depart, agency, run);
    });
  };
}
