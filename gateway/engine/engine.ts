import type { ApolloGateway } from '@apollo/gateway';
import { getVariableValues, type GraphQLError } from 'graphql';
import type { Caller, KnownClient } from '#schema';
import { createAskedReader, type Asked, type EngineRequest, type Executor, type Left } from './asked.ts';
import { refuseEarly, type EarlyRefusals } from './guarded-fields.ts';
import type { GuardedGraph } from './guarded-graph.ts';
import type { VariableValues } from './operation.ts';
import { readNumbers } from './personal-numbers.ts';
import { refusalError, restore, type RestoredField } from './restore.ts';

export type { EngineRequest } from './asked.ts';
export type { RestoredField } from './restore.ts';

type Answer = Awaited<ReturnType<Executor>>;

/** What the gateway decides of an operation before it is planned. */
export interface Stations {
  readonly callerOf: (request: EngineRequest) => Caller;
  /** What is known of the caller's client; never rejects. */
  readonly readClient: (caller: Caller) => Promise<KnownClient>;
  /** Refuses the whole operation for how it was sent. `takesNumbers`: it has arguments for personal numbers. */
  readonly admitForm: (request: EngineRequest, takesNumbers: boolean) => GraphQLError | null;
  /** Refuses the whole operation for the people it asks about, by their distinct personal numbers. */
  readonly admitNumbers: (
    request: EngineRequest,
    numbers: readonly string[],
    client: KnownClient,
  ) => GraphQLError | null;
  /** Told of the fields that nobody was asked for. */
  readonly onRefused: (request: EngineRequest, fields: readonly RestoredField[]) => void;
}

/** What Apollo Server needs of a gateway. */
export type Engine = Pick<ApolloGateway, 'onSchemaLoadOrUpdate' | 'stop'> & {
  load(options: Parameters<ApolloGateway['load']>[0]): Promise<{ executor: Executor }>;
};

interface Prepared {
  readonly asked: Asked;
  readonly variables: VariableValues;
  readonly refusals: EarlyRefusals;
  /** `null`: nothing was refused, and the operation runs as it is. */
  readonly left: Left | null;
}

function putBack(answer: Answer, prepared: Prepared, graph: GuardedGraph) {
  const { asked, variables, refusals, left } = prepared;
  const { schema } = graph;
  const { selected } = asked;
  const restoration = { schema, selected, variables, refusals, typeKey: left?.typeKey ?? '' };
  const { data, refused } = restore(restoration, answer.data ?? null);
  const errors = [...(answer.errors ?? []), ...refused.map(refusalError)];
  return { answer: { ...answer, data, ...(errors.length > 0 && { errors }) }, refused };
}

/** Asks for what is left, then tells of the rest. Without anything left nobody is asked. */
async function runLeft(
  request: EngineRequest,
  prepared: Prepared & { readonly left: Left },
  run: Executor,
): Promise<Answer> {
  const { document, queryHash, selected, isEmpty } = prepared.left;
  if (isEmpty) return { data: {} };
  return run({ ...request, document, queryHash, operation: selected.operation });
}

function createExecutor(run: Executor, graph: GuardedGraph, stations: Stations): Executor {
  const reader = createAskedReader(graph);
  return async (request) => {
    const asked = reader.read(request);
    if (!asked) return run(request);
    const definitions = asked.selected.operation.variableDefinitions ?? [];
    const values = getVariableValues(request.schema, definitions, request.request.variables ?? {});
    if (values.errors) return { errors: values.errors };
    const variables = values.coerced;
    const badForm = stations.admitForm(request, asked.numberSites.length > 0);
    if (badForm) return { errors: [badForm] };
    const caller = stations.callerOf(request);
    const client = asked.guarded.size > 0 ? await stations.readClient(caller) : undefined;
    const refusals = refuseEarly(asked.guarded, caller, client);
    const left = refusals.size > 0 ? reader.prune(request, asked, refusals) : null;
    const numbers = readNumbers((left ?? asked).numberSites, variables);
    const tooMany = stations.admitNumbers(request, numbers, client);
    if (tooMany) return { errors: [tooMany] };
    if (!left) return run(request);
    const prepared = { asked, variables, refusals, left };
    const partial = await runLeft(request, prepared, run);
    if (!partial.data) return partial;
    const { answer, refused } = putBack(partial, prepared, graph);
    stations.onRefused(request, refused);
    return answer;
  };
}

/**
 * Apollo's gateway behind the stations: who asks, what for and about how many is judged before anything is planned.
 * Fields refused then are never asked for; they come back as `null`, each with one error at its path.
 */
export function createEngine(gateway: ApolloGateway, graph: GuardedGraph, stations: Stations): Engine {
  return {
    load: async (options) => {
      const { executor } = await gateway.load(options);
      return { executor: createExecutor(executor, graph, stations) };
    },
    onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
    stop: () => gateway.stop(),
  };
}
