import { startContext, type GatewayContext } from '../context.ts';
import { isNothing } from '../challenge.ts';
import type { EndOperation } from '../ending.ts';
import type { RefusedRequest, WrittenAnswer } from '../engine/engine.ts';
import { signalLeaving } from '../leaving.ts';
import type { WholeAnswer } from '../refusal.ts';
import { findFirstFault } from '../variable-faults.ts';
import type { Visit } from '../visit.ts';
import type { AskedOperation } from './asked-operation.ts';
import type { KnownOperation } from './known-operations.ts';
import { tellErrors } from './told-errors.ts';

/** A known operation with everything that is needed to answer it. */
export interface KnownVisit {
  readonly visit: Visit;
  readonly asked: AskedOperation;
  readonly known: KnownOperation;
  readonly contentType: string;
}

export interface AnswerOptions {
  readonly end: EndOperation;
  readonly clockMs: () => number;
}

/** Refuses, or runs. Without having run there are no data at all, not even `null`. */
async function run(
  { asked, known }: KnownVisit,
  context: GatewayContext,
): Promise<WrittenAnswer | RefusedRequest> {
  const { engine, prepared } = known;
  const { variables } = asked;
  const fault = findFirstFault(engine.apiSchema, prepared.operation, variables);
  if (fault) return { errors: [fault] };
  return prepared.write({ variables, context, method: 'POST' });
}

function writeText(json: string | undefined, errors: readonly unknown[]): string {
  if (errors.length === 0) return `{"data":${json}}\n`;
  const told = `{"errors":${JSON.stringify(errors)}`;
  return json === undefined ? `${told}}\n` : `${told},"data":${json}}\n`;
}

/** Answers a known operation: what Apollo Server would answer, byte for byte. Runs it once, whatever happens. */
export async function answerKnown(given: KnownVisit, { end, clockMs }: AnswerOptions): Promise<WholeAnswer> {
  const { visit, known, contentType } = given;
  const startedMs = clockMs();
  const context = startContext(visit.requestId, visit.caller, signalLeaving(visit.response));
  const { json, errors: found } = await run(given, context);
  const { errors, heads } = tellErrors(found);
  const head = await end({
    context,
    accept: visit.request.headers.accept,
    operation: known.prepared.operation,
    durationMs: clockMs() - startedMs,
    errors,
    hasData: json !== undefined && json !== 'null',
    isNothing: () => isNothing(JSON.parse(json ?? 'null')),
  });
  const headers: Record<string, string> = { 'cache-control': 'no-store', 'content-type': contentType };
  for (const each of heads) for (const [name, value] of each.headers ?? []) headers[name] = value;
  Object.assign(headers, head.headers, { 'content-type': contentType });
  const status = head.status ?? heads.findLast((each) => each.status !== undefined)?.status ?? 200;
  return { status, headers, text: writeText(json, errors) };
}
