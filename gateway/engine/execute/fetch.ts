import { GraphQLError } from 'graphql';
import type { AgencyAnswer } from '../../agency-call/index.ts';
import type { CompiledEntities } from '../compile/entities.ts';
import type { CompiledFetch } from '../compile/fetch.ts';
import { applyRewrites } from '../compile/rewrites.ts';
import { noEntities, type AskedEntities, type FetchError } from './agency.ts';
import { batchOf, type Batch } from './batch.ts';
import { tellEntityErrors, tellRootErrors } from './error-places.ts';
import { copy, mergeInto } from './merge.ts';
import { askForEntities, askForRoot } from './request.ts';
import type { Run } from './run.ts';
import { settleEntities, settleRoot, type Settled } from './settle.ts';
import { collectTargets } from './targets.ts';

type Values = Record<string, unknown>;
type Answer = AgencyAnswer | GraphQLError;

function noteTexts(run: Run, answer: Answer): void {
  if (!(answer instanceof GraphQLError) && answer.isUnescaped !== true) run.isUnescaped = false;
}

/** The errors of the checks after an answer; what came undecided is out of its data then. */
function check(fetch: CompiledFetch, run: Run, entities: AskedEntities, answer: Answer, data: unknown) {
  if (!fetch.around || answer instanceof GraphQLError) return [];
  const { extensions } = answer;
  return fetch.around.pass(run.context, entities, extensions ? { data, extensions } : { data });
}

function mergeEntities(
  fetch: CompiledFetch,
  { merge }: CompiledEntities,
  batch: Batch,
  entities: readonly (Values | null)[],
): void {
  const isMerged = new Uint8Array(entities.length);
  for (let nth = 0; nth < batch.targets.length; nth += 1) {
    const [target, index] = [batch.targets[nth], batch.indexes[nth] ?? 0];
    const entity = entities[index];
    if (!entity || !target) continue;
    if (isMerged[index] === 1) merge.intoOther(target, entity);
    else {
      if (fetch.outputRewrites.length > 0) applyRewrites(fetch.schema, fetch.outputRewrites, entity);
      merge.intoFirst(target, entity);
    }
    isMerged[index] = 1;
  }
}

const withErrors = <T>({ data, errors }: Settled<T>, more: readonly FetchError[]): Settled<T> => ({
  data,
  errors: more.length > 0 ? [...errors, ...more] : errors,
});

async function fetchEntities(fetch: CompiledFetch, entities: CompiledEntities, run: Run): Promise<void> {
  const batch = batchOf(entities, collectTargets(run.data, fetch.path));
  if (batch.representations.length === 0) return;
  const refused = fetch.around?.refuse(run.context, batch) ?? null;
  const answer = refused ?? (await askForEntities(fetch, run, batch));
  noteTexts(run, answer);
  const settled = settleEntities(fetch, run, batch, answer);
  const more = refused ? [] : check(fetch, run, batch, answer, { _entities: settled.data });
  const { data, errors } = withErrors(settled, more);
  tellEntityErrors(fetch, run, batch, errors);
  mergeEntities(fetch, entities, batch, data);
}

async function fetchRoot(fetch: CompiledFetch, run: Run): Promise<void> {
  const targets = collectTargets(run.data, fetch.path);
  if (targets.length === 0) return;
  const answer = await askForRoot(fetch, run);
  noteTexts(run, answer);
  const settled = settleRoot(fetch, run, answer);
  const { data, errors } = withErrors(settled, check(fetch, run, noEntities, answer, settled.data));
  tellRootErrors(fetch, run, errors);
  if (fetch.outputRewrites.length > 0) applyRewrites(fetch.schema, fetch.outputRewrites, data);
  for (const [index, target] of targets.entries())
    mergeInto(target, index === 0 ? data : (copy(data) as Values));
}

/** Runs one fetch: asks, checks, merges, and tells what failed where. */
export const runFetch = (fetch: CompiledFetch, run: Run): Promise<void> =>
  fetch.entities ? fetchEntities(fetch, fetch.entities, run) : fetchRoot(fetch, run);
