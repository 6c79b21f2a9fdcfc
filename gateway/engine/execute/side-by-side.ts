import { GraphQLError } from 'graphql';
import type { AgencyAnswer } from '../../agency-call/index.ts';
import type { CompiledFetch } from '../compile/fetch.ts';
import { ownOf } from '../compile/generated-code.ts';
import { shareText, type SharedText } from '../compile/shared-text.ts';
import type { Agency } from './agency.ts';
import type { AskedFetch, Run } from './run.ts';

type Answer = AgencyAnswer | GraphQLError;

/** How fetches are sent; neither rejects. */
export interface Senders {
  readonly sendAlone: (fetch: CompiledFetch, run: Run, texts: readonly string[]) => Promise<Answer>;
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
function splitAnswer({ data, errors = [] }: AgencyAnswer, { keys }: SharedText): AgencyAnswer[] | null {
  if (typeof data !== 'object' || data === null) return null;
  if (!keys.every((key) => Array.isArray(ownOf(data, key)))) return null;
  if (!errors.every((error) => keys.includes(pathOf(error)?.[0] as string))) return null;
  return keys.map((key) => {
    const below = errors.length > 0 ? errorsBelow(errors, key) : errors;
    const answered = { data: { _entities: ownOf(data, key) } };
    return below.length > 0 ? { ...answered, errors: below } : answered;
  });
}

const isUnusable = (answer: Answer): boolean =>
  answer instanceof GraphQLError && answer.extensions['code'] === 'SUBGRAPH_BAD_RESPONSE';

async function sendAll(asked: readonly AskedFetch[], run: Run, senders: Senders): Promise<void> {
  const [first] = asked;
  const shared = asked.length > 1 ? sharedOf(asked) : null;
  const answer = shared && (await senders.sendShared(asked, shared, run));
  if (answer instanceof GraphQLError && !isUnusable(answer))
    return asked.forEach(({ resolve }) => resolve(answer));
  const parts = shared && answer && !(answer instanceof GraphQLError) ? splitAnswer(answer, shared) : null;
  if (answer && isUnusable(answer) && first) unwilling.add(first.fetch.agency);
  asked.forEach(({ fetch, texts, resolve }, nth) => {
    const part = parts?.[nth];
    // What failed for all of them may have been the fault of one.
    if (part) resolve(part);
    else void senders.sendAlone(fetch, run, texts).then(resolve);
  });
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
      void sendAll(asked.slice(from, from + maxFetches), run, senders);
  };
  return (fetch: CompiledFetch, run: Run, texts: readonly string[]): Promise<Answer> => {
    const { agency } = fetch;
    if (!fetch.sharable || unwilling.has(agency)) return senders.sendAlone(fetch, run, texts);
    return new Promise((resolve) => {
      const waiting = run.waiting.get(agency);
      if (waiting) return void waiting.push({ fetch, texts, resolve });
      run.waiting.set(agency, [{ fetch, texts, resolve }]);
      setImmediate(depart, agency, run);
    });
  };
}
