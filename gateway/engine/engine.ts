import {
  getVariableValues,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Caller, KnownClient } from '#schema';
import type { GatewayContext } from '../context.ts';
import { createAskedReader, type Asked, type Left, type OperationText } from './asked.ts';
import { refuseEarly, type EarlyRefusals } from './guarded-fields.ts';
import type { GuardedGraph } from './guarded-graph.ts';
import type { Merged, RunnerSurroundings } from './operation-runner.ts';
import type { VariableValues } from './operation.ts';
import { readNumbers } from './personal-numbers.ts';
import { refusalError, restore, type RestoredField } from './restore.ts';
import { answerAbout, type ShapedAnswer, type ToldError, type WrittenAnswer } from './shape/index.ts';

export type { OperationText } from './asked.ts';
export type { RestoredField } from './restore.ts';
export type { ShapedAnswer, ToldError, WrittenAnswer } from './shape/index.ts';

/** One request for an operation. */
export interface EngineRequest {
  /** As the client sent them. */
  readonly variables: VariableValues;
  readonly context: GatewayContext;
  /** Of HTTP, in capitals; `undefined` when it did not come over HTTP. */
  readonly method: string | undefined;
}

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

/** A request that was refused before anything was run: its answer has no data, not even `null` (GraphQL, section 7.1). */
export interface RefusedRequest {
  readonly data?: undefined;
  readonly json?: undefined;
  readonly errors: readonly ToldError[];
}

/** An operation that is known; it may be kept for as long as its engine is. */
export interface PreparedOperation {
  readonly operation: OperationDefinitionNode;
  /** Plans it now; else it is planned for its first request. */
  readonly plan: () => void;
  /**
   * Runs it behind the stations. The answer's data are a tree. Never rejects for what a client or an agency sent.
   */
  readonly answer: (request: EngineRequest) => Promise<ShapedAnswer | RefusedRequest>;
  /** The same, the data as JSON text. */
  readonly write: (request: EngineRequest) => Promise<WrittenAnswer | RefusedRequest>;
}

/** A supergraph that answers operations. */
export interface Engine {
  /** What clients see: operations are valid under it. */
  readonly apiSchema: GraphQLSchema;
  /** `null`: the document has no such operation. Nothing is planned before the first request. */
  readonly prepare: (text: OperationText) => PreparedOperation | null;
}

export interface EngineOptions {
  readonly apiSchema: GraphQLSchema;
  readonly graph: GuardedGraph;
  readonly surroundings: RunnerSurroundings;
  /** `undefined` for a foreign graph without marks. */
  readonly stations: Stations | undefined;
}

/** What came of a request that was run. */
interface Outcome {
  readonly merged: Merged;
  readonly variables: VariableValues;
  /** `null`: nothing was refused, and the operation ran as it is. */
  readonly pruned: { readonly left: Left; readonly refusals: EarlyRefusals } | null;
}

type Reader = ReturnType<typeof createAskedReader>;

interface Setting {
  readonly text: OperationText;
  readonly asked: Asked;
  readonly reader: Reader;
  readonly options: EngineOptions;
}

const isRefused = (outcome: Outcome | RefusedRequest): outcome is RefusedRequest => 'errors' in outcome;

interface Inputs {
  readonly request: EngineRequest;
  /** Coerced, with defaults. */
  readonly variables: VariableValues;
}

/** Judges the request, then runs what is left of the operation. Without anything left nobody is asked. */
async function runBehindStations(
  setting: Setting,
  stations: Stations,
  inputs: Inputs,
): Promise<Outcome | RefusedRequest> {
  const { text, asked, reader } = setting;
  const { request, variables } = inputs;
  const badForm = stations.admitForm(request, asked.numberSites.length > 0);
  if (badForm) return { errors: [badForm] };
  const caller = stations.callerOf(request);
  const client = asked.guarded.size > 0 ? await stations.readClient(caller) : undefined;
  const refusals = refuseEarly(asked.guarded, caller, client);
  const left = refusals.size > 0 ? reader.prune(text, asked, refusals) : null;
  const tooMany = stations.admitNumbers(request, readNumbers((left ?? asked).numberSites, variables), client);
  if (tooMany) return { errors: [tooMany] };
  const { context, variables: given } = request;
  const merged = left?.isEmpty
    ? { data: {}, errors: [], isUnescaped: true }
    : await (left ?? asked).run({ variables, given, context });
  return { merged, variables, pruned: left && { left, refusals } };
}

async function run(setting: Setting, request: EngineRequest): Promise<Outcome | RefusedRequest> {
  const { asked, options } = setting;
  const definitions = asked.selected.operation.variableDefinitions ?? [];
  const values =
    definitions.length === 0
      ? { coerced: {} }
      : getVariableValues(options.apiSchema, definitions, request.variables);
  if (values.errors) return { errors: values.errors };
  const variables = values.coerced;
  if (options.stations) return runBehindStations(setting, options.stations, { request, variables });
  const merged = await asked.run({ variables, given: request.variables, context: request.context });
  return { merged, variables, pruned: null };
}

/** The answer to a pruned operation with the refused fields put back. */
function putBack(
  { asked, options }: Setting,
  request: EngineRequest,
  { merged, variables, pruned }: Outcome & { readonly pruned: object },
): ShapedAnswer {
  const { left, refusals } = pruned;
  const partial = left.shaper.shape(variables, merged.data, merged.errors);
  if (partial.data === null) return partial;
  const { schema } = options.graph;
  const { selected } = asked;
  const restoration = { schema, selected, variables, refusals, typeKey: left.typeKey };
  const { data, refused } = restore(restoration, partial.data);
  options.stations?.onRefused(request, refused);
  return { data, errors: [...partial.errors, ...refused.map(refusalError)] };
}

const hasPruned = (outcome: Outcome): outcome is Outcome & { pruned: NonNullable<Outcome['pruned']> } =>
  outcome.pruned !== null;

function createOperation(setting: Setting): PreparedOperation {
  const { shaper, selected } = setting.asked;
  return {
    operation: selected.operation,
    plan: setting.asked.run.plan,
    answer: async (request) => {
      const outcome = await run(setting, request);
      if (isRefused(outcome)) return outcome;
      if (hasPruned(outcome)) return putBack(setting, request, outcome);
      return shaper.shape(outcome.variables, outcome.merged.data, outcome.merged.errors);
    },
    write: async (request) => {
      const outcome = await run(setting, request);
      if (isRefused(outcome)) return outcome;
      if (!hasPruned(outcome)) return shaper.write(outcome.variables, outcome.merged);
      const { data, errors } = putBack(setting, request, outcome);
      return { json: JSON.stringify(data), errors };
    },
  };
}

/**
 * A supergraph behind the stations: who asks, what for and about how many is judged before anything is planned. Fields
 * refused then are never asked for; they come back as `null`, each with one error at its path.
 */
export function createEngine(options: EngineOptions): Engine {
  const { apiSchema, graph, surroundings } = options;
  const reader = createAskedReader({ graph, apiSchema, surroundings, introspect: answerAbout(apiSchema) });
  return {
    apiSchema,
    prepare: (text) => {
      const asked = reader.read(text);
      return asked && createOperation({ text, asked, reader, options });
    },
  };
}
