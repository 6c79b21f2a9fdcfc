import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import type { Logger } from 'pino';
import type { Caller } from '#schema';
import type { GatewayContext, MadeDecision } from './context.ts';

/** Names are the client's to choose; one that might carry a number is not written down. */
const nameOf = (name: string | null | undefined): string | null =>
  name && !/\d{4,}/.test(name) ? name : null;

type Sent = GraphQLRequestContextWillSendResponse<GatewayContext>;

function codesOf({ response }: Sent): readonly unknown[] {
  if (response.body.kind !== 'single') return [];
  const errors = response.body.singleResult.errors ?? [];
  return [...new Set(errors.map((error) => error.extensions?.['code']))];
}

/** Which application asked and for what; never which person. */
function describeCaller(caller: Caller): { readonly client: string | null; readonly purpose: string | null } {
  if (caller.kind === 'anonymous') return { client: null, purpose: null };
  return { client: nameOf(caller.clientId), purpose: nameOf(caller.purpose?.code) };
}

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
export function logOperations(log: Logger, clockMs: () => number): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => {
      const startedMs = clockMs();
      return {
        willSendResponse: async (sent) => {
          const { requestId, caller, fetches, decisions } = sent.contextValue;
          const durationMs = Math.round((clockMs() - startedMs) * 10) / 10;
          const operation = { name: nameOf(sent.operationName), type: sent.operation?.operation ?? null };
          log.info(
            {
              requestId,
              ...describeCaller(caller),
              operation,
              durationMs,
              fetches: Object.fromEntries(fetches),
              decisions: countDecisions(decisions),
              codes: codesOf(sent),
            },
            'operation',
          );
        },
      };
    },
  };
}
