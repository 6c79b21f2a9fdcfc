import { pino } from 'pino';
import '../../../gateway/config.ts';
import type { AskAgency } from '../../../gateway/agency-source.ts';
import { startContext, type GatewayContext } from '../../../gateway/context.ts';
import { startGraph, type Graph } from '../../../gateway/graph.ts';
import { tellErrors } from '../../../gateway/short-way/told-errors.ts';
import { findFirstFault } from '../../../gateway/variable-faults.ts';
import type { Operation } from '../operations/operation.ts';
import type { Run } from '../world/subgraph.ts';
import type { World } from '../world/world.ts';
import { askApollo, readErrors } from './apollo-answer.ts';
import { startRun, type Side, type SideAnswer } from './side.ts';

/** The way of an operation that the graph knows: its data are written, never built. */
async function askKnown(
  { known }: Graph,
  { text, operationName, variables }: Operation,
  context: GatewayContext,
): Promise<NonNullable<SideAnswer['known']>> {
  const found = known.find(text, operationName);
  if (!found) throw new Error('An operation that was just answered is not known.');
  const { engine, prepared } = found;
  const fault = findFirstFault(engine.apiSchema, prepared.operation, variables);
  const request = { variables, context, method: 'POST' };
  const { json, errors } = fault ? { json: undefined, errors: [fault] } : await prepared.write(request);
  return { data: json, errors: readErrors(tellErrors(errors).errors) };
}

/** Our graph, without marks, over the subgraphs of a world. It never rejects: where it does, the answer says `REJECTED`. */
export async function startOurs(world: World): Promise<Side> {
  const runs = new Map<string, Run>();
  const graph = await startGraph({
    supergraph: world.supergraph,
    ownScalars: false,
    log: pino({ level: 'silent' }),
    askOf: (name) => {
      const ask: AskAgency = async (request) => {
        const run = runs.get(request.requestId);
        if (!run) throw new Error('A call that belongs to no request.');
        return world.subgraph(name).ask(request, run);
      };
      return Object.assign(ask, { mayShare: true });
    },
  });
  const rejected = (error: unknown) => ({
    data: undefined,
    errors: [{ message: String(error), code: 'REJECTED' }],
    misfits: [],
  });
  let asked = 0;
  const during = async <T>(run: Run, ask: (context: GatewayContext) => Promise<T>): Promise<T> => {
    const requestId = `run-${(asked += 1)}`;
    runs.set(requestId, run);
    return ask(startContext(requestId, { kind: 'anonymous' })).finally(() => runs.delete(requestId));
  };
  return {
    ask: async (operation, weather) => {
      const run = startRun(weather, true);
      const answer = await during(run, (context) => askApollo(graph.apollo, operation, context, run)).catch(
        rejected,
      );
      const known = await during(startRun(weather, true), (context) =>
        askKnown(graph, operation, context),
      ).catch(rejected);
      return { ...answer, run, known };
    },
    stop: () => graph.stop(),
  };
}
