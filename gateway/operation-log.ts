import type { GraphQLFormattedError, OperationDefinitionNode } from 'graphql';
import type { Logger } from 'pino';
import type { Caller } from '#schema';
import type { GatewayContext, MadeDecision } from './context.ts';

/** What is written down of an operation. */
export interface LoggedOperation {
  readonly context: GatewayContext;
  /** `undefined`: it was not clear which. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly durationMs: number;
  /** As the client is told. */
  readonly errors: readonly GraphQLFormattedError[];
}

/** Names are the client's to choose; one that might carry a number is not written down. */
const nameOf = (name: string | null | undefined): string | null =>
  name && !/\d{4,}/.test(name) ? name : null;

const codesOf = (errors: readonly GraphQLFormattedError[]): readonly unknown[] => [
  ...new Set(errors.map((error) => error.extensions?.['code'])),
];

/** Which application asked; never which person. */
const clientOf = (caller: Caller): string | null =>
  caller.kind === 'anonymous' ? null : nameOf(caller.clientId);
/** What for. */
const purposeOf = (caller: Caller): string | null =>
  caller.kind === 'anonymous' ? null : nameOf(caller.purpose?.code);

/** Fields by the basis they were shown on, or the reason they were not. */
function countDecisions(decisions: readonly MadeDecision[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { basis, reason, paths } of decisions) {
    const outcome = basis ?? reason ?? 'NO_CONSENT';
    counts[outcome] = (counts[outcome] ?? 0) + paths.length;
  }
  return counts;
}

/**
 * One JSON line per operation: which application asked what of whom, on what basis it was answered and how long it took.
 * No values, no identifiers of people.
 */
export function logOperation(log: Logger, { context, operation, durationMs, errors }: LoggedOperation): void {
  const { requestId, caller, fetches, decisions } = context;
  log.info(
    {
      requestId,
      client: clientOf(caller),
      purpose: purposeOf(caller),
      operation: { name: nameOf(operation?.name?.value), type: operation?.operation ?? null },
      durationMs: Math.round(durationMs * 10) / 10,
      fetches: Object.fromEntries(fetches),
      decisions: countDecisions(decisions),
      codes: codesOf(errors),
    },
    'operation',
  );
}
